"""What the police made of a complaint: charge sheet, closures, and taking it up again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.services import Refused
from prosecutions.docket import read_docket
from prosecutions.enums import PoliceReportKind
from prosecutions.models import Complaint, ComplaintSuspect, Custody, PoliceReport
from prosecutions.services.complaints import record_police_report
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 2)


@pytest.fixture
def complaint(case):
    return factories.complaint(case)


def test_closed_reopened_and_charged(complaint, lawyer, recorded):
    for kind, day in (("no_evidence", APRIL), ("reopened", APRIL), ("charge_sheet", MAY)):
        record_police_report(complaint, kind=kind, reported_on=day, actor=lawyer)
    kinds = complaint.reports.order_by("reported_on", "created_at").values_list("kind", flat=True)
    assert list(kinds) == ["no_evidence", "reopened", "charge_sheet"]
    assert len(recorded("complaint.reported")) == 3


@pytest.mark.parametrize("kind", sorted({*PoliceReportKind.values} - {"reopened"}))
def test_every_disposal_of_the_ncrb_closes_once(complaint, lawyer, kind):
    record_police_report(complaint, kind=kind, reported_on=APRIL, actor=lawyer)
    with pytest.raises(Refused, match="already closed or charged"):
        record_police_report(complaint, kind="charge_sheet", reported_on=MAY, actor=lawyer)


def test_the_same_report_twice_on_a_day_is_refused_in_words(complaint, lawyer):
    for kind in ("charge_sheet", "reopened"):
        record_police_report(complaint, kind=kind, reported_on=APRIL, actor=lawyer)
    with pytest.raises(Refused, match="already recorded for that day"):
        record_police_report(complaint, kind="charge_sheet", reported_on=APRIL, actor=lawyer)


def test_what_cannot_be_is_refused(complaint, lawyer):
    def refused(words, kind, day):
        with pytest.raises(Refused, match=words):
            record_police_report(complaint, kind=kind, reported_on=day, actor=lawyer)

    refused("before the complaint", "charge_sheet", date(2026, 3, 10))
    refused("The police can reopen only a complaint that they closed or charged", "reopened", APRIL)
    refused("in the future", "charge_sheet", date(2999, 1, 1))
    record_police_report(complaint, kind="false", reported_on=MAY, actor=lawyer)
    refused("later", "reopened", APRIL)
    record_police_report(complaint, kind="reopened", reported_on=MAY, actor=lawyer)
    refused("The police can reopen only a complaint that they closed or charged", "reopened", MAY)
    assert PoliceReport.objects.count() == 2


def test_who_may_not_is_refused(complaint, office):
    worker = factories.user("aftercare_worker", office)
    factories.assignment(complaint.case, worker)
    for actor in (factories.user("legal_officer", office), worker):
        with pytest.raises(PermissionDenied):
            record_police_report(complaint, kind="false", reported_on=MAY, actor=actor)


def test_the_page_records_it_and_the_case_shows_it(page, complaint, said):
    case_page = f"/cases/{complaint.case_id}/court/"
    assert "Police are investigating" in said(page.get(case_page))
    address = f"/complaints/{complaint.pk}/reports/new/"
    assert "investigating" in said(page.get(address))
    body = {"kind": "charge_sheet", "reported_on": "2026-04-01"}
    assert page.post(address, body | {"kind": "solved"}).status_code == 400
    first, again = (page.post(address, body | {"key": "k-1"}) for _ in range(2))
    assert (first.status_code, again["Location"]) == (302, first["Location"])
    refused = page.post(address, body | {"kind": "false", "key": "k-2"})
    assert refused.status_code == 409
    assert "Record that they reopened it first" in said(refused)
    assert "Charge sheet, 1 Apr 2026" in said(page.get(case_page))


def test_programs_do_the_same(api, lawyer, complaint):
    caller, other = api(lawyer), factories.complaint()
    body = {"complaint": str(complaint.pk), "kind": "mistake", "reported_on": "2026-04-01"}
    made = caller.post("police-reports/", body)
    assert (made.status_code, made.json()["kind"]) == (201, "mistake")
    assert caller.post("police-reports/", body).status_code == 409
    foreign = caller.post("police-reports/", body | {"complaint": str(other.pk)})
    assert foreign.status_code == 400
    assert foreign.json()["errors"]["complaint"] == ["Not found, or not open to you."]
    for wrong in ({"kind": "pending"}, {"kind": "false\0"}, {"reported_on": "1.4.2026"}):
        assert caller.post("police-reports/", body | wrong).status_code == 400
    listed = caller.get(f"police-reports/?complaint={complaint.pk}&kind=mistake").json()
    assert [row["id"] for row in listed["results"]] == [made.json()["id"]]


def test_in_the_docket_a_complaint_taken_up_again_waits_from_that_day(case, lawyer):
    today = case.jurisdiction.today
    for days in (10, 90):
        one = factories.complaint(case)
        justice.police_report(complaint=one, kind="false", reported_on=APRIL)
        again = today - timedelta(days=days)
        justice.police_report(complaint=one, kind="reopened", reported_on=again)
    (row,) = [row for row in read_docket(actor=lawyer)["rows"] if row["group"] == "waiting"]
    assert (row["since"], row["away"]) == (today - timedelta(days=90), "for 90 days")


def test_a_complaint_taken_up_again_after_the_court_had_it_is_asked_for(complaint):
    """Charge sheet, prosecution, quashed, reopened: until it comes before a court again."""
    day = date(2026, 6, 2)
    factories.prosecution(complaint.case, complaint=complaint, filed_on=date(2026, 4, 2))
    for kind, on in (("charge_sheet", APRIL), ("quashed", MAY), ("reopened", day)):
        justice.police_report(complaint=complaint, kind=kind, reported_on=on)
        asked = Complaint.objects.unreported().values_list("pk", "open_since")
        assert list(asked) == ([(complaint.pk, day)] if kind == "reopened" else [])
    before = date(2026, 6, 1)
    again = factories.prosecution(complaint.case, complaint=complaint, filed_on=before)
    assert Complaint.objects.unreported().exists(), "filed before it was taken up again"
    again.filed_on = day
    again.save()
    assert not Complaint.objects.unreported().exists()


@pytest.fixture
def accused(case, complaint):
    """Two whom the complaint is against."""
    found = [factories.suspect(case, code=f"A-{number}") for number in (1, 2)]
    for one in found:
        ComplaintSuspect.objects.create(case=case, complaint=complaint, suspect=one)
    return found


def sent_up(complaint):
    rows = complaint.accused.filter(sent_up__isnull=False).order_by("suspect__code")
    return list(rows.values_list("suspect__code", "sent_up__reported_on"))


def test_a_charge_sheet_names_whom_it_sends_up_and_a_later_one_the_rest(complaint, accused, lawyer):
    one, two = accused
    sheet = {"kind": "charge_sheet", "actor": lawyer}
    record_police_report(complaint, reported_on=APRIL, suspects=[one], **sheet)
    assert sent_up(complaint) == [("A-1", APRIL)]
    custody = factories.custody(suspect=two, since=date(2026, 3, 20))
    assert Custody.objects.uncharged().filter(pk=custody.pk).exists(), "left out, not charged"
    record_police_report(complaint, kind="reopened", reported_on=APRIL, actor=lawyer)
    record_police_report(complaint, reported_on=MAY, **sheet)
    assert sent_up(complaint) == [("A-1", APRIL), ("A-2", MAY)]
    history = complaint.accused.get(suspect=two).events.order_by("pgh_created_at", "pgh_id")
    assert [event.sent_up_id is not None for event in history] == [False, True]


def test_whom_a_report_cannot_send_up_is_refused(case, complaint, accused, lawyer):
    def refused(kind, suspects):
        with pytest.raises(Refused) as refusal:
            record_police_report(
                complaint, kind=kind, reported_on=APRIL, suspects=suspects, actor=lawyer
            )
        assert refusal.value.field == "suspects"

    refused("charge_sheet", [factories.suspect(case)])
    refused("charge_sheet", [])
    refused("false", accused)
    assert sent_up(complaint) == []


def test_page_and_api_say_whom_it_sends_up(api, page, said, complaint, accused, lawyer):
    address = f"/complaints/{complaint.pk}/reports/new/"
    assert page.get(address).content.decode().count('name="suspects"') == 2
    body = {"kind": "charge_sheet", "reported_on": "2026-04-01", "key": "k-1"}
    assert "Tick the people whom the charge sheet names." in said(page.post(address, body))
    done = page.post(address, body | {"suspects": [str(accused[1].pk)], "key": "k-2"})
    assert done.status_code == 302
    shown = said(page.get(f"/cases/{complaint.case_id}/court/"))
    assert "sent up: A-2" in shown
    assert "left out: A-1" in shown
    client = api(lawyer)
    (row,) = client.get(f"police-reports/?complaint={complaint.pk}").json()["results"]
    assert row["suspects"] == [str(accused[1].pk)]
    of = {"complaint": str(complaint.pk), "reported_on": "2026-04-02"}
    client.post("police-reports/", of | {"kind": "reopened"})
    again = of | {"kind": "charge_sheet", "suspects": [str(accused[0].pk)]}
    made = client.post("police-reports/", again)
    assert (made.status_code, made.json()["suspects"]) == (201, [str(accused[0].pk)])
