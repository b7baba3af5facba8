"""Abuse online: three elements make the definition; whom it concerns; what police abroad know."""

from __future__ import annotations

import itertools

import pytest

from casework.enums import Answer
from casework.models import OnlineIncident
from casework.models.inquiry import ELEMENTS
from casework.services.steps import add_step
from core.services import Refused
from prosecutions.services.requests import record_request, relate_request
from tests import factories
from tests.factories import field, justice
from victims.models import IncidentSurvivor
from victims.services.field import set_incident_survivors

pytestmark = pytest.mark.django_db
SEEN = {"media": "live", "platform": "skype", "began_on": "2026-05-04"}
SAID = dict.fromkeys(ELEMENTS, "yes")


@pytest.fixture
def page(browser_client, field_officer):
    return browser_client(field_officer)


@pytest.mark.parametrize("said", [*itertools.product(Answer.values, repeat=3)])
def test_the_definition_is_all_three(case, said):
    row = field.incident(case, **dict(zip(ELEMENTS, said, strict=True)))
    meant = "no" if "no" in said else "yes" if set(said) == {"yes"} else "unknown"
    assert row.meets_definition == meant


def test_it_is_recorded_and_corrected_by_page(page, case, said):
    address = f"/cases/{case.pk}/online/new/"
    assert page.get(address).status_code == 200
    paid = {"amount": "50", "currency": "usd", "paid_by": "remittance", "customer_country": "DE"}
    answer = page.post(address, SEEN | SAID | paid | {"key": "k"})
    assert answer["Location"] == f"/cases/{case.pk}/investigation/#online"
    shown = said(page.get(f"/cases/{case.pk}/investigation/"))
    assert "O-1 Live stream , Skype" in shown
    assert "USD 50.00 , Money transfer service" in shown
    assert "Customer in Germany" in shown
    row = OnlineIncident.objects.get()
    change = SEEN | SAID | {"for_compensation": "no", "version": 1}
    assert page.post(f"/online/{row.pk}/correct/", change).status_code == 302
    row.refresh_from_db()
    assert (row.meets_definition, row.amount, row.currency) == ("no", None, "")


def test_the_interface_names_the_field_at_fault(api, case, field_officer):
    client = api(field_officer)
    body = SEEN | {"case": str(case.pk)}
    made = client.post("online-incidents/", body).json()
    assert made["meets_definition"] == "unknown"
    address = f"online-incidents/{made['id']}/"
    told = client.patch(address, SAID, If_Match='"1"').json()
    assert (told["meets_definition"], told["platform"]) == ("yes", "skype")
    for odd, named in (
        ({"amount": "5"}, "currency"),
        ({"amount": "0", "currency": "USD"}, "amount"),
        ({"currency": "USD"}, "amount"),
        ({"amount": "5", "currency": "DOLLAR"}, "currency"),
        ({"customer_country": "XX"}, "customer_country"),
        ({"ended_on": "2026-05-03"}, "ended_on"),
        ({"began_on": "2099-01-01"}, "began_on"),
        ({"media": "sound"}, "media"),
        ({"began_on": None}, "began_on"),
    ):
        for answer in (
            client.post("online-incidents/", body | odd),
            client.patch(address, odd, If_Match='"2"'),
        ):
            assert answer.status_code == 400, odd
            assert list(answer.json()["errors"]) == [named]


def test_odd_signs_of_a_currency_are_refused(api, case, field_officer):
    client, body = api(field_officer), SEEN | {"case": str(case.pk), "amount": "5"}
    for odd in ("usd", "U$D", "12 ", "éuR", 7):
        answer = client.post("online-incidents/", body | {"currency": odd})
        assert answer.status_code == 400, odd


def test_survivors_of_it_are_set_as_one_list(page, api, case, field_officer, said):
    incident = field.incident(case)
    first, second = (factories.involvement(case) for _one in range(2))
    address = f"/online/{incident.pk}/survivors/"
    assert page.get(address).status_code == 200
    body = {"survivors": [first.pk, second.pk], "key": "k"}
    assert page.post(address, body).status_code == 302
    shown = said(page.get(f"/cases/{case.pk}/investigation/"))
    assert f"Survivors {first.code}, {second.code}" in shown
    told = {"incident": str(incident.pk), "survivors": [str(second.pk)]}
    answer = api(field_officer).post("incident-survivors/", told)
    assert [row["involvement"] for row in answer.json()] == [str(second.pk)]
    rows = IncidentSurvivor.objects.filter(incident=incident)
    assert {row.involvement_id: bool(row.removed_at) for row in rows} == {
        first.pk: True,
        second.pk: False,
    }
    with pytest.raises(Refused, match="another case"):
        set_incident_survivors(incident, survivors=[factories.involvement()], actor=field_officer)


def test_asking_police_abroad_takes_the_planned_step(case, field_officer):
    day = case.jurisdiction.today
    step = add_step(case, kind="foreign", planned_for=day, actor=field_officer)
    incident = field.incident(case)
    asked = {"direction": "to", "kind": "information", "asked_on": day}
    asked |= {"jurisdiction": factories.place("PH"), "actor": field_officer}
    request = record_request(case, step=step, incident=incident, **asked)
    step.refresh_from_db()
    assert (step.status, step.done_on, step.result) == ("done", day, "pending")
    assert (request.step, request.incident) == (step, incident)
    for odd in ({"step": field.step()}, {"incident": field.incident()}):
        with pytest.raises(Refused, match="another case"):
            record_request(case, **odd, **asked)


def test_a_request_is_told_what_it_belongs_to_later(page, api, case, field_officer, said):
    request, incident = justice.assistance_request(case), field.incident(case)
    step = field.step(case)
    address = f"/requests/{request.pk}/relate/"
    assert page.get(address).status_code == 200
    assert page.post(address, {"incident": incident.pk, "version": 1}).status_code == 302
    client = api(field_officer)
    sent = client.post(
        f"assistance-requests/{request.pk}/relate/", {"step": str(step.pk)}, If_Match='"2"'
    )
    assert sent.json()["incident"] == str(incident.pk), "what is left out stays"
    taken = client.post(
        f"assistance-requests/{request.pk}/relate/", {"incident": None}, If_Match='"3"'
    )
    assert (taken.json()["incident"], taken.json()["step"]) == (None, str(step.pk))
    with pytest.raises(Refused, match="another case"):
        relate_request(request, version=4, step=field.step(), actor=field_officer)
