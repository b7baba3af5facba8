"""Several in one call: a result for each, and each goes the way it would go alone."""

from __future__ import annotations

import pytest

from casework.models import Case, Rescue
from core.models import AuditEvent, IdempotencyKey
from tests import factories
from tests.api.conftest import misfits
from tests.api.world import REPORT, sending
from tests.clients import route_of
from tests.whole import share

pytestmark = pytest.mark.django_db
GOOD = {"jurisdiction": "IN-WB-KOL", "programme": "csec"}
BAD = GOOD | {"programme": "gold"}
ALONE = {"report-runs/", "documents/", "emergencies/", "webhooks/", "htcds-imports/", "exports/"}
ALONE |= {"workbook-imports/", "phones/", "extracts/", "answers/", "rescue-plans/"}
AGAIN = {"police-reports/", "sentences/"}  # the second is of the same matter: refused, as alone


def test_every_row_gets_its_result_in_its_order(manager, office):
    answer = manager.post("cases/bulk/", [GOOD, BAD, GOOD | {"programme": "osec"}])
    assert answer.status_code == 207
    first, second, third = answer.json()["results"]
    assert [first["status"], second["status"], third["status"]] == [201, 400, 201]
    assert list(second["errors"]) == ["programme"]
    assert second["codes"] == {"programme": ["invalid-choice"]}
    assert second["detail"] == "Some fields need attention."
    kept = {str(pk): name for pk, name in Case.objects.values_list("pk", "programme")}
    assert kept == {first["row"]["id"]: "csec", third["row"]["id"]: "osec"}
    assert AuditEvent.objects.filter(action="case.opened").count() == 2


def test_where_all_are_refused_the_call_is(manager, office):
    answer = manager.post(
        "cases/bulk/", [BAD, GOOD | {"jurisdiction": "nowhere"}], Idempotency_Key="k"
    )
    assert answer.status_code == 400
    told = answer.json()
    assert set(told["errors"]) == {"[0].programme", "[1].jurisdiction"}
    assert told["codes"]["[1].jurisdiction"] == ["does-not-exist"]
    assert not Case.objects.exists()
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize("odd", [[], [GOOD] * 101, [GOOD, 5], [[GOOD]], ["x"], [None]])
def test_an_odd_list_is_refused_and_writes_nothing(manager, office, odd):
    text = "[]" if odd == [] else odd
    answer = manager.post("cases/bulk/", text)
    assert answer.status_code == 400
    assert answer.json()["errors"]
    assert not Case.objects.exists()


def test_a_list_sent_twice_is_done_once(manager, office):
    for replayed in (False, True):
        answer = manager.post("cases/bulk/", [GOOD, BAD, GOOD], Idempotency_Key="k")
        assert answer.status_code == 207
        assert ("Idempotency-Replayed" in answer) is replayed
    assert Case.objects.count() == 2
    assert manager.post("cases/bulk/", [GOOD], Idempotency_Key="k").status_code == 422


def test_a_row_is_refused_by_a_rule_and_the_others_stand(officer, case):
    shut = factories.case(case.office, status="closed", closed_on="2026-04-01")
    factories.assignment(shut, officer.user)
    answer = officer.post("rescue-reports/bulk/", [REPORT, REPORT | {"case": str(shut.pk)}])
    assert [row["status"] for row in answer.json()["results"]] == [201, 409]
    assert Rescue.objects.count() == 1


def test_a_row_out_of_reach_is_as_unknown_as_none(officer, case):
    closed = factories.case(factories.office("manila", "PH-MNL"))
    rows = [REPORT, REPORT | {"case": str(closed.pk)}]
    rows.append(REPORT | {"case": "00000000-0000-0000-0000-000000000000"})
    _good, real, unknown = officer.post("rescue-reports/bulk/", rows).json()["results"]
    assert real == unknown
    assert real["status"] == 400


def test_who_may_not_create_one_creates_none(api, office):
    client = api(factories.user("data_officer", office))
    assert client.post("cases/bulk/", [GOOD]).status_code == 403


def test_a_list_is_sent_to_no_other_address(manager, office):
    case = factories.case()
    for path in ("cases/", f"cases/{case.pk}/move/", f"cases/{case.pk}/assign/", "report-runs/"):
        assert manager.post(path, [{}], If_Match='"1"').status_code == 400
    assert manager.call("PATCH", f"cases/{case.pk}/", [{}], If_Match='"1"').status_code == 400


def test_one_row_is_no_list(manager, office):
    for sent in (GOOD, {}, "", b""):
        assert manager.post("cases/bulk/", sent).status_code == 400
    assert not Case.objects.exists()


def test_every_create_takes_several(everyone, case, document):
    """By day a third of them."""
    several = share(sending(case, everyone.user), "lists", one_in=12, name=route_of)
    for path, (body, other) in several:
        offered = f"/api/v1/{path}bulk/" in document["paths"]
        assert offered == (path.count("/") == 1 and path not in ALONE), path
        if offered:
            answer = everyone.post(f"{path}bulk/", [body, other])
            assert answer.status_code == 207, (path, answer.content)
            assert not misfits(document, f"{path}bulk/", "post", answer), path
            second = 409 if path in AGAIN else 201
            assert [row["status"] for row in answer.json()["results"]] == [201, second], path
