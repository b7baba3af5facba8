"""Leads and steps of an investigation: what is heard, what is done, and who may read the words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from casework.models import InvestigationStep, Lead, LeadWords, StepWords
from casework.services.incidents import record_incident
from casework.services.leads import end_lead, record_lead
from casework.services.steps import add_step, drop_step, finish_step, tell_result
from core.models import AuditEvent
from core.services import Refused, Stale
from tests import factories
from tests.case_pages import whole
from tests.factories import field

pytestmark = pytest.mark.django_db
HEARD = {"source": "community", "received_on": "2026-05-04", "jurisdiction": "IN-WB-KOL"}
HEARD |= {"text": "Canary Ivory behind the kiln", "informant": "Canary Umber"}
SECRETS = ("Canary Ivory", "Canary Umber")


@pytest.fixture
def page(browser_client, field_officer):
    return browser_client(field_officer)


def lead_of(case, actor, **fields):
    told = {"source": "police", "jurisdiction": case.jurisdiction, "text": "Invented words"}
    told |= {"received_on": case.jurisdiction.today - timedelta(days=3)}
    return record_lead(case, actor=actor, **(told | fields))


def test_a_lead_is_recorded_by_both_doors(page, api, case, field_officer, recorded):
    address = f"/cases/{case.pk}/leads/new/"
    assert page.get(address).status_code == 200
    answer = page.post(address, HEARD | {"reliability": "unsure", "key": "k"})
    assert answer["Location"] == f"/cases/{case.pk}/investigation/#inquiry"
    made = api(field_officer).post("leads/", HEARD | {"case": str(case.pk)})
    assert made.status_code == 201
    assert not any(secret in made.content.decode() for secret in SECRETS)
    rows = Lead.objects.order_by("code")
    assert [(row.code, row.reliability) for row in rows] == [("L-1", "unsure"), ("L-2", "unknown")]
    assert [row.lead_id for row in LeadWords.objects.order_by("lead__code")] == [r.pk for r in rows]
    assert len(recorded("lead.recorded")) == 2


def test_no_word_of_a_lead_lies_open(case, field_officer):
    lead = lead_of(case, field_officer, text=SECRETS[0], informant=SECRETS[1], exact_place="Lane")
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(w)::text from casework_leadwords w")
        (stored,) = cursor.fetchone()
        cursor.execute("select to_jsonb(e)::text from casework_leadevent e")
        (former,) = cursor.fetchone()
    assert not any(secret in stored + former for secret in SECRETS)
    assert LeadWords.objects.get(pk=lead.pk).informant == SECRETS[1]


def test_reading_the_words_is_recorded(page, api, case, field_officer, said):
    lead = lead_of(case, field_officer, text=SECRETS[0], informant=SECRETS[1])
    shown = said(page.get(f"/cases/{case.pk}/investigation/"))
    assert "L-1" in shown
    assert not any(secret in shown for secret in SECRETS)
    reads = AuditEvent.objects.filter(action="lead.opened")
    assert not reads.exists()
    told = said(page.get(f"/lead-words/{lead.pk}/", headers={"X-Fragment": "1"}))
    assert all(secret in told for secret in SECRETS)
    answer = api(field_officer).get(f"lead-words/{lead.pk}/").json()
    assert (answer["text"], answer["informant"]) == SECRETS
    assert reads.count() == 2
    assert "Canary" not in str(list(reads.values()))


def test_who_counts_by_code_reads_no_words(browser_client, api, case, field_officer, said):
    lead = lead_of(case, field_officer, text=SECRETS[0])
    counter = factories.user("data_officer", case.office)
    shown = said(browser_client(counter).get(f"/cases/{case.pk}/investigation/"))
    assert "L-1" in shown
    assert "opening it is recorded" not in shown
    assert api(counter).get(f"lead-words/{lead.pk}/").status_code == 403
    assert browser_client(counter).get(f"/lead-words/{lead.pk}/").status_code == 404
    colleague = factories.user("field_officer", case.office)
    assert api(colleague).get(f"lead-words/{lead.pk}/").status_code == 404
    assert api(colleague).get(f"leads/{lead.pk}/").status_code == 404


def test_what_became_of_a_lead(api, page, case, field_officer, said):
    lead = lead_of(case, field_officer)
    day, agency = case.jurisdiction.today, factories.agency()
    for wrong, words in (
        (
            {"ended": "passed_on", "ended_on": day},
            "Say whom it was passed on to, if it was passed on; otherwise leave this empty",
        ),
        (
            {"ended": "unfounded", "ended_on": day, "passed_to": agency},
            "Say whom it was passed on to, if it was passed on; otherwise leave this empty",
        ),
        (
            {"ended": "unfounded", "ended_on": day - timedelta(days=9)},
            "before the lead was received",
        ),
        ({"ended": "unfounded", "ended_on": day + timedelta(days=9)}, "future"),
    ):
        with pytest.raises(Refused, match=words):
            end_lead(lead, version=1, actor=field_officer, **wrong)
    address = f"/leads/{lead.pk}/end/"
    body = {"ended": "passed_on", "ended_on": day, "version": 1}
    assert page.post(address, body).status_code == 409
    assert page.post(address, body | {"passed_to": agency.pk}).status_code == 302
    assert f"Passed on {day:%-d %b %Y}" in said(
        page.get(f"/cases/{case.pk}/investigation/")
    ).replace(" L-1", "") or agency.name in said(page.get(f"/cases/{case.pk}/investigation/"))
    again = {"ended": "followed_up", "ended_on": str(day)}
    client = api(field_officer)
    assert client.post(f"leads/{lead.pk}/end/", again).status_code == 428
    assert client.post(f"leads/{lead.pk}/end/", again, If_Match='"1"').status_code == 412
    told = client.post(f"leads/{lead.pk}/end/", again, If_Match='"2"').json()
    assert (told["ended"], told["passed_to"]) == ("followed_up", None)


def test_a_lead_stands_on_a_later_case_too(case, field_officer):
    case.status = "prosecution"
    case.save()
    assert lead_of(case, field_officer).code == "L-1"


def test_a_lead_is_corrected_and_its_former_values_stay(page, api, case, field_officer):
    lead = lead_of(case, field_officer)
    address = f"/leads/{lead.pk}/correct/"
    form = page.get(address).context["form"]
    assert form["source"].value() == "police"
    assert "text" not in form.fields, "what was said is not rewritten"
    body = HEARD | {"reliability": "highly_reliable", "version": 1}
    assert page.post(address, body).status_code == 302
    sent = api(field_officer).patch(f"leads/{lead.pk}/", {"source": "hotline"}, If_Match='"2"')
    assert (sent.json()["source"], sent.json()["reliability"]) == ("hotline", "highly_reliable")
    events = Lead.events.rel.related_model.objects.filter(pgh_obj_id=lead.pk)
    assert set(events.values_list("source", flat=True)) == {"police", "community", "hotline"}


@pytest.mark.parametrize(
    ("field_name", "value"),
    [("source", "rumour"), ("received_on", "2099-01-01"), ("jurisdiction", "XX"), ("text", " ")],
)
def test_what_is_no_lead_is_refused_at_its_field(page, api, case, field_officer, field_name, value):
    body = HEARD | {field_name: value}
    answer = page.post(f"/cases/{case.pk}/leads/new/", body | {"key": "k"})
    assert answer.status_code == 400
    assert field_name in answer.context["form"].errors
    sent = api(field_officer).post("leads/", body | {"case": str(case.pk)})
    assert sent.status_code == 400
    assert field_name in sent.json()["errors"]
    assert not Lead.objects.exists()


def test_a_step_is_planned_and_taken(page, case, field_officer, said):
    lead, day = lead_of(case, field_officer), case.jurisdiction.today
    plan = {"kind": "surveillance", "planned_for": day, "lead": lead.pk, "key": "k"}
    assert page.post(f"/cases/{case.pk}/steps/plan/", plan).status_code == 302
    step = InvestigationStep.objects.get()
    assert (step.code, step.status, step.lead) == ("I-1", "planned", lead)
    assert "The step was taken I-1" in said(page.get(f"/cases/{case.pk}/investigation/"))
    done = {"done_on": day, "result": "confirmed", "text": "Canary Ivory", "version": 1}
    assert page.post(f"/steps/{step.pk}/finish/", done).status_code == 302
    step.refresh_from_db()
    assert (step.status, step.done_on, step.result) == ("done", day, "confirmed")
    assert "Canary Ivory" in said(page.get(f"/step-words/{step.pk}/"))
    assert page.post(f"/steps/{step.pk}/drop/", {"version": 2}).status_code == 409


def test_what_is_told_later_stands_below(case, field_officer):
    day = case.jurisdiction.today
    told = {"kind": "statement", "done_on": day, "result": "pending", "text": "First"}
    step = add_step(case, actor=field_officer, **told)
    tell_result(step, version=1, result="inconclusive", text="Second", actor=field_officer)
    assert StepWords.objects.get(step=step).text == "First\n\nSecond"
    step.refresh_from_db()
    assert step.result == "inconclusive"
    with pytest.raises(Stale):
        tell_result(step, version=1, result="confirmed", actor=field_officer)


def test_a_step_is_planned_or_done(case, field_officer):
    day = case.jurisdiction.today
    for odd in (
        {},
        {"planned_for": day, "result": "confirmed"},
        {"result": "confirmed"},
        {"done_on": day},
        {"done_on": day + timedelta(days=2), "result": "pending"},
        {"planned_for": day, "lead": field.lead()},
    ):
        with pytest.raises(Refused):
            add_step(case, kind="other", actor=field_officer, **odd)
    step = add_step(case, kind="other", planned_for=day, actor=field_officer)
    with pytest.raises(Refused, match="has not been taken"):
        tell_result(step, version=1, result="confirmed", actor=field_officer)
    drop_step(step, version=1, actor=field_officer)
    with pytest.raises(Refused):
        finish_step(step, version=2, done_on=day, result="confirmed", actor=field_officer)


def test_who_does_not_work_on_it_writes_nothing(case, field_officer, colleague, outsider, office):
    day = case.jurisdiction.today
    worker = factories.assignment(case, factories.user("aftercare_worker", office)).user
    for stranger in (colleague, outsider, worker):
        with pytest.raises(PermissionDenied):
            lead_of(case, stranger)
        with pytest.raises(PermissionDenied):
            add_step(case, kind="other", planned_for=day, actor=stranger)


def test_a_disclosure_opens_no_lead(browser_client, case, field_officer, said):
    """Who told us stays inside the house."""
    lead_of(case, field_officer)
    parts = ["rescue", "narrative", "site", "people", "identity", "suspect", "court"]
    user = factories.disclosure(case, parts=parts).user
    assert 'id="inquiry"' not in whole(browser_client(user), case.pk)


def test_a_closed_case_grows_no_leads_and_no_steps(case, field_officer, page, api):
    """Nobody would be asked about them any more."""
    type(case).objects.filter(pk=case.pk).update(status="closed", closed_on="2026-06-01")
    day = case.jurisdiction.today
    for verb, told in (
        (lead_of, {}),
        (add_step, {"kind": "surveillance", "planned_for": day}),
        (add_step, {"kind": "surveillance", "done_on": day, "result": "pending"}),
        (record_incident, {"media": "live", "platform": "skype", "began_on": day}),
    ):
        with pytest.raises(Refused, match="This case is closed"):
            verb(case, actor=field_officer, **told)
    told = HEARD | {"reliability": "unknown"}
    assert page.post(f"/cases/{case.pk}/leads/new/", told).status_code == 409
    sent = {"case": str(case.pk)} | HEARD
    assert api(field_officer).post("leads/", sent).status_code == 409
    assert not Lead.objects.exists()
    assert not InvestigationStep.objects.exists()
