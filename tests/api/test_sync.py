"""What changed since: nothing is left out, and nobody learns of what was not theirs."""

from __future__ import annotations

import ast
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Membership
from casework.models import Case
from core.api import sync
from core.models import AuditEvent, KeptCopy, KeptList
from tests import factories
from tests.api.conftest import misfits
from tests.api.test_pagination import viewsets
from tests.api.world import LISTS
from tests.clients import ApiClient
from tests.whole import share
from victims.models import Involvement

pytestmark = pytest.mark.django_db
LONG_AGO = "2020-01-01T00:00:00Z"


def ask(client, path="cases/", since=LONG_AGO, **more):
    """Every page from here on: ids of rows, ids of what is gone, and what the first page said."""
    url = f"{path}changes/?{urlencode({'updated_since': since} | more)}"
    rows, gone, first = [], [], None
    while url:
        answer = client.get(url.rpartition("/api/v1/")[2])
        assert answer.status_code == 200, answer.content
        body = answer.json()
        first = first or body
        rows += [row["id"] for row in body["results"]]
        gone += body["gone"]
        url = body["next"]
    assert len(rows) == len(set(rows))
    assert len(gone) == len(set(gone))
    return rows, gone, first


def age(rows, **by):
    """As if they had been written so long ago."""
    rows.update(updated_at=timezone.now() - timedelta(**by))


def ago(**by):
    return (timezone.now() - timedelta(**by)).isoformat()


@pytest.fixture
def now():
    return ago()


def test_what_changed_comes_in_the_order_of_its_change(manager, office):
    made = [factories.case() for _ in range(5)]
    for hours, case in enumerate(made):
        age(Case.objects.filter(pk=case.pk), hours=hours)
    wanted = [str(case.pk) for case in reversed(made)]
    for limit in (1, 2, 200):
        assert ask(manager, limit=limit)[0] == wanted


def test_only_what_changed_comes_again(manager, office):
    old, changed = factories.case(), factories.case()
    ask(manager)
    age(Case.objects.all(), days=2)
    age(Case.objects.filter(pk=changed.pk), hours=1)
    assert ask(manager, since=ago(days=1))[:2] == ([str(changed.pk)], [])
    assert str(old.pk) in ask(manager)[0]


def test_equal_moments_are_told_apart_by_key(manager, office):
    made = {str(factories.case().pk) for _ in range(7)}
    Case.objects.update(updated_at=timezone.now() - timedelta(hours=1))
    rows, _gone, _first = ask(manager, limit=2)
    assert rows == sorted(made)


def test_a_sealed_case_is_gone_for_who_had_it(manager, office):
    case = factories.case()
    ask(manager)
    age(Case.objects.all(), days=2)
    since = ago(days=1)
    Case.objects.filter(pk=case.pk).update(level=4)
    assert ask(manager, since=since)[:2] == ([], [str(case.pk)])
    again = ask(manager, since=since)  # the answer was lost on the way
    assert again[:2] == ([], [str(case.pk)])


def test_what_is_gone_was_given_to_the_reader(manager, api, office, now):
    """A sealed case, one elsewhere and one that never was are alike to who never had them."""
    factories.case(level=4)
    factories.case(factories.office("manila", "PH-MNL"))
    for reader, noun in ((factories.user(), "case"), (manager.user, "victim")):
        kept = KeptList.objects.create(reader=reader, noun=noun, since=timezone.now())
        KeptCopy.objects.create(of=kept, row=uuid.uuid4())
    assert ask(manager)[:2] == ([], [])
    other = api(factories.user("case_manager", office))
    case = factories.case()
    assert ask(manager)[0] == [str(case.pk)]
    Case.objects.filter(pk=case.pk).update(level=4)
    assert ask(other)[:2] == ([], [])
    assert ask(manager, since=now)[1] == [str(case.pk)]


def test_a_right_that_ends_takes_everything_with_it(manager, now):
    made = {str(factories.case().pk) for _ in range(5)}
    assert set(ask(manager)[0]) == made
    Membership.objects.filter(user=manager.user).delete()
    factories.membership(manager.user, "case_manager", factories.office("manila", "PH-MNL"))
    rows, gone, _first = ask(manager, since=now, limit=2)
    assert rows == []
    assert set(gone) == made


def test_what_comes_into_reach_is_given_though_it_did_not_change(manager):
    case = factories.case(factories.office("manila", "PH-MNL"))
    ask(manager)
    age(Case.objects.all(), days=9)
    since = ago(days=1)
    assert ask(manager, since=since)[0] == []
    factories.membership(manager.user, "case_manager", case.office)
    assert ask(manager, since=since)[0] == [str(case.pk)]
    assert ask(manager, since=since)[0] == [str(case.pk)]  # a lost answer, asked for again
    assert ask(manager, since=ago())[0] == []


def test_who_never_asked_for_what_is_old_is_not_given_it(manager, office):
    old = factories.case()
    age(Case.objects.all(), days=9)
    new, since = factories.case(), ago(days=1)
    for _ in range(2):
        assert ask(manager, since=since)[0] == [str(new.pk)]
    assert set(ask(manager, since=ago(days=10))[0]) == {str(old.pk), str(new.pk)}


def test_what_comes_back_is_a_row_again(manager, office):
    case = factories.case()
    ask(manager)
    age(Case.objects.all(), days=9)
    for level, wanted in ((4, ([], [str(case.pk)])), (1, ([str(case.pk)], []))):
        since = ago()
        Case.objects.filter(pk=case.pk).update(level=level)
        assert ask(manager, since=since)[:2] == wanted


def test_two_programs_of_one_account_hear_the_same(manager):
    """Each asks by its own clock; what one was told is not kept from the other."""
    case = factories.case(factories.office("manila", "PH-MNL"))
    ask(manager)
    age(Case.objects.all(), days=9)
    since = ago(days=1)
    factories.membership(manager.user, "case_manager", case.office)
    twin = ApiClient(manager.user)
    assert ask(manager, since=since)[0] == ask(twin, since=since)[0] == [str(case.pk)]
    Case.objects.filter(pk=case.pk).update(level=4)
    assert ask(manager, since=since)[1] == ask(twin, since=since)[1] == [str(case.pk)]


def test_a_merged_person_is_gone(manager, office, now):
    person, kept = factories.involvement(), factories.involvement()
    assert len(ask(manager, "victims/")[0]) == 2
    Involvement.objects.filter(pk=person.pk).update(victim=kept.victim)
    assert ask(manager, "victims/", since=now)[1] == [str(person.victim_id)]


def test_no_filter_hides_that_a_row_is_gone(manager, office, now):
    case = factories.case(programme="csec")
    ask(manager)
    Case.objects.filter(pk=case.pk).update(level=4)
    assert ask(manager, since=now, programme="osec")[1] == [str(case.pk)]


def test_a_row_that_leaves_a_filter_is_not_gone(manager, office, now):
    case = factories.case(programme="csec")
    ask(manager, programme="csec")
    Case.objects.filter(pk=case.pk).update(programme="osec")
    assert ask(manager, since=now, programme="csec")[:2] == ([], [])


def test_what_is_given_is_recorded_as_read(manager, office):
    case = factories.case()
    ask(manager)
    assert case.pk in AuditEvent.objects.get(action="case.list").subjects


def test_from_when_on_to_ask_next(manager, office):
    factories.case()
    until = sync.moment(ask(manager)[2]["until"])
    assert timedelta(minutes=9) < timezone.now() - until < timedelta(minutes=11)
    since = ago(minutes=1)
    assert sync.moment(ask(manager, since=since)[2]["until"]) == sync.moment(since)


ODD = ["", "x", "2026-11-01", "2026-11-01T00:00:00", "9999-12-31T23:59:59Z", "%00", "0"]
ODD += ["0001-01-01T00:00:00%2B23:59", "1969-12-31T23:59:59Z", "2026-11-01T00:00:00%2B99:00"]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_moment_is_refused_by_name(manager, odd):
    factories.case()
    answer = manager.get(f"cases/changes/?updated_since={odd}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["updated_since"]
    assert not KeptCopy.objects.exists()


def test_other_faults_are_named_beside_it(manager):
    factories.case()
    query = f"cases/changes/?updated_since={LONG_AGO}&sort=newest&status=gone&x=1&limit=0"
    assert set(manager.get(query).json()["errors"]) == {"sort", "status", "x", "limit"}
    assert not KeptCopy.objects.exists()


def test_a_cursor_of_elsewhere_is_refused_by_name(manager, office):
    for _ in range(3):
        factories.case()
        factories.victim()
    others = [
        manager.get("cases/?limit=1").json()["next"],
        manager.get(f"victims/changes/?limit=1&updated_since={LONG_AGO}").json()["next"],
    ]
    for cursor in ["x", *(url.partition("cursor=")[2].partition("&")[0] for url in others)]:
        answer = manager.get(f"cases/changes/?updated_since={LONG_AGO}&cursor={cursor}")
        assert answer.status_code == 400, cursor
        assert list(answer.json()["errors"]) == ["cursor"]


def test_a_copy_of_tasks_holds_what_people_wrote_down_also_what_is_done(manager, office):
    """What follows from the record is a question, asked anew each time."""
    task = factories.task(factories.case())
    assert any(row["rule"] for row in manager.get("tasks/").json()["results"])
    assert ask(manager, "tasks/")[0] == [str(task.pk)]
    assert manager.post(f"tasks/{task.pk}/finish/").status_code == 200
    assert manager.get("tasks/changes/?updated_since=" + LONG_AGO).json()["results"][0]["ended_at"]
    assert ask(manager, "tasks/", rule="own")[0] == [str(task.pk)]
    assert ask(manager, "tasks/", rule="case-without-anybody")[0] == []


def test_a_list_of_what_there_is_holds_rows_alone(manager, office):
    """So that a program reads each of them as what it is."""
    answer = manager.get(f"cases/?updated_since={LONG_AGO}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["updated_since"])
    answer = manager.get("cases/changes/")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["updated_since"])


def test_every_list_says_what_changed(everyone, office, document):
    """By day a third of them."""
    for path, make in share(LISTS.items(), "changed", one_in=6, name=lambda one: one[0]):
        if make:
            make()
        answer = everyone.get(f"{path}changes/?updated_since={LONG_AGO}")
        assert answer.status_code == 200, (path, answer.content)
        assert answer.json()["results"] or not make, path
        assert not misfits(document, f"{path}changes/", "get", answer), path


def test_every_list_asks_by_an_index():
    asked = {path: (view.queryset.model, view.listed.changed) for path, view in viewsets().items()}
    assert [path for path, (_model, column) in asked.items() if not column] == ["jurisdictions/"]
    for path, (model, column) in asked.items():
        assert not column or model._meta.get_field(column).db_index, path


# Changed without a moment: no list shows it, or something else in the same transaction says when.
SILENT = {
    "accounts/keys.py": "when a key was last used",
    "accounts/mail.py": "whether a mail went out",
    "accounts/services/invitations.py": "that there is no password yet",
    "accounts/services/keys.py": "that there is no password",
    "accounts/sign_in/session.py": "sessions",
    "accounts/session_store.py": "sessions",
    "accounts/management/commands/first_administrators.py": "that there is no password yet",
    "aftercare/services/placements.py": "of a placement that was made in the same step",
    "casework/files/checking.py": "whether a stored file is sound",
    "casework/files/scanning.py": "whether a stored file was scanned",
    "casework/services/sealing.py": "all of them are changed with a moment in the next line",
    "core/api/sync.py": "what a reader keeps",
    "core/jobs.py": "that a worker lives, which no list shows",
    "core/idempotency.py": "answers kept for repeated sends",
    "accounts/sign_in/rekeying.py": "secrets of factors",
    "casework/services/pinning.py": "what a person keeps at hand",
    "intake/phones/door.py": "when a phone was last seen",
    "intake/collect/door.py": "when a phone was last seen",
    "intake/extracts/door.py": "when a phone was last seen",
    "intake/extracts/services.py": "since when a phone has what it holds",
    "intake/phones/forgetting.py": "how much of a box lies here",
    "intake/phones/rekeying.py": "what is sealed, with other keys",
    "intake/demo/practice.py": "whether somebody who is nobody may act",
    "intake/demo/many.py": "the demonstration, before anybody reads it",
    "intake/demo/recovery.py": "the demonstration, before anybody reads it",
    "intake/demo/world.py": "the demonstration, before anybody reads it",
}


def silent():
    """Where rows are changed column by column and `updated_at` is none of them."""
    for app in settings.OUR_APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if "migrations" not in path.parts and any(map(says_no_moment, ast.walk(tree))):
                yield path.relative_to(settings.BASE_DIR).as_posix()


def says_no_moment(node):
    verb = getattr(getattr(node, "func", None), "attr", "")
    named = {word.arg for word in getattr(node, "keywords", ())}
    if verb == "update" and isinstance(node, ast.Call) and not node.args:
        return bool(named) and not named & {"updated_at", None}  # None: what stands in a dict
    return verb == "save" and "update_fields" in named and "updated_at" not in ast.unparse(node)


def test_whatever_changes_a_row_says_when():
    """Else a copy never learns of it."""
    assert set(silent()) == SILENT.keys()


def test_a_page_costs_the_same_queries_however_many_rows(manager, office):
    for _ in range(31):
        factories.case()
    ask(manager)
    numbers = []
    for limit in (3, 30):
        with CaptureQueriesContext(connection) as queries:
            manager.get(f"cases/changes/?updated_since={LONG_AGO}&limit={limit}")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
