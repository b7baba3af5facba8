"""Without a context there are no rows; and no context outlives its block."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection, transaction

from casework.models import Case
from core.context import acting_as
from core.wall.policies import SETTINGS
from tests import factories
from tests.meta.tables import execute, histories, query, table, walled

ROLES = ["casework_app", "casework_worker", "casework_report"]


def every_table():
    return [table(m) for m in [*walled(), *histories()]]


def as_role(role, statement, *values):
    """Ask in this role and without a context, then be the owner again."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('role', %s, true)", [role])
        cursor.execute(statement, values)
        rows = cursor.fetchall()
        cursor.execute("select set_config('role', 'none', true)")
    return rows


def leaks(role):
    """Tables in which this role sees rows although nobody is acting."""
    return [
        name
        for name in every_table()
        if as_role(role, f"select exists (select from {name})") == [(True,)]
    ]


def fill():
    """A row in every table of case data, some of them sealed."""
    for level in (1, 4):
        case = factories.case(level=level)
        for model in walled():
            if model is not Case:
                factories.FACTORIES[model](case=case)
    empty = [name for name in every_table() if query(f"select 1 from {name} limit 1") == []]
    assert empty == [], "the probe must have something to miss"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.by_turns(3)
def test_nobody_acting_sees_nothing(role):
    fill()
    assert leaks(role) == []


@pytest.mark.django_db
def test_acting_as_nobody_sees_nothing():
    fill()
    with acting_as(None):
        seen = [name for name in every_table() if query(f"select 1 from {name} limit 1")]
    assert seen == []


LEAKS = {
    "open": ("alter policy in_scope on {} using (true)", "casework_site"),
    "unset means all": (
        "alter policy in_scope on {} using"
        " (coalesce(current_setting('app.user_id', true), '') = '')",
        "casework_narrative",
    ),
    "no row security": ("alter table {} disable row level security", "casework_rescueevent"),
}


@pytest.mark.nightly
@pytest.mark.django_db
@pytest.mark.parametrize(("fault", "where"), LEAKS.values(), ids=LEAKS)
def test_a_planted_leak_is_found(fault, where):
    fill()
    execute(fault.format(where))
    assert leaks("casework_app") == [where]


# In real transactions, on one connection.


def remains():
    """What is left on the connection of whoever acted on it before."""
    names = [*SETTINGS, "pghistory.context_metadata"]
    rows = query(
        "select name, current_setting(name, true) from unnest(%s) name"
        " where coalesce(current_setting(name, true), '') <> ''",
        names,
    )
    role = query("select 'role', current_user where current_user <> session_user")
    return dict(rows + role)


@pytest.mark.django_db(transaction=True)
def test_nothing_outlives_its_block(committed):
    assert remains() == {}
    with acting_as(committed.pk):
        assert remains()["app.user_id"] == str(committed.pk)
        assert remains()["role"] == "casework_app"
        assert Case.objects.count() == 1
    assert remains() == {}
    assert leaks_in_a_transaction() == []


@pytest.mark.django_db(transaction=True)
def test_nothing_outlives_an_error(committed):
    with pytest.raises(ZeroDivisionError), acting_as(committed.pk):
        raise ZeroDivisionError
    assert remains() == {}
    assert leaks_in_a_transaction() == []


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
def test_a_setting_for_the_session_is_found(committed):
    """Planted: the context is set for the connection, not for the transaction."""
    ((body,),) = query("select pg_get_functiondef('open_context(uuid)'::regprocedure)")
    faulty = body.replace("coalesce(who::text, ''), true)", "coalesce(who::text, ''), false)")
    assert faulty != body
    try:
        with connection.cursor() as cursor:
            cursor.execute(faulty)
        with acting_as(committed.pk):
            pass
        assert remains() == {"app.user_id": str(committed.pk)}
    finally:
        with connection.cursor() as cursor:
            cursor.execute(body)
            cursor.execute("reset app.user_id")


def leaks_in_a_transaction():
    with transaction.atomic():
        return leaks("casework_app")


# Source: nothing sets a context for longer than a transaction.

ROOT = settings.BASE_DIR
SOURCES = [
    path
    for app in settings.OUR_APPS
    for kind in ("*.py", "*.sql")
    for path in sorted((ROOT / app).rglob(kind))
]
FOR_A_SESSION = re.compile(
    r"\bset\s+(?:session\s+)?(?:role\s+\w|app\.)|\bset\s+session\s|session_authorization", re.I
)


def session_settings(text):
    """Places in a source where a setting or role is set for longer than a transaction."""
    found = [f"set_config({call})" for call in calls(text) if not call.rstrip().endswith("true")]
    return found + [match[0] for match in FOR_A_SESSION.finditer(text)]


def calls(text):
    """The arguments of every `set_config(…)`."""
    for start in re.finditer(r"set_config\(", text):
        depth, end = 1, start.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        yield text[start.end() : end - 1]


def test_no_source_sets_a_context_for_a_session():
    assert len(SOURCES) > 100
    found = {str(p.relative_to(ROOT)): session_settings(p.read_text()) for p in SOURCES}
    assert {name: places for name, places in found.items() if places} == {}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("select set_config('x', f(x, (y)), false)", "set_config('x', f(x, (y)), false)"),
        ("select set_config('role', %s, %s)", "set_config('role', %s, %s)"),
        ('cursor.execute("SET ROLE casework_owner")', "SET ROLE c"),
        ("set app.user_id = ''", "set app."),
        ("set session app.user_id = ''", "set session app."),
    ],
)
def test_a_setting_for_a_session_in_a_source_is_found(text, finding):
    assert session_settings(text) == [finding]
