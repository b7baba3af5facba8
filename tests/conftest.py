"""What every test may ask for: people by role, a way to act as them, clients."""

from __future__ import annotations

import gc
import os
import re
import shutil
import time
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.models.signals import post_migrate
from django.test import Client, TransactionTestCase
from django.utils import timezone, translation

from core.context import confirmed_at, session_mark
from core.days import clock
from core.keys import vouching
from core.models import AuditEvent
from core.shortcuts.statements import KeptStatement
from tests import beside, databases, factories, order, programs, quick, whole
from tests.buckets import bucket, kept_there, s3_server  # noqa: F401 - fixtures
from tests.clients import ApiClient, sign_in_fully
from tests.factories.knowing import HERE

# How long an example takes says how busy the machine is, and nothing of the product.
# A landing tries the same in every run, as its sweeps do; chance is for the night.
hypothesis.settings.register_profile(
    "casework",
    deadline=None,
    derandomize=not whole.WHOLE,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("casework")

SEAL = "core.sealing.seal"

order.upset()


def pytest_collection_modifyitems(config, items):
    """What is left to the night (`docs/tests.md` names it) is asked with `WHOLE=1`."""
    left = set(whole.left(items))
    if left:
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if processes > 1 and quick.UNTIL not in os.environ:  # which asks what is nearest first
        items[:] = beside.ordered(items, processes)


def pytest_terminal_summary(terminalreporter):
    programs.say_missing(terminalreporter)


def pytest_collection_finish():
    """What is imported and collected stays: to look through it for what may go costs a tenth.
    Through what tests make and drop it is looked more seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings_parallel_suffix, django_db_blocker
):
    """The database of this process is a copy of one that is migrated once, as fresh as if it
    were new: the next run takes it again where no test committed to it.

    In place of pytest-django's fixture, which would migrate the copy again.
    """
    name = connection.creation._get_test_db_name()
    with databases.taken(name) as loaded:

        def emptied(_test):
            connections.close_all()
            if not databases.empty(name, loaded):
                _go_to(name)
                databases.make(name)

        _go_to(name)
        connections["aside"].creation.set_as_test_mirror(connection.settings_dict)
        with django_db_blocker.unblock():
            connection.ensure_connection()
        with pytest.MonkeyPatch.context() as patch:  # in place of a truncation of every table
            patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
            yield
        _go_to(name)


def _go_to(name):
    """The connections of this process lead to this database."""
    for each in connections.all():
        each.close()
        each.settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def shown(django_db_setup, files_root):
    """The name of a copy of the small demonstration; its files are among those of this process."""
    name = f"{connection.settings_dict['NAME']}_shown"
    with databases.taken(name, demonstration=True):
        shutil.copytree(databases.files_shown(), files_root, dirs_exist_ok=True)
        yield name


@pytest.fixture(scope="module")
def demonstration(shown, django_db_blocker):
    """The tests of this module look at the small demonstration, and go back to it."""
    usual = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        _go_to(shown)
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        _go_to(usual)


@pytest.fixture(scope="session")
def kept_world(django_db_setup, django_db_blocker):
    """The world of the sweeps, made once."""
    from tests.meta.calls import ASKED, build_world  # noqa: PLC0415 - most sessions want none

    with django_db_blocker.unblock(), _made_once("world", lambda: build_world(ASKED)) as kept:
        yield kept


@pytest.fixture(scope="module")
def world(kept_world, django_db_blocker):
    """One case for each relation, with its canaries; each test adds its person in a savepoint."""
    with django_db_blocker.unblock(), _looked_at(*kept_world) as made:
        yield made


@pytest.fixture(scope="session")
def kept_cases(django_db_setup, django_db_blocker):
    """The cases of both walls, made once."""
    from tests.meta.relations import build  # noqa: PLC0415 - most sessions want none

    with django_db_blocker.unblock(), _made_once("cases", build) as kept:
        yield kept


@pytest.fixture(scope="module")
def cases(kept_cases, django_db_blocker):
    """One case for each relation; each test adds its person in a savepoint."""
    with django_db_blocker.unblock(), _looked_at(*kept_cases) as made:
        yield made


@contextmanager
def _made_once(suffix, make):
    """What is made for many files, with the connection on which alone it can be seen: in a
    transaction on a copy of the database that ends with the session."""
    name = f"{connection.settings_dict['NAME']}_{suffix}"
    beside = connections.create_connection("default")
    with databases.taken(name):
        beside.settings_dict = beside.settings_dict | {"NAME": name}
        with _in_place(beside):
            block = transaction.atomic()
            block.__enter__()
            made = make()
            connection.check_constraints()  # here, and not at the end of each test anew
        yield made, beside
        with _in_place(beside):
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
        beside.close()


@contextmanager
def _looked_at(made, beside):
    """By the tests of a module, who leave it as it was."""
    with _in_place(beside), transaction.atomic():
        yield made
        transaction.set_rollback(True)


@contextmanager
def _in_place(beside):
    """All that asks the database asks on this connection."""
    usual, connections["default"] = connections["default"], beside
    try:
        yield
    finally:
        connections["default"] = usual


@pytest.fixture(autouse=True, scope="session")
def full_sign_ins():
    """A session made by a test is past the second factor; signing in is tested by its form."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", sign_in_fully)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_seal(django_test_environment):
    """Tests have keys of their own, many of them; emptied tables would be sealed with any."""
    assert post_migrate.disconnect(sender=apps.get_app_config("core"), dispatch_uid=SEAL)


@pytest.fixture(autouse=True, scope="session")
def clock_of_the_database():
    """A test that moves the clock moves Python's alone; the database takes no word of yesterday."""
    hatch = time_machine.escape_hatch

    def clock():
        return hatch.time.time() if hatch.is_travelling() else time.time()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vouching, "clock", clock)
        yield


@pytest.fixture(autouse=True, scope="session")
def files_root(tmp_path_factory):
    """Files that tests receive go with the session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "FILES_ROOT", tmp_path_factory.mktemp("files"))
        yield settings.FILES_ROOT


@pytest.fixture(autouse=True)
def _template_string_if_invalid_marker():
    """In place of pytest-django's, which asks for `monkeypatch` in every test: then each would
    begin without kept words."""


@pytest.fixture(autouse=True)
def words_of_this_test(request):
    """A test that replaces a rule keeps no statement of other tests, and leaves them none."""
    replaces = "monkeypatch" in request.fixturenames
    _forget_words(replaces)
    yield
    _forget_words(replaces)


def _forget_words(replaces):
    for kept in KeptStatement.every if replaces else ():
        kept.forget()


@pytest.fixture(autouse=True)
def in_kolkata():
    """The clock of what a test does by itself is that of the office most of them are about. A
    request, a job and a letter put up their own."""
    with clock.by(ZoneInfo("Asia/Kolkata")):
        yield


@pytest.fixture(autouse=True)
def in_english():
    """A request leaves its language behind; what a test says after it is in ours."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def session():
    """Whoever acts in a test without a request does so in the session of its clients."""
    token = session_mark.set(HERE)
    yield
    session_mark.reset(token)


@pytest.fixture
def office(db):
    return factories.office("kolkata")


@pytest.fixture
def field_officer(office):
    return factories.user("field_officer", office)


@pytest.fixture
def case_manager(office):
    return factories.user("case_manager", office)


@pytest.fixture
def fresh():
    """Whoever acts in this test showed a second factor a moment ago."""
    token = confirmed_at.set(timezone.now())
    yield
    confirmed_at.reset(token)


@pytest.fixture
def api():
    """`api(user)`: a client of the REST interface that carries the user's key."""
    return ApiClient


@pytest.fixture
def browser_client():
    """`browser_client(user)`: a Django test client with a session, CSRF checks on."""

    def make(user):
        client = Client(enforce_csrf_checks=False)
        client.force_login(user)
        return client

    return make


@pytest.fixture
def recorded():
    """`recorded(action)`: who did it, to what."""

    def find(action):
        return list(
            AuditEvent.objects.filter(kind="intention", action=action)
            .order_by("id")
            .values_list("actor_id", "target_id")
        )

    return find


@pytest.fixture
def said():
    """`said(answer)`: what a page says, as words."""

    def words(answer):
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))

    return words


@pytest.fixture
def real_rows(transactional_db):
    """Real transactions. What migrations load is there, as in every test."""
