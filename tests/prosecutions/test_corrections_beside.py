"""Put right: police reports, the end of a custody, framing, stages, what was never listed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.models import AuditEvent
from core.services import Refused, Stale
from prosecutions.corrections.services.records import take_off_list
from prosecutions.docket import read_docket
from prosecutions.models import Hearing
from prosecutions.services.charges import frame_charges
from prosecutions.services.hearings import correct_result, record_hearing
from prosecutions.services.stages import reach_stage
from tests import factories
from tests.case_pages import whole
from tests.factories import justice

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE, JULY = (date(2026, month, 5) for month in (4, 5, 6, 7))
FUTURE = date(2999, 1, 1)


@pytest.fixture
def bailed(case):
    custody = factories.custody(case, since=APRIL)
    custody.ended_on, custody.ended, custody.sureties = MAY, "bail", 2
    custody.breached_on, custody.breach = JUNE, "missed"
    custody.save()
    return custody


@pytest.fixture
def framed(case, lawyer):
    charge = factories.charge(case)
    court = charge.prosecution
    reach_stage(court, stage="cognizance", reached_on=APRIL, actor=lawyer)
    frame_charges(court, framed_on=MAY, charges=[charge], actor=lawyer)
    reach_stage(court, stage="evidence", reached_on=JUNE, actor=lawyer)
    charge.refresh_from_db()
    return charge


def refused(correct, row, words, **changes):
    with pytest.raises(Refused, match=words):
        correct(row, **changes)


# Reports of the police


def test_reports_of_the_police_take_turns_after_a_correction(case, correct):
    of = factories.complaint(case)
    days = dict(zip(("false", "reopened", "charge_sheet"), (APRIL, MAY, JUNE), strict=True))
    first, again, last = (
        justice.police_report(complaint=of, kind=kind, reported_on=day)
        for kind, day in days.items()
    )
    assert correct(first, kind="mistake", reported_on=date(2026, 4, 7)).kind == "mistake"
    refused(correct, first, "Two closing reports need a reopening between them", kind="reopened")
    refused(correct, first, "Two closing reports need a reopening between them", reported_on=JULY)
    refused(correct, again, "Two closing reports need a reopening between them", kind="abated")
    refused(correct, last, "future", reported_on=FUTURE)
    refused(correct, first, "before the complaint", reported_on=of.filed_on - timedelta(days=1))
    last = correct(last, reported_on=JULY, reason="paper")
    assert last.events.filter(pgh_label="changed").exists()
    event = AuditEvent.objects.filter(kind="intention", action="court.corrected").last()
    assert (event.target_id, event.detail["reason"]) == (str(last.pk), "paper")


def test_one_report_is_not_corrected_into_another(case, correct):
    of = factories.complaint(case)
    for kind, day in (("false", APRIL), ("reopened", MAY), ("false", JUNE)):
        report = justice.police_report(complaint=of, kind=kind, reported_on=day)
    refused(correct, report, "already recorded", reported_on=APRIL)


# The end of a custody, the bail, its breach


def test_the_end_and_the_bail_are_put_right(bailed, correct):
    money = {"bail_amount": 500, "bail_currency": "INR", "bail_conditions": ["report"]}
    row = correct(bailed, ended_on=date(2026, 5, 6), ended="default_bail", sureties=None, **money)
    assert (row.ended_on, row.ended, row.sureties) == (date(2026, 5, 6), "default_bail", None)
    assert row.bail_conditions == ["report"]
    assert correct(row, breach="absconded", breached_on=JULY).breach == "absconded"
    row = correct(row, breach="", breached_on=None)
    assert (row.breach, row.breached_on) == ("", None)


BAD_ENDS = [
    ({"ended_on": FUTURE, "breach": "", "breached_on": None}, "future"),
    ({"ended_on": date(2026, 4, 4)}, "before it began"),
    ({"ended_on": None}, "Enter both"),
    ({"ended": ""}, "Enter both"),
    (
        {"ended": "served"},
        "Leave conditions, sureties and amount empty unless the person is on bail",
    ),
    ({"ended": "served", "sureties": None}, "This person was not on bail"),
    ({"ended_on": date(2026, 6, 6)}, "before it was given"),
    ({"bail_amount": 500}, "Enter the currency of the amount"),
    ({"bail_currency": "INR"}, "Enter an amount"),
    ({"breach": ""}, "Enter both the date of the breach and how bail was broken"),
    ({"breached_on": FUTURE}, "future"),
    ({"breached_on": date(2026, 5, 4)}, "before it was given"),
]


@pytest.mark.parametrize(("changes", "words"), BAD_ENDS)
def test_the_rules_of_an_end_hold(bailed, correct, changes, words):
    refused(correct, bailed, words, **changes)
    bailed.refresh_from_db()
    assert (bailed.version, bailed.ended, bailed.sureties) == (1, "bail", 2)


NEVER = {"ended": "", "ended_on": None, "sureties": None, "breach": "", "breached_on": None}


def test_a_release_that_never_was(bailed, correct, lawyer):
    row = correct(bailed, **NEVER)
    assert type(row).objects.in_force().get() == row
    refused(correct, row, "has not ended", ended="served", ended_on=MAY)


def test_a_custody_does_not_run_into_the_next(bailed, correct):
    factories.custody(suspect=bailed.suspect, since=JUNE)
    refused(correct, bailed, "in custody again", ended_on=JULY, breached_on=JULY)
    refused(correct, bailed, "in custody again", **NEVER)
    correct(bailed, ended_on=JUNE)


# Framing, and the day of a stage


def day_of(framed, code):
    return framed.prosecution.stages.get(stage=code).reached_on


def test_the_day_of_framing_takes_its_stage_along(framed, correct):
    correct(framed, framed_on=date(2026, 5, 20))
    assert day_of(framed, "framing") == date(2026, 5, 20)
    refused(correct, framed, "stage before it", framed_on=date(2026, 4, 4))
    refused(correct, framed, "stage after it", framed_on=date(2026, 6, 20))
    refused(correct, framed, "future", framed_on=FUTURE)
    refused(correct, framed, "No other charge", framed_on=None)
    refused(correct, factories.charge(prosecution=framed.prosecution), "Record that", framed_on=MAY)


def test_the_stage_has_the_day_of_the_first_charge_framed(framed, correct):
    other = factories.charge(prosecution=framed.prosecution, framed_on=date(2026, 5, 9))
    correct(framed, framed_on=date(2026, 5, 12))
    assert day_of(framed, "framing") == date(2026, 5, 9)
    correct(other, framed_on=None)
    assert day_of(framed, "framing") == date(2026, 5, 12)


def test_the_day_of_a_stage_lies_between_its_neighbours(framed, correct):
    stages = {row.stage: row for row in framed.prosecution.stages.all()}
    assert correct(stages["evidence"], reached_on=MAY).reached_on == MAY
    refused(correct, stages["evidence"], "stage before it", reached_on=APRIL)
    refused(correct, stages["evidence"], "future", reached_on=FUTURE)
    refused(correct, stages["cognizance"], "stage after it", reached_on=JUNE)
    refused(correct, stages["cognizance"], "stage before it", reached_on=date(2026, 1, 1))
    refused(correct, stages["framing"], "follows from another record", reached_on=JUNE)


# What was never listed


@pytest.fixture
def mistaken(case, lawyer):
    """A hearing that was held, and a next one that nobody listed."""
    day = case.jurisdiction.today - timedelta(days=5)
    of = factories.charge(case).prosecution
    held = factories.hearing(prosecution=of, listed_on=day)
    later = day + timedelta(days=30)
    record_hearing(held, result="held", next_on=later, actor=lawyer)
    return Hearing.objects.get(listed_on=later)


def test_a_hearing_listed_by_mistake_is_taken_off(mistaken, lawyer, recorded):
    facts = {"reason": "typing", "actor": lawyer}
    with pytest.raises(Stale):
        take_off_list(mistaken, version=9, **facts)
    taken = take_off_list(mistaken, version=1, **facts)
    assert (taken.result, taken.version) == ("vacated", 2)
    assert recorded("hearing.taken_off") == [(lawyer.pk, str(taken.pk))]
    (row,) = read_docket(actor=lawyer)["rows"]
    assert (row["group"], row["away"]) == ("no-date", "Nobody said why, 5 days ago")
    with pytest.raises(Refused, match="already recorded"):
        take_off_list(taken, version=2, **facts)
    before = mistaken.follows
    before.refresh_from_db()
    said = {"version": before.version, "result": "held", "no_next_date": "to_be_told"}
    correct_result(before, **said, actor=lawyer)
    (row,) = read_docket(actor=lawyer)["rows"]
    assert row["away"] == "The court will tell, 5 days ago"


def test_who_may_not_takes_nothing_off(mistaken, office):
    worker = factories.user("aftercare_worker", office)
    factories.assignment(mistaken.case, worker)
    for actor in (worker, factories.user("legal_officer", office)):
        with pytest.raises(PermissionDenied):
            take_off_list(mistaken, version=1, reason="typing", actor=actor)


# Pages and programs


def rows_of(bailed, framed, mistaken):
    """By the address of the page: the row, that of the API, what is sent and a change of it."""
    case = bailed.case
    report = justice.police_report(case)
    stage = framed.prosecution.stages.get(stage="evidence")
    end = {"ended": "bail", "ended_on": "2026-05-06", "sureties": "1"}
    end |= {"breached_on": "2026-06-05", "breach": "missed"}
    return [
        (
            report,
            f"/police-reports/{report.pk}/correct/",
            f"police-reports/{report.pk}/",
            {"kind": "false", "reported_on": "2026-04-02"},
        ),
        (
            bailed,
            f"/custodies/{bailed.pk}/correct-end/",
            f"custodies/{bailed.pk}/correct-end/",
            end,
        ),
        (
            stage,
            f"/stages/{stage.pk}/correct/",
            f"stages-reached/{stage.pk}/",
            {"reached_on": "2026-06-09"},
        ),
        (mistaken, f"/hearings/{mistaken.pk}/take-off/", f"hearings/{mistaken.pk}/take-off/", {}),
        (
            framed,
            f"/charges/{framed.pk}/correct/",
            f"charges/{framed.pk}/",
            {
                "offence_on": "2026-03-10",
                "filed_on": str(framed.filed_on),
                "framed_on": "2026-05-06",
                "suspect": str(framed.suspect_id),
                "provision": str(framed.provision_id),
            },
        ),
    ]


def test_each_page_shows_what_stands_and_puts_it_right(page, bailed, framed, mistaken):
    several = list(rows_of(bailed, framed, mistaken))
    offered = {case: whole(page, case) for case in {r.case_id for r, *_ in several}}
    for row, address, _path, values in several:
        assert address in offered[row.case_id], address
        initial = page.get(address).context["form"].initial
        for name in set(values) & {"ended_on", "breach", "reached_on", "framed_on", "kind"}:
            assert initial[name] == getattr(row, name), name
        body = values | {"reason": "paper", "version": row.version}
        assert page.post(address, body | {"reason": ""}).status_code == 400, address
        assert page.post(address, body | {"version": row.version + 5}).status_code == 409, address
        assert page.post(address, body).status_code == 302, address
        before = row.version
        row.refresh_from_db()
        assert row.version == before + 1, address


def test_each_is_put_right_by_programs(api, lawyer, bailed, framed, mistaken):
    caller = api(lawyer)
    for row, _address, path, values in rows_of(bailed, framed, mistaken):
        send = caller.post if path.endswith(("correct-end/", "take-off/")) else caller.patch
        match = f'"{row.version}"'
        sent = values | ({"sureties": 1} if "sureties" in values else {})
        body = sent | {"reason": "court"}
        assert send(path, sent, If_Match=match).status_code == 400, path
        assert send(path, body).status_code == 428, path
        assert send(path, body, If_Match='"99"').status_code == 412, path
        answer = send(path, body, If_Match=match)
        assert (answer.status_code, answer.json()["version"]) == (200, row.version + 1), path


def test_of_a_release_that_never_was_the_page_leaves_nothing(page, bailed):
    body = {"version": 1, "reason": "person", "ended": "", "ended_on": "", "bail_currency": "INR"}
    assert page.post(f"/custodies/{bailed.pk}/correct-end/", body).status_code == 302
    bailed.refresh_from_db()
    assert (bailed.ended_on, bailed.ended, bailed.breach, bailed.bail_currency) == (
        None,
        "",
        "",
        "",
    )
