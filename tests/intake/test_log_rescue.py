"""The main job: a rescue is logged, by API and by page, all of it or nothing."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from aftercare.models import Referral
from casework.models import Case, Narrative, Rescue
from core.models import AuditEvent
from prosecutions.models import Arrest
from tests import factories
from victims.models import Involvement, Victim

pytestmark = pytest.mark.django_db

REPORT = {
    "occurred_at": "2026-11-20T05:52:00+05:30",
    "jurisdiction": "IN-WB-KOL",
    "programme": "csec",
    "narrative": "Invented account",
    "people": [
        {"sex": "female", "age_months": 150, "client_id": "a"},
        {"sex": "female", "age_band": "13-17"},
        {"sex": "male", "age_band": "unknown", "outcome": "declined"},
    ],
    "arrests": [{"role": "owner", "name": "Invented Offender"}],
    "needs": ["medical", "safe_place"],
}


def test_the_api_logs_it_all_and_answers_every_id(api, field_officer):
    answer = api(field_officer).post("rescue-reports/", REPORT)
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert body["case"]["reference"] == f"KOL-{timezone.localdate().year}-0001"
    assert [p["code"] for p in body["people"]] == ["S-1", "S-2", "S-3"]
    assert [p["client_id"] for p in body["people"]] == ["a", None, None]
    case = Case.objects.get()
    assert case.status == "rescued"
    rescue = Rescue.objects.get()
    assert str(rescue.pk) == body["id"]
    assert str(rescue.occurred_on) == "2026-11-20"
    ages = Victim.objects.order_by("involvements__code").values_list(
        "age_min_months", "age_max_months"
    )
    assert list(ages) == [(150, 150), (156, 215), (None, None)]
    assert Arrest.objects.get().suspect.code == "A-1"
    # two people were brought to safety; two needs each
    assert Referral.objects.filter(status="draft").count() == 4
    assert Narrative.objects.get().text == "Invented account"
    assert AuditEvent.objects.filter(action="rescue.logged", actor_id=field_officer.pk).exists()


def test_a_refused_report_writes_nothing(api, field_officer):
    broken = REPORT | {"people": [{"sex": "female", "age_months": -1}]}
    answer = api(field_officer).post("rescue-reports/", broken)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["people[0].age_months"]
    assert not Case.objects.exists()
    assert not Involvement.objects.exists()


def test_the_same_key_logs_once(api, field_officer):
    client = api(field_officer)
    first = client.post("rescue-reports/", REPORT, Idempotency_Key="k-1")
    again = client.post("rescue-reports/", REPORT, Idempotency_Key="k-1")
    other = client.post("rescue-reports/", REPORT | {"needs": []}, Idempotency_Key="k-1")
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Rescue.objects.count() == 1


def test_who_only_knows_that_a_case_exists_may_not_write_into_it(api, office):
    colleague, stranger = (
        factories.user("field_officer", office),
        factories.user("field_officer", office),
    )
    case = factories.assignment(user=colleague).case
    answer = api(stranger).post("rescue-reports/", REPORT | {"case": str(case.pk)})
    assert answer.status_code == 403
    assert (
        api(colleague).post("rescue-reports/", REPORT | {"case": str(case.pk)}).status_code == 201
    )


def test_another_office_does_not_know_the_case(api):
    manila = factories.user("field_officer", factories.office("manila", "PH-MNL"))
    case = factories.case()
    answer = api(manila).post("rescue-reports/", REPORT | {"case": str(case.pk)})
    assert answer.status_code == 400
    assert "not open to you" in answer.json()["errors"]["case"][0]


def close_to(person, case, how):
    """As the owner of the database."""
    person.assignments.update(ended_at=timezone.now())
    if how == "sealed":
        Case.objects.filter(pk=case.pk).update(level=4)
    elif how == "conflicted":
        factories.conflict(case, person)


@pytest.mark.parametrize("how", ["off the team", "sealed", "conflicted"])
def test_a_kept_answer_is_given_only_to_whom_the_case_is_open_still(api, field_officer, how):
    client = api(field_officer)
    assert client.post("rescue-reports/", REPORT, Idempotency_Key="k").status_code == 201
    close_to(field_officer, Case.objects.get(), how)
    before = AuditEvent.objects.filter(action="answer.repeated").count()
    again = client.post("rescue-reports/", REPORT, Idempotency_Key="k")
    unknown = client.get("rescues/00000000-0000-4000-8000-000000000000/")
    assert again.status_code == 404
    assert again.json()["detail"] == unknown.json()["detail"]
    assert "KOL-" not in again.content.decode()
    assert AuditEvent.objects.filter(action="answer.repeated").count() == before
    assert Rescue.objects.count() == 1


@pytest.mark.parametrize("how", ["off the team", "sealed", "conflicted"])
def test_a_receipt_is_given_again_only_to_whom_the_case_is_open_still(
    browser_client, field_officer, how
):
    page, key = browser_client(field_officer), str(uuid.uuid4())
    sent = {"key": key, "place": "place:IN-WB-KOL", "programme": "csec", "people-female-0-12": "1"}
    assert page.post("/field/rescues/new/", sent).status_code == 201
    assert page.post("/field/rescues/new/", sent).status_code == 201
    close_to(field_officer, Case.objects.get(), how)
    again = page.post("/field/rescues/new/", sent)
    assert again.status_code == 404
    assert "KOL-" not in again.content.decode()


def test_a_kept_answer_about_many_rows_is_given_only_while_all_are_open(api, field_officer):
    client, case = api(field_officer), factories.case(factories.office("kolkata"))
    factories.assignment(case, field_officer)
    body = [{"case": str(case.pk), "kind": "bar", "jurisdiction": "IN-WB-KOL"}] * 2
    first = client.post("sites/bulk/", body, Idempotency_Key="k")
    assert first.status_code == 207, first.content
    assert client.post("sites/bulk/", body, Idempotency_Key="k").json() == first.json()
    close_to(field_officer, case, "off the team")
    assert client.post("sites/bulk/", body, Idempotency_Key="k").status_code == 404
