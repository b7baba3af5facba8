"""Striking by page and by program; and figures, lists and words that follow."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from prosecutions.corrections.services.striking import strike
from prosecutions.docket import read_docket
from prosecutions.models import Sentence, Suspect
from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.case_pages import pages_of, whole
from tests.factories import justice
from tests.whole import share

pytestmark = pytest.mark.django_db
AS_OF = {"as_of": "2026-11-24"}
CALLED = {
    "payments": "compensation-payments",
    "protection": "protective-measures",
    "requests": "assistance-requests",
    "stages": "stages-reached",
    "taking-part": "participations",
}


@pytest.fixture
def rows(case):
    """By the address of each noun a row on which nothing rests, and the path of the API."""
    rows = {
        "arrests": factories.arrest(case),
        "custodies": factories.custody(case),
        "complaints": factories.complaint(case),
        "police-reports": justice.police_report(case),
        "suspects": factories.suspect(case),
        "prosecutions": factories.prosecution(case),
        "charges": factories.charge(case),
        "hearings": factories.hearing(case, result="held"),
        "payments": justice.compensation_payment(case),
        "sentences": factories.sentence(case),
        "appeals": factories.appeal(case),
        "stages": justice.stage_reached(case, stage="cognizance"),
        "accusations": justice.accusation(case),
        "taking-part": justice.participation(case),
        "protection": justice.protective_measure(case),
        "network-members": justice.network_member(case),
        "corridors": justice.corridor_leg(case).corridor,
        "requests": justice.assistance_request(case),
    }
    Sentence.objects.update(compensation=9000, currency="INR")
    return rows


def paths(rows):
    """As the API calls them."""
    return {CALLED.get(noun, noun): row for noun, row in rows.items()}


def gone(row):
    return not type(row).objects.filter(pk=row.pk).exists()


def test_each_page_is_offered_and_strikes(page, rows, case, said):
    where = *pages_of(case.pk), f"/networks/{rows['network-members'].network_id}/"
    offered = "".join(page.get(address).content.decode() for address in where)
    for noun, row in share(rows.items(), "struck", one_in=3, name=lambda one: one[0]):
        address = f"/{noun}/{row.pk}/strike/"
        assert f'href="{address}"' in offered, noun
        assert "every figure" in said(page.get(address)), noun
        assert page.post(address, {"reason": "", "version": 1}).status_code == 400, noun
        assert page.post(address, {"reason": "twice", "version": 6}).status_code == 409, noun
        assert not gone(row), noun
        assert page.post(address, {"reason": "twice", "version": 1}).status_code == 302, noun
        assert gone(row), noun
        assert page.get(address).status_code == 404, noun
    assert page.get(f"/cases/{case.pk}/").status_code == 200


def test_the_page_says_what_rests_on_it_and_offers_only_what_can_go(page, case, said):
    of = factories.complaint(case)
    first = justice.police_report(complaint=of, kind="false", reported_on=date(2026, 4, 2))
    justice.police_report(complaint=of, kind="reopened", reported_on=date(2026, 4, 3))
    decided = factories.decision(case).charge
    bailed = factories.custody(case, ended_on=date(2026, 4, 2), ended="bail")
    listed = factories.hearing(case)
    paid = justice.compensation_payment(case).sentence
    over = factories.appeal(case)
    factories.judgment(prosecution=over.judgment.prosecution, instance="appeal", appeal=over)
    framed = justice.stage_reached(case)
    offered = whole(page, case.pk)
    for noun, row in (
        ("police-reports", first),
        ("charges", decided),
        ("custodies", bailed),
        ("hearings", listed),
        ("sentences", paid),
        ("appeals", over),
        ("stages", framed),
    ):
        assert f"/{noun}/{row.pk}/strike/" not in offered, noun
    answer = page.post(f"/complaints/{of.pk}/strike/", {"reason": "twice", "version": 1})
    assert (answer.status_code, gone(of)) == (409, False)
    assert "Strike the reports first" in said(answer)


def test_who_may_not_finds_no_page(browser_client, rows, office):
    worker = factories.user("aftercare_worker", office)
    factories.assignment(rows["arrests"].case, worker)
    elsewhere = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    for noun, row in rows.items():
        address, body = f"/{noun}/{row.pk}/strike/", {"reason": "twice", "version": 1}
        assert browser_client(worker).post(address, body).status_code == 403, noun
        assert browser_client(elsewhere).post(address, body).status_code == 404, noun
        assert not gone(row), noun


def test_programs_strike_by_version_and_with_a_reason(api, rows, lawyer, recorded):
    caller = api(lawyer)
    for noun, row in paths(rows).items():
        path, body = f"{noun}/{row.pk}/strike/", {"reason": "twice"}
        assert caller.post(path, body).status_code == 428, noun
        assert caller.post(path, {}, If_Match='"1"').status_code == 400, noun
        assert caller.post(path, body, If_Match='"99"').status_code == 412, noun
        answer = caller.post(path, body, If_Match='"1"')
        assert (answer.status_code, answer.json()) == (200, {"id": str(row.pk), "gone": True})
        assert gone(row), noun
        assert caller.post(path, body, If_Match='"1"').status_code == 404, noun
    assert set(recorded("court.struck")) == {(lawyer.pk, str(row.pk)) for row in rows.values()}


def test_programs_are_told_what_rests_on_it(api, case, lawyer):
    suspect = factories.arrest(case).suspect
    answer = api(lawyer).post(f"suspects/{suspect.pk}/strike/", {"reason": "twice"}, If_Match='"1"')
    assert answer.status_code == 409
    assert "An arrest of the person is recorded" in answer.json()["detail"]


def test_programs_of_others_strike_nothing(api, rows, office):
    worker = factories.user("aftercare_worker", office)
    factories.assignment(rows["arrests"].case, worker)
    elsewhere = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    for noun, row in paths(rows).items():
        path, body = f"{noun}/{row.pk}/strike/", {"reason": "twice"}
        assert api(worker).post(path, body, If_Match='"1"').status_code == 403, noun
        assert api(elsewhere).post(path, body, If_Match='"1"').status_code == 404, noun
        assert not gone(row), noun


def test_who_keeps_a_copy_is_told_that_it_is_gone(api, rows, lawyer):
    caller = api(lawyer)
    since = timezone.now().isoformat().replace("+00:00", "Z")
    for noun, row in paths(rows).items():
        before = caller.get(f"{noun}/changes/?updated_since=2020-01-01T00:00:00Z").json()["results"]
        assert str(row.pk) in {one["id"] for one in before}, noun
        strike(row, version=1, reason="twice", actor=lawyer)
        after = caller.get(f"{noun}/changes/?updated_since={since}").json()["gone"]
        assert str(row.pk) in after, noun


# Whom a complaint is against


def test_the_page_says_whom_a_complaint_is_against(page, case, said):
    link = factories.complaint_suspect(case)
    other, address = factories.suspect(case), f"/complaints/{link.complaint_id}/accused/"
    assert address in page.get(f"/cases/{case.pk}/court/").content.decode()
    assert page.get(address).context["form"].initial == {"suspects": [link.suspect_id]}
    body = {"suspects": [other.pk], "reason": "person", "version": 1}
    assert page.post(address, body | {"version": 5}).status_code == 409
    assert page.post(address, body).status_code == 302
    assert link.complaint.accused.get().suspect == other
    assert page.post(address, {"reason": "person", "version": 2}).status_code == 302
    assert "Against nobody named" in said(page.get(f"/cases/{case.pk}/court/"))


def test_programs_say_whom_a_complaint_is_against(api, case, lawyer):
    link = factories.complaint_suspect(case)
    path, other = f"complaints/{link.complaint_id}/accused/", str(factories.suspect(case).pk)
    body = {"suspects": [other], "reason": "person"}
    assert api(lawyer).post(path, body).status_code == 428
    assert api(lawyer).post(path, body, If_Match='"9"').status_code == 412
    answer = api(lawyer).post(path, body, If_Match='"1"').json()
    assert (answer["suspects"], answer["version"]) == ([other], 2)
    elsewhere = str(factories.suspect(factories.case(case.office)).pk)
    answer = api(lawyer).post(path, body | {"suspects": [elsewhere]}, If_Match='"2"')
    assert answer.status_code in (400, 409)


# What follows


def figures(slug, **given):
    report = REPORTS[slug]
    result = compute(report, Reporter(), parse(AS_OF | given, report))
    return {(r["jurisdiction"]["code"], r["programme"]): r for r in result.rows}.get(
        ("IN-WB", None), {}
    )


def test_the_conviction_rate_forgets_the_charge(case, lawyer):
    """One convicted of two charged; the other was never charged: one of one, none pending."""
    factories.decision(case)
    twin = factories.charge(case)
    row = figures("conviction-rate")
    assert (row["k"], row["n"], row["pending"]) == (1, 1, 1)
    strike(twin, version=1, reason="person", actor=lawyer)
    row = figures("conviction-rate")
    assert (row["k"], row["n"], row["pending"]) == (1, 1, 0)


def test_the_hearings_of_a_year_forget_one(case, lawyer):
    court = factories.charge(case).prosecution
    for month, result in ((5, "held"), (6, "adjourned"), (7, "held")):
        day = date(2026, month, 4)
        facts = {"adjourned_for": "judge_absent"} if result == "adjourned" else {}
        hearing = factories.hearing(prosecution=court, listed_on=day, result=result, **facts)
    row = figures("hearings")
    assert (row["listed"], row["held"], row["adjourned"]) == (3, 2, 1)
    strike(hearing, version=1, reason="twice", actor=lawyer)
    row = figures("hearings")
    assert (row["listed"], row["held"], row["adjourned"]) == (2, 1, 1)


def test_the_police_figures_forget_a_report(case, lawyer):
    """Two complaints of 2026, one with a charge sheet; then neither has one."""
    report = justice.police_report(case)
    factories.complaint(case)
    year = {"from": "2026-01-01", "to": "2026-12-31"}
    row = figures("ncrb-conviction-rate", **year)
    before = (row["police_disposed"], row["police_pending_end"])
    strike(report, version=1, reason="twice", actor=lawyer)
    row = figures("ncrb-conviction-rate", **year)
    after = (row["police_disposed"], row["police_pending_end"])
    assert (before, after) == ((1, 1), (0, 2))


def test_the_word_for_a_suspect_follows(case, lawyer):
    suspect = factories.suspect(case)
    arrest = suspect.arrests.create(case=case, arrested_on="2026-05-02")
    charge = factories.charge(case, suspect=suspect)
    words = []
    for row in (charge, arrest):
        words.append(Suspect.objects.with_status().get(pk=suspect.pk).status)
        strike(row, version=1, reason="person", actor=lawyer)
    words.append(Suspect.objects.with_status().get(pk=suspect.pk).status)
    assert words == ["charged", "arrested", "identified"]


def test_the_docket_and_what_is_owed_follow(page, api, case, lawyer, said):
    sentence = factories.sentence(case)
    Sentence.objects.update(compensation=9000, currency="INR")
    payment = justice.compensation_payment(sentence=sentence)
    (shown,) = api(lawyer).get("sentences/").json()["results"]
    assert shown["paid"] == "5000.00"
    strike(payment, version=1, reason="twice", actor=lawyer)
    (shown,) = api(lawyer).get("sentences/").json()["results"]
    assert (shown["paid"], shown["left"]) == ("0.00", "9000.00")
    court = factories.prosecution(case)
    assert court.pk in {row["prosecution"] for row in read_docket(actor=lawyer)["rows"]}
    strike(court, version=1, reason="twice", actor=lawyer)
    assert court.pk not in {row["prosecution"] for row in read_docket(actor=lawyer)["rows"]}
