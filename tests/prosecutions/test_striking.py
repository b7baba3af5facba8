"""Records of police and court entered in error: what rests on them is said, and nothing stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import PROTECT

from core.models import AuditEvent
from core.services import Refused, Stale
from prosecutions.corrections.services.records import correct_record, enter_in_error, take_off_list
from prosecutions.corrections.services.striking import set_accused, strike
from prosecutions.corrections.services.striking_rules import NOUNS
from prosecutions.enums import Release
from prosecutions.models import (
    Appeal,
    Charge,
    Complaint,
    ComplaintSuspect,
    Corridor,
    Hearing,
    Prosecution,
    Sentence,
    Suspect,
)
from prosecutions.services.charges import file_charge, frame_charges
from prosecutions.services.complaints import record_complaint
from prosecutions.services.courts import open_prosecution, record_judgment
from prosecutions.services.stages import reach_stage
from prosecutions.services.suspects import add_suspect
from tests import factories
from tests.factories import justice
from tests.factories.people import place

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY, JUNE, SEPT = (date(2026, month, 20) for month in (3, 4, 5, 6, 9))
DERIVED = ("filed", "framing", "judgment")


@pytest.fixture
def struck(lawyer):
    def struck(row, **facts):
        row.refresh_from_db()
        strike(row, **{"version": row.version, "reason": "twice", "actor": lawyer} | facts)
        assert not type(row).objects.filter(pk=row.pk).exists()

    return struck


def refused(struck, row, words, **facts):
    with pytest.raises(Refused, match=words):
        struck(row, **facts)
    assert type(row).objects.filter(pk=row.pk).exists()


def free(case):
    """A row of every noun on which nothing rests."""
    return [
        factories.arrest(case),
        factories.custody(case),
        factories.complaint(case),
        justice.police_report(case),
        factories.suspect(case),
        factories.prosecution(case),
        factories.charge(case),
        factories.hearing(case, result="held"),
        justice.compensation_payment(case),
        factories.sentence(case),
        factories.appeal(case),
        justice.stage_reached(case, stage="cognizance"),
        justice.accusation(case),
        justice.participation(case),
        justice.protective_measure(case),
        justice.network_member(case),
        justice.corridor_leg(case).corridor,
        justice.assistance_request(case),
    ]


def test_of_every_noun_the_history_keeps_what_was_struck(case, struck, lawyer):
    rows = free(case)
    assert {type(row) for row in rows} == set(NOUNS)
    for row in rows:
        struck(row)
        history = row._meta.get_field("events").related_model
        assert history.objects.filter(pgh_obj_id=row.pk).exists(), row
        event = AuditEvent.objects.get(kind="intention", action="court.struck", target_id=row.pk)
        assert (event.actor_id, event.case_id) == (lawyer.pk, case.pk)
        assert event.detail == {"reason": "twice"}, "and nothing of what it said"


def test_the_version_is_checked_and_who_was_first_is_said(case, struck, lawyer):
    for row in free(case):
        with pytest.raises(Stale):
            struck(row, version=9)
        strike(row, version=1, reason="twice", actor=lawyer)
        with pytest.raises(Refused, match="This record was deleted while you were working on it"):
            strike(row, version=1, reason="twice", actor=lawyer)


def test_who_may_not_strikes_nothing(case, office, struck):
    worker = factories.user("aftercare_worker", office)
    factories.assignment(case, worker)
    for actor in (worker, factories.user("legal_officer", office)):
        for row in free(case):
            with pytest.raises(PermissionDenied):
                struck(row, actor=actor)


# What rests on it is named, with what to do first


def paid_of_another(case):
    """A sentence that was paid, of whom no charge names any more."""
    paid = justice.compensation_payment(case).sentence
    Charge.objects.filter(suspect=paid.suspect).update(suspect=factories.suspect(case))
    return paid


def resting(case):
    """Rows with what rests on each, and the words for it."""
    bailed = factories.custody(case, ended_on=MAY, ended="bail")
    default = factories.custody(case, ended_on=MAY, ended="default_bail")
    reported, decided = justice.police_report(case), factories.sentence(case)
    told = factories.prosecution(case, complaint=factories.complaint(case))
    listed, held = factories.hearing(case), factories.hearing(case, result="adjourned")
    part = justice.participation(case, prosecution=factories.prosecution(case)).prosecution
    return [
        (bailed, "ended with bail. First correct the release"),
        (default, "ended with bail"),
        (reported.complaint, "Strike the reports first"),
        (told.complaint, "Correct the prosecution first"),
        (Charge.objects.get(suspect=decided.suspect), "enter the judgment in error"),
        (listed, "Take it off the list instead"),
        (factories.hearing(case, result="vacated"), "Take it off the list instead"),
        (factories.charge(case).prosecution, "Charges are filed in it"),
        (listed.prosecution, "Take those off the list first"),
        (held.prosecution, "Hearings took place in it"),
        (part, "First correct how the survivor took part"),
        (factories.charge(case).suspect, "Strike the charges first"),
        (bailed.suspect, "Custody of the person is recorded"),
        (factories.arrest(case).suspect, "An arrest of the person is recorded"),
        (factories.complaint_suspect(case).suspect, "First correct whom it is against"),
        (factories.field.suspect_met(case).suspect, "Remove the person there first"),
        (justice.network_member(case).suspect, "The person is in a network"),
        (justice.compensation_payment(case).sentence, "Strike the payments first"),
        *((justice.stage_reached(case, stage=code), "follows from another") for code in DERIVED),
        (factories.appeal(case, suspect=factories.suspect(case)).suspect, "Withdraw it first"),
        (paid_of_another(case).suspect, "Strike the payment first"),
    ]


def test_what_rests_on_a_record_is_named(case, struck):
    for row, words in resting(case):
        refused(struck, row, words)


def test_nothing_that_a_record_protects_is_forgotten():
    """A new table that points at one of these has to say what becomes of it."""
    said = {
        Complaint: {"reports", "prosecutions", "accused"},
        Charge: {"victims", "decisions"},
        Appeal: {"outcome"},
        Corridor: {"legs"},
        Hearing: {"next"},
        Sentence: {"payments", "shares"},
        Prosecution: {
            *("charges", "hearings", "participations", "judgments", "stages"),
            *("requests", "measures"),
        },
        Suspect: {
            *("charges", "custodies", "arrests", "complaints", "met", "memberships", "appeals"),
            "sentences",
        },
    }
    for model in NOUNS:
        rows = [field for field in model._meta.related_objects if field.on_delete is PROTECT]
        assert {field.get_accessor_name() for field in rows} == said.get(model, set()), model


def test_what_nobody_thought_of_is_refused_as_well(case, struck):
    """A judgment that is of no charge any more."""
    refused(struck, factories.judgment(case).prosecution, "Other records depend on it")


# Step by step


def test_reports_of_the_police_go_from_the_last_on(case, struck):
    of = factories.complaint(case)
    first, last = (
        justice.police_report(complaint=of, kind=kind, reported_on=day)
        for kind, day in (("false", APRIL), ("reopened", MAY))
    )
    refused(struck, first, "Strike the later report first")
    for row in (last, first, of):
        struck(row)


def test_a_custody_with_bail_goes_once_the_release_is_put_right(case, struck, lawyer):
    custody = factories.custody(case, ended_on=MAY, ended=Release.BAIL, sureties=1)
    facts = {"ended": "", "ended_on": None, "sureties": None}
    correct_record(custody, version=1, reason="person", actor=lawyer, **facts)
    struck(custody)
    struck(custody.suspect)


def test_a_judgment_on_somebody_else_goes_whole(case, struck, lawyer):
    """The judgment in error first, the charge with it, then the proceeding and the suspect."""
    given = factories.sentence(case)
    charge, court = Charge.objects.get(suspect=given.suspect), given.judgment.prosecution
    factories.charge_victim(charge=charge)
    asked = justice.assistance_request(case, prosecution=court)
    measure = justice.protective_measure(case, prosecution=court)
    justice.stage_reached(prosecution=court)
    factories.hearing(prosecution=court, result="vacated")
    factories.appeal(judgment=given.judgment, withdrawn_on=SEPT)
    facts = {"version": 1, "reason": "person", "actor": lawyer}
    enter_in_error(given.judgment, charges=[charge], **facts)
    struck(charge)
    for name in ("Judgment", "Sentence", "ChargeDecision", "ChargeVictim", "Appeal"):
        assert not apps.get_model("prosecutions", name).objects.exists(), name
    for row in (court, given.suspect):
        struck(row)
    for name in ("StageReached", "Hearing"):
        assert not apps.get_model("prosecutions", name).objects.exists(), name
    for kept in (asked, measure):
        kept.refresh_from_db()
        assert (kept.prosecution, kept.version) == (None, 2)


def test_a_judgment_in_error_is_no_dead_end_once_the_charge_names_another(case, struck, lawyer):
    given = factories.sentence(case)
    charge, wrong = Charge.objects.get(suspect=given.suspect), given.suspect
    facts = {"version": 1, "reason": "person", "actor": lawyer}
    enter_in_error(given.judgment, charges=[charge], **facts)
    correct_record(charge, suspect=factories.suspect(case), **facts)
    with transaction.atomic():
        struck(charge)
        assert not apps.get_model("prosecutions", "Sentence").objects.exists()
        transaction.set_rollback(True)
    struck(wrong)


def test_of_a_judgment_on_two_the_other_keeps_what_is_theirs(case, struck, lawyer):
    given = factories.sentence(case)
    charge, of = Charge.objects.get(suspect=given.suspect), given.judgment
    other = factories.decision(charge=factories.charge(prosecution=of.prosecution), judgment=of)
    kept = factories.sentence(of=other)
    factories.appeal(judgment=of, suspect=given.suspect, withdrawn_on=SEPT)
    facts = {"version": 1, "reason": "person", "actor": lawyer}
    enter_in_error(of, charges=[charge], **facts)
    struck(charge)
    struck(given.suspect)
    assert of.sentences.get() == kept
    assert of.decisions.get() == other


def test_what_a_suspect_was_and_is_no_more_goes_along(case, struck):
    suspect = factories.suspect(case)
    met = factories.field.suspect_met(case, suspect=suspect)
    type(met).objects.update(removed_at=met.created_at)
    justice.network_member(suspect=suspect, left_on=SEPT)
    struck(suspect)


def test_a_number_is_not_given_twice(case, struck, lawyer):
    """Notes name suspects by it."""
    rows = [add_suspect(case, role="owner", actor=lawyer) for _ in range(3)]
    assert [row.code for row in rows] == ["A-1", "A-2", "A-3"]
    struck(rows[2])
    struck(rows[0])
    assert add_suspect(case, role="owner", actor=lawyer).code == "A-4"


# What follows


def filed(court, lawyer, offence, suspect=None):
    facts = {"provision": factories.provision(), "filed_on": APRIL, "actor": lawyer}
    suspect = suspect or factories.suspect(court.case)
    return file_charge(court, suspect=suspect, offence_on=offence, **facts)


@pytest.fixture
def court(case, lawyer):
    return open_prosecution(case, jurisdiction=place("IN-WB"), filed_on=APRIL, actor=lawyer)


def framed(court, charge, day, lawyer):
    frame_charges(court, framed_on=day, charges=[charge], actor=lawyer)


def test_the_framing_has_the_day_of_the_charge_that_is_left(court, struck, lawyer):
    first, second = (filed(court, lawyer, date(2026, 3, day)) for day in (1, 2))
    reach_stage(court, stage="cognizance", reached_on=APRIL, actor=lawyer)
    framed(court, first, MAY, lawyer)
    framed(court, second, JUNE, lawyer)
    struck(first)
    assert court.stages.get(stage="framing").reached_on == JUNE
    struck(second)
    assert not court.stages.filter(stage="framing").exists()


def test_the_framing_does_not_pass_the_stage_after_it(court, struck, lawyer):
    first, second = (filed(court, lawyer, date(2026, 3, day)) for day in (1, 2))
    reach_stage(court, stage="cognizance", reached_on=APRIL, actor=lawyer)
    framed(court, first, MAY, lawyer)
    reach_stage(court, stage="evidence", reached_on=date(2026, 6, 1), actor=lawyer)
    framed(court, second, JUNE, lawyer)
    with pytest.raises(Refused, match="stage after it") as refusal:
        struck(first)
    assert refusal.value.field is None, "of a form that has no such field"


def test_with_the_last_open_charge_gone_the_proceeding_is_decided(court, struck, lawyer):
    ended, twin = (filed(court, lawyer, date(2026, 3, day)) for day in (1, 2))
    facts = {"decided_on": JUNE, "attribution": "own", "actor": lawyer}
    record_judgment(court, decisions=[(ended, "acquitted")], **facts)
    ahead = factories.hearing(prosecution=court, listed_on=date(2999, 1, 1))
    assert Prosecution.objects.open().get() == court
    struck(twin)
    assert not Prosecution.objects.open().exists()
    assert Prosecution.objects.with_stage().get().stage == "judgment"
    ahead.refresh_from_db()
    assert ahead.result == "vacated"


def test_a_hearing_after_the_end_holds_the_open_charge(court, struck, lawyer):
    ended, twin = (filed(court, lawyer, date(2026, 3, day)) for day in (1, 2))
    facts = {"decided_on": JUNE, "attribution": "own", "actor": lawyer}
    record_judgment(court, decisions=[(ended, "acquitted")], **facts)
    held = factories.hearing(prosecution=court, listed_on=SEPT, result="held")
    refused(struck, twin, "A later hearing is recorded:")
    struck(held)
    struck(twin)


def test_the_next_hearing_stays_listed(case, struck, lawyer):
    court = factories.charge(case).prosecution
    day = case.jurisdiction.today
    held = factories.hearing(prosecution=court, listed_on=day - timedelta(days=3), result="held")
    following = factories.hearing(
        prosecution=court, listed_on=day + timedelta(days=3), follows=held
    )
    struck(held)
    following.refresh_from_db()
    assert (following.follows, following.result) == (None, "")
    take_off_list(following, version=2, reason="typing", actor=lawyer)


# Whom a complaint is against


@pytest.fixture
def named(case, lawyer):
    people = [factories.suspect(case) for _ in range(2)]
    facts = {"number": "4/2026", "filed_on": APRIL, "jurisdiction": place("IN-WB")}
    return record_complaint(case, suspects=people, actor=lawyer, **facts)


def against(complaint):
    return {link.suspect for link in complaint.accused.all()}


def test_whom_a_complaint_is_against_is_put_right(named, case, lawyer, struck, recorded):
    wrong, right = sorted(against(named), key=lambda row: row.code)
    other = factories.suspect(case)
    facts = {"reason": "person", "actor": lawyer}
    complaint = set_accused(named, version=1, suspects=[right, other], **facts)
    assert (against(complaint), complaint.version) == ({right, other}, 2)
    assert recorded("complaint.accused") == [(lawyer.pk, str(named.pk))]
    history = ComplaintSuspect._meta.get_field("events").related_model
    assert set(history.objects.values_list("suspect", flat=True)) >= {wrong.pk, other.pk}
    struck(wrong)
    with pytest.raises(Refused, match="You have not changed anything"):
        set_accused(complaint, version=2, suspects=[other, right], **facts)
    with pytest.raises(Stale):
        set_accused(complaint, version=1, suspects=[], **facts)
    elsewhere = factories.suspect(factories.case(case.office))
    with pytest.raises(Refused, match="another case"):
        set_accused(complaint, version=2, suspects=[elsewhere], **facts)
    assert against(set_accused(complaint, version=2, suspects=[], **facts)) == set()


def test_who_may_not_says_not_whom_a_complaint_is_against(named, office):
    worker = factories.user("aftercare_worker", office)
    factories.assignment(named.case, worker)
    for actor in (worker, factories.user("legal_officer", office)):
        with pytest.raises(PermissionDenied):
            set_accused(named, version=1, suspects=[], reason="person", actor=actor)
    assert len(against(named)) == 2
