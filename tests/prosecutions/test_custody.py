"""Arrest, custody, release, and the status of a suspect that follows from the record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.services import Refused
from prosecutions.docket import read_docket
from prosecutions.models import Suspect
from prosecutions.services.arrests import record_arrest
from prosecutions.services.custody import begin_custody, end_custody
from tests import factories

pytestmark = pytest.mark.django_db
SINCE = date(2026, 3, 12)


@pytest.fixture
def suspect(case):
    return factories.suspect(case)


def status(suspect):
    return Suspect.objects.with_status().get(pk=suspect.pk).status


def test_an_arrest_is_recorded_once_a_day(suspect, lawyer, recorded):
    arrest = record_arrest(suspect, arrested_on=SINCE, actor=lawyer)
    assert recorded("arrest.recorded") == [(lawyer.pk, str(arrest.pk))]
    with pytest.raises(Refused, match="already recorded"):
        record_arrest(suspect, arrested_on=SINCE, actor=lawyer)
    tomorrow = suspect.case.jurisdiction.today + timedelta(days=1)
    with pytest.raises(Refused, match="future"):
        record_arrest(suspect, arrested_on=tomorrow, actor=lawyer)


def test_custody_begins_once_and_ends_once(suspect, lawyer):
    custody = begin_custody(suspect, since=SINCE, actor=lawyer)
    with pytest.raises(Refused, match="already in custody"):
        begin_custody(suspect, since=date(2026, 4, 1), actor=lawyer)
    with pytest.raises(Refused, match="before it began"):
        end_custody(custody, ended_on=date(2026, 3, 11), ended="bail", actor=lawyer)
    type(custody).objects.update(in_court_on=date(2026, 3, 14))
    with pytest.raises(Refused, match="before the court"):
        end_custody(custody, ended_on=date(2026, 3, 13), ended="bail", actor=lawyer)
    end_custody(custody, ended_on=date(2026, 5, 1), ended="bail", actor=lawyer)
    with pytest.raises(Refused, match="already ended"):
        end_custody(custody, ended_on=date(2026, 5, 1), ended="bail", actor=lawyer)
    with pytest.raises(Refused, match="already in custody on that day"):
        begin_custody(suspect, since=date(2026, 4, 1), actor=lawyer)
    assert begin_custody(suspect, since=date(2026, 6, 1), actor=lawyer).ended_on is None


def test_who_may_not_is_refused(suspect, office):
    stranger = factories.user("legal_officer", office)
    worker = factories.user("field_officer", office)
    factories.assignment(suspect.case, worker)
    for actor in (stranger, worker):
        with pytest.raises(PermissionDenied):
            begin_custody(suspect, since=SINCE, actor=actor)
    with pytest.raises(PermissionDenied):
        record_arrest(suspect, arrested_on=SINCE, actor=stranger)
    assert record_arrest(suspect, arrested_on=SINCE, actor=worker), "who was there says so"


def test_the_status_follows_the_record(suspect):
    assert status(suspect) == "identified"
    complaint = factories.complaint(suspect.case)
    complaint.accused.create(case=suspect.case, suspect=suspect)
    assert status(suspect) == "at_large"
    suspect.arrests.create(case=suspect.case, arrested_on=SINCE)
    assert status(suspect) == "arrested"
    charge = factories.charge(suspect.case, suspect=suspect)
    assert status(suspect) == "charged"
    hearing = factories.hearing(prosecution=charge.prosecution)
    assert status(suspect) == "charged", "a hearing is listed, not held"
    hearing.result = "held"
    hearing.save()
    assert status(suspect) == "charged", "heard, but not framed"
    type(charge).objects.update(framed_on=hearing.listed_on)
    assert status(suspect) == "on_trial"
    ended = factories.decision(charge=charge, decided_on=date(2026, 9, 1))
    assert status(suspect) == "convicted"
    appeal = factories.appeal(judgment=ended.judgment)
    reversal = factories.judgment(
        prosecution=charge.prosecution,
        instance="appeal",
        appeal=appeal,
        decided_on=date(2026, 10, 1),
    )
    factories.decision(charge=charge, judgment=reversal, disposition="acquitted")
    assert status(suspect) == "acquitted", "the appeal reversed it"
    factories.custody(suspect=suspect, ended_on=date(2026, 10, 2), ended="died")
    assert status(suspect) == "died"


@pytest.mark.parametrize(
    ("ends", "word"),
    [
        (["acquitted", "convicted_plea"], "convicted"),
        (["discharged", "acquitted"], "acquitted"),
        (["quashed", "withdrawn"], "discharged"),
        (["withdrawn", "archived"], "at_large"),
    ],
)
def test_of_several_charges_the_gravest_end_holds(suspect, ends, word):
    for number, end in enumerate(ends, 1):
        charge = factories.charge(suspect=suspect, offence_on=date(2026, 3, number))
        factories.decision(charge=charge, disposition=end)
    assert status(suspect) == word


def test_the_pages_record_arrest_custody_and_release(suspect, page, said):
    page.post(f"/suspects/{suspect.pk}/arrests/new/", {"arrested_on": SINCE, "attribution": "own"})
    page.post(f"/suspects/{suspect.pk}/custody/new/", {"since": SINCE})
    custody = suspect.custodies.get()
    text = said(page.get(f"/cases/{suspect.case_id}/people/"))
    assert "In custody since 12 Mar 2026" in text
    assert "Before a court by 13 Mar 2026, 00:00 BNSS 2023 s. 58" in text
    assert "Charge due by 11 May 2026 BNSS 2023 s. 187 (3) (ii)" in text
    page.post(f"/custodies/{custody.pk}/release/", {"ended_on": "2026-06-11", "ended": "bail"})
    custody.refresh_from_db()
    assert (custody.ended, suspect.arrests.get().attribution) == ("bail", "own")


def test_the_docket_warns_before_the_last_day_for_a_charge(case, lawyer):
    today = case.jurisdiction.today
    near, far = today + timedelta(days=6), today + timedelta(days=60)
    held = factories.custody(case, charge_by=near)
    factories.custody(case, charge_by=far)
    charged = factories.charge(case).suspect
    factories.custody(suspect=charged, charge_by=near)
    factories.custody(case, charge_by=near, ended_on=today, ended="bail")
    factories.custody(factories.case(case.office), charge_by=near)
    (group,) = [g for g in read_docket(actor=lawyer)["groups"] if "charge" in str(g["title"])]
    (row,) = group["rows"]
    assert (row["day"], row["away"]) == (near, "in 6 days")
    assert held.suspect.code in row["purpose"]
