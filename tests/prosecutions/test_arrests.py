"""Arrests by those who were there: field officers, by page and by program."""

from __future__ import annotations

import pytest

from prosecutions.models import Arrest, CustodyClock, Suspect
from tests import factories
from tests.prosecutions.test_custody_clock import HOUR, arrested, at_hour

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(case, field_officer):
    """A case that the field officer is on."""
    factories.assignment(case, field_officer)
    return case


def typed(case, ago=HOUR):
    hour = at_hour(case, ago)
    return {
        "arrested_on": str(hour["arrested_on"]),
        "arrested_at": f"{hour['arrested_at']:%H:%M}",
        "attribution": "supported",
    }


def test_a_field_officer_adds_a_suspect_and_an_arrest(mine, field_officer, browser_client, said):
    phone = browser_client(field_officer)
    shown = phone.get(f"/cases/{mine.pk}/people/").content.decode()
    assert f'href="/cases/{mine.pk}/suspects/new/"' in shown
    added = phone.post(f"/cases/{mine.pk}/suspects/new/", {"role": "owner", "key": "k-1"})
    assert added.status_code == 302
    suspect = Suspect.objects.get(case=mine)
    address = f"/suspects/{suspect.pk}/arrests/new/"
    assert f'href="{address}"' in phone.get(f"/cases/{mine.pk}/people/").content.decode()
    assert "Local time" in said(phone.get(address))
    assert phone.post(address, typed(mine) | {"key": "k-2"}).status_code == 302
    arrest = Arrest.objects.get(suspect=suspect)
    assert CustodyClock.objects.get(case=mine).court_by == arrest.presumed_until
    mended = typed(mine, 2 * HOUR) | {"version": "1"}
    assert phone.post(f"/arrests/{arrest.pk}/correct/", mended).status_code == 302
    arrest.refresh_from_db()
    assert f"{arrest.arrested_at:%H:%M}" == mended["arrested_at"]
    words = said(phone.get(f"/cases/{mine.pk}/people/"))
    assert "In custody, presumed, since" in words, "who was there sees it, too"
    assert "Record the release" not in words, "which is the work of others"


def test_a_field_officer_does_so_by_program(mine, field_officer, api):
    client = api(field_officer)
    made = client.post("suspects/", {"case": str(mine.pk), "role": "owner"})
    assert made.status_code == 201
    arrest = client.post("arrests/", typed(mine) | {"suspect": made.json()["id"]})
    assert (arrest.status_code, bool(arrest.json()["presumed_until"])) == (201, True)


def test_only_on_cases_they_are_on(case, field_officer, api, browser_client):
    """That it exists is all that others of the office know, and no more is written by them."""
    suspect = factories.suspect(case)
    client, phone = api(field_officer), browser_client(field_officer)
    refused = client.post("suspects/", {"case": str(case.pk), "role": "owner"})
    assert refused.status_code == 403
    assert phone.get(f"/cases/{case.pk}/suspects/new/").status_code == 403
    hidden = client.post("arrests/", typed(case) | {"suspect": str(suspect.pk)})
    assert (hidden.status_code, "suspect" in hidden.json()["errors"]) == (400, True)
    assert phone.get(f"/suspects/{suspect.pk}/arrests/new/").status_code == 404
    assert Suspect.objects.count() == 1
    assert not Arrest.objects.exists()


def test_an_hour_that_is_none_is_refused_by_name(mine, field_officer, api, browser_client, said):
    suspect = factories.suspect(mine)
    wrong = api(field_officer).post(
        "arrests/", typed(mine) | {"suspect": str(suspect.pk), "arrested_at": "25:00"}
    )
    assert (wrong.status_code, "arrested_at" in wrong.json()["errors"]) == (400, True)
    phone = browser_client(field_officer)
    body = typed(mine) | {"arrested_at": "late", "key": "k-1"}
    answer = phone.post(f"/suspects/{suspect.pk}/arrests/new/", body)
    assert (answer.status_code, "Enter a valid time" in said(answer)) == (400, True)
    assert not Arrest.objects.exists()


def test_the_page_of_the_case_says_since_when_and_by_which_law(case, lawyer, page, said):
    arrest = arrested(case, lawyer)
    words = said(page.get(f"/cases/{case.pk}/people/"))
    assert "In custody, presumed, since" in words
    assert f"{arrest.arrested_at:%H:%M}" in words
    assert "BNSS 2023 s. 58" in words
    address = f"/arrests/{arrest.pk}/release/"
    assert f'href="{address}"' in page.get(f"/cases/{case.pk}/people/").content.decode()
    form = page.get(f"/suspects/{arrest.suspect_id}/custody/new/").context["form"]
    assert form.initial["since"] == arrest.arrested_on
    assert form.initial["since_at"] == arrest.arrested_at
    body = {"ended_on": str(case.jurisdiction.today), "ended": "bail", "key": "k-1"}
    assert page.post(address, body | {"bail_conditions": ["none"]}).status_code == 302
    assert "In custody, presumed" not in said(page.get(f"/cases/{case.pk}/people/"))


def test_a_program_records_hour_and_release(case, lawyer, api):
    suspect = factories.suspect(case)
    hour = at_hour(case)
    body = {
        "suspect": str(suspect.pk),
        "arrested_on": str(hour["arrested_on"]),
        "arrested_at": f"{hour['arrested_at']:%H:%M}",
    }
    made = api(lawyer).post("arrests/", body)
    assert (made.status_code, made.json()["arrested_at"]) == (201, body["arrested_at"])
    assert made.json()["presumed_until"]
    (listed,) = api(lawyer).get(f"custody-clocks/?case={case.pk}").json()["results"]
    assert listed["court_by"] == made.json()["presumed_until"]
    wrong = api(lawyer).post("arrests/", body | {"arrested_at": "25:00"})
    assert (wrong.status_code, "arrested_at" in wrong.json()["errors"]) == (400, True)
    ended = {"ended_on": body["arrested_on"], "ended": "other"}
    let_go = api(lawyer).post(f"arrests/{made.json()['id']}/release/", ended)
    assert (let_go.status_code, let_go.json()["ended"]) == (200, "other")
    assert api(lawyer).get("custody-clocks/").json()["results"] == []
