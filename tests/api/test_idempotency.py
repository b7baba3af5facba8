"""A report sent twice over a bad line is one rescue (D1)."""

from __future__ import annotations

import re

import pytest

from casework.models import Case, Rescue
from core.models import AuditEvent, IdempotencyKey, Job
from tests import factories
from tests.api.real import at_once
from tests.api.world import REPORT, creates, sending, status_of
from tests.clients import ApiClient, route_of
from tests.meta.tables import how_many
from tests.whole import share

pytestmark = pytest.mark.django_db
NOUNS = (*(set(factories.FACTORIES) - {AuditEvent}), Job)
ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def counts():
    """Rows of everything, and deeds."""
    deeds = AuditEvent.objects.exclude(kind="read").count()
    return [deeds, *how_many(NOUNS)]


def repeats():
    return AuditEvent.objects.reads().filter(action="answer.repeated").count()


def test_the_tests_know_every_create(case, routes, field_officer):
    wanted = {
        path.removeprefix("/api/v1/")
        for path, methods in routes.items()
        if not path.endswith("/bulk/")
        and "Idempotency-Key" in {p["name"] for p in methods.get("post", {}).get("parameters", [])}
    }
    known = {re.sub(ID, "{id}", path) for path in creates(case, field_officer)}
    assert {path.replace("/legal/", "/{slug}/") for path in known} == wanted


def test_a_repeated_send_gets_the_first_answer_and_changes_nothing(everyone, case):
    """By day of a third of the addresses."""
    several = share(sending(case, everyone.user), "again", one_in=18, name=route_of)
    for path, (body, _other) in several:
        if path.startswith("views/") and path.endswith("/remove/"):  # it leaves no row to find
            continue
        key = path[-80:]
        first = everyone.post(path, body, Idempotency_Key=key)
        assert first.status_code == status_of(path), (path, first.content)
        assert "Idempotency-Replayed" not in first
        before, seen = counts(), repeats()
        again = everyone.post(path, body, Idempotency_Key=key)
        assert (again.status_code, again.content) == (first.status_code, first.content), path
        assert again.headers.get("ETag") == first.headers.get("ETag")
        assert again["Idempotency-Replayed"] == "true"
        assert counts() == before
        assert repeats() == seen + 1, f"what is shown again is seen again: {path}"


def test_the_answer_says_where_the_new_row_is(everyone, case):
    path = "tasks/"
    made = everyone.post(path, dict(sending(case, everyone.user))[path][0])
    assert made.status_code == 201
    there = made["Location"].partition("/api/v1/")[2]
    assert there == f"{path}{made.json()['id']}/"
    assert everyone.get(there).json() == made.json()


def test_a_key_with_another_body_is_refused(everyone, case):
    """By day of a sixth of the addresses."""
    several = share(sending(case, everyone.user), "another body", one_in=24, name=route_of)
    for path, (body, other) in several:
        if other is None:
            continue
        key = path[-80:]
        assert everyone.post(path, body, Idempotency_Key=key).status_code == status_of(path)
        before = counts()
        assert everyone.post(path, other, Idempotency_Key=key).status_code == 422, path
        assert counts() == before


def test_the_second_bodies_are_good_as_well(everyone, case):
    """By day of a third of the addresses."""
    several = share(sending(case, everyone.user), "second bodies", one_in=10, name=route_of)
    for path, (_body, other) in several:
        if other is not None:
            answer = everyone.post(path, other)
            assert answer.status_code == status_of(path), (path, answer.content)


def test_a_key_of_one_address_does_not_answer_another(manager, case):
    """Body and key alike, but another verb: not a replay of the first."""
    other = factories.case(case.office)
    body = {"user": factories.user("legal_officer", case.office).username}
    assert manager.post(f"cases/{case.pk}/assign/", body, Idempotency_Key="k").status_code == 201
    assert manager.post(f"cases/{other.pk}/assign/", body, Idempotency_Key="k").status_code == 422


def test_the_order_of_members_does_not_make_another_body(officer):
    turned = dict(reversed(REPORT.items()))
    officer.post("rescue-reports/", REPORT, Idempotency_Key="k")
    assert officer.post("rescue-reports/", turned, Idempotency_Key="k").status_code == 201
    assert Rescue.objects.count() == 1


def test_a_refused_first_send_leaves_the_key_free(officer, manager, case):
    """Refused for its shape, by a role or by a rule: the corrected report may use the same key."""
    shut = factories.case(case.office, status="closed", closed_on="2026-04-01")
    factories.assignment(shut, officer.user)
    for refused in (REPORT | {"programme": "x"}, REPORT | {"case": str(shut.pk)}):
        assert officer.post("rescue-reports/", refused, Idempotency_Key="k").status_code in {
            400,
            409,
        }
    assert not IdempotencyKey.objects.exists()
    assert officer.post("rescue-reports/", REPORT, Idempotency_Key="k").status_code == 201


def test_two_people_may_use_the_same_key(api, office):
    answers = [
        api(factories.user()).post("rescue-reports/", REPORT, Idempotency_Key="k") for _ in range(2)
    ]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json()["id"] != answers[1].json()["id"]


def test_without_a_key_every_send_counts(officer):
    for _ in range(2):
        assert officer.post("rescue-reports/", REPORT).status_code == 201
    assert Rescue.objects.count() == 2
    assert not IdempotencyKey.objects.exists()


def test_kept_answers_cannot_be_read_in_the_database(officer):
    """The answer may name what the report named, so only the application can read it."""
    answer = officer.post("rescue-reports/", REPORT, Idempotency_Key="k").json()
    row = IdempotencyKey.objects.get()
    kept = bytes(row.answer)
    for text in (answer["id"], answer["case"]["reference"], "reference", "people"):
        assert text.encode() not in kept
    assert row.status == 201


@pytest.mark.parametrize("key", ["x" * 81, "a\tb", "a\x00b", "a\x7fb", "\x01"])
def test_an_odd_key_is_refused_by_name(officer, key):
    answer = officer.post("rescue-reports/", REPORT, Idempotency_Key=key)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["Idempotency-Key"]
    assert not Rescue.objects.exists()


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
def test_twins_sent_at_the_same_moment_make_one_rescue(real_rows):
    user = factories.user()
    clients = [ApiClient(user) for _ in range(4)]
    answers = at_once(
        4, lambda n: clients[n].post("rescue-reports/", REPORT, Idempotency_Key="twin")
    )
    assert [a.status_code for a in answers] == [201] * 4
    assert len({a.content for a in answers}) == 1
    assert sum("Idempotency-Replayed" not in a for a in answers) == 1
    assert Rescue.objects.count() == 1
    assert Case.objects.get().reference.endswith("-0001")


@pytest.mark.django_db(transaction=True)
def test_of_two_bodies_at_the_same_moment_one_is_refused(real_rows):
    user = factories.user()
    clients = [ApiClient(user) for _ in range(2)]
    bodies = [REPORT, REPORT | {"needs": []}]
    answers = at_once(
        2, lambda n: clients[n].post("rescue-reports/", bodies[n], Idempotency_Key="twin")
    )
    assert sorted(a.status_code for a in answers) == [201, 422]
    assert Rescue.objects.count() == 1
