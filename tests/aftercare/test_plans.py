"""Care plans: opened, looked at again, assessed, closed for a reason, and followed up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from aftercare.models import CarePlan, SessionNote
from aftercare.services.assessments import answer_domain, begin_assessment, move_assessment
from aftercare.services.care import open_session_note, record_service
from aftercare.services.plans import (
    close_plan,
    end_goal,
    follow_up,
    open_plan,
    review_plan,
    set_goal,
)
from aftercare.services.referrals import (
    accept_referral,
    complete_received,
    draft_referral,
    read_notes,
    send_referral,
    write_note,
)
from core.models import AuditEvent
from core.services import Refused, Stale
from desk.rules import BY_CODE
from desk.to_do.tasks import to_do
from tests import factories
from tests.factories import care, persons
from tests.meta.rows import sent_referral
from tests.meta.tables import query
from tests.victims.agreeing import FOR_A_CHILD

pytestmark = pytest.mark.django_db
OPENED, APRIL, JUNE = date(2026, 3, 12), date(2026, 4, 1), date(2026, 6, 1)


@pytest.fixture
def plan(act, person, worker):
    return act(open_plan, person, worker, opened_on=OPENED)


def now(plan):
    return CarePlan.objects.get(pk=plan.pk)


def test_a_plan_says_by_when_what_is_due(act, plan, worker):
    assert (plan.assess_by, plan.review_by) == (date(2026, 4, 11), date(2026, 6, 12))
    act(review_plan, plan, worker, reviewed_on=JUNE, result="goes_on")
    assert now(plan).review_by == date(2026, 9, 1)
    begun = act(begin_assessment, plan, worker, assessed_on=APRIL, answers={"abuse": 2})
    assert now(plan).assess_by == date(2026, 4, 11)  # what is only begun meets nothing
    done = act(move_assessment, begun, worker, step="complete", version=begun.version)
    assert now(plan).assess_by == date(2026, 9, 12)
    act(move_assessment, done, worker, step="take_up", version=done.version)
    assert now(plan).assess_by == date(2026, 4, 11)


def test_one_open_plan_a_person(act, person, plan, worker):
    with pytest.raises(Refused, match="already has an open plan"):
        act(open_plan, person, worker, opened_on=JUNE)
    other = factories.involvement(person.case)
    with pytest.raises(Refused, match="future"):
        act(open_plan, other, worker, opened_on=timezone.localdate() + timedelta(days=9))


def test_goals_are_encrypted_and_end_with_a_day(act, plan, worker, field_officer):
    text = "Invented words of a survivor"
    goal = act(set_goal, plan, worker, domain="social", text=text, target_on=JUNE)
    ((raw,),) = query("select text from aftercare_goal")
    assert text.encode() not in bytes(raw)
    ended = act(end_goal, goal, worker, version=goal.version, status="met", ended_on=JUNE)
    assert (ended.status, ended.ended_on) == ("met", JUNE)
    again = act(end_goal, ended, worker, version=ended.version, status="open", ended_on=JUNE)
    assert again.ended_on is None
    for words, asked in (
        ("Enter the goal", {"text": " ", "target_on": JUNE}),
        (
            "A goal cannot be due before the plan was opened",
            {"text": text, "target_on": date(2026, 3, 1)},
        ),
    ):
        with pytest.raises(Refused, match=words):
            act(set_goal, plan, worker, domain="social", **asked)
    with pytest.raises(PermissionDenied):
        act(set_goal, plan, field_officer, domain="social", text=text, target_on=JUNE)


def test_a_case_manager_closes_and_goals_met_means_it(act, plan, worker, manager):
    asked = {"closed_on": JUNE, "closed_for": "goals_met"}
    with pytest.raises(PermissionDenied):
        act(close_plan, plan, worker, version=plan.version, **asked)
    goal = act(set_goal, plan, worker, domain="legal", text="Invented", target_on=JUNE)
    with pytest.raises(Refused, match="goal is still open"):
        act(close_plan, plan, manager, version=plan.version, **asked)
    act(end_goal, goal, worker, version=goal.version, status="met", ended_on=APRIL)
    with pytest.raises(Refused, match="has not been assessed"):
        act(close_plan, plan, manager, version=plan.version, **asked)
    begun = act(begin_assessment, plan, worker, assessed_on=APRIL, answers=care.all_at(3))
    with pytest.raises(Refused, match="is in progress"):
        act(close_plan, plan, manager, version=plan.version, **asked)
    act(move_assessment, begun, worker, step="complete", version=begun.version)
    early = asked | {"closed_on": date(2026, 3, 20)}
    with pytest.raises(Refused, match="recorded for a later day"):
        act(close_plan, plan, manager, version=plan.version, **early)
    with pytest.raises(Stale):
        act(close_plan, plan, manager, version=plan.version + 1, **asked)
    closed = act(close_plan, plan, manager, version=now(plan).version, **asked)
    assert (closed.closed_by, closed.follow_up_by) == (manager, date(2026, 9, 1))
    assert (closed.assess_by, closed.review_by) == (None, None)
    for verb, words in (
        (review_plan, {"reviewed_on": JUNE, "result": "goes_on"}),
        (set_goal, {"domain": "legal", "text": "Invented", "target_on": JUNE}),
        (begin_assessment, {"assessed_on": JUNE}),
    ):
        with pytest.raises(Refused, match="This plan is closed"):
            act(verb, closed, worker, **words)


def test_follow_ups_one_after_the_other_also_in_a_closed_case(act, case, worker):
    plan = care.closed_plan(case)
    case.status, case.closed_on = "closed", JUNE
    case.save()
    first = act(follow_up, plan, worker, done_on=date(2026, 9, 2), safe="yes")
    assert (first.months, now(plan).follow_up_by) == (3, date(2026, 12, 1))
    with pytest.raises(Refused, match="If contact is lost, answer “not known"):
        act(follow_up, plan, worker, done_on=date(2026, 11, 20), contact_lost=True, safe="yes")
    second = act(follow_up, plan, worker, done_on=date(2026, 11, 20), contact_lost=True)
    assert (second.months, now(plan).follow_up_by) == (6, date(2027, 6, 1))
    act(follow_up, plan, worker, done_on=date(2026, 11, 21))
    with pytest.raises(Refused, match="All three"):
        act(follow_up, plan, worker, done_on=date(2026, 11, 22))
    assert now(plan).follow_up_by is None


@pytest.mark.parametrize("why", ["deceased", "not_a_victim", "duplicate"])
def test_nobody_is_asked_how_the_dead_are(act, case, worker, manager, person, plan, why):
    persons.exploitation(involvement=person, status="NotAVictimOfTrafficking", decided_by="NGO")
    closed = act(close_plan, plan, manager, version=plan.version, closed_on=JUNE, closed_for=why)
    assert closed.follow_up_by is None
    with pytest.raises(
        Refused,
        match="Follow-ups are recorded only after a plan was closed and if the person is alive",
    ):
        act(follow_up, closed, worker, done_on=date(2026, 9, 1))


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("assessment-due", "assess_by"),
        ("plan-review-due", "review_by"),
        ("follow-up-due", "follow_up_by"),
    ],
)
def test_it_is_asked_two_weeks_ahead(case, manager, code, column):
    def asks(days):
        make = care.closed_plan if column == "follow_up_by" else care.care_plan
        none = dict.fromkeys(("assess_by", "review_by", "follow_up_by"))
        make(case, **(none | {column: timezone.localdate() + timedelta(days=days)}))
        return len(to_do(manager, rules=[BY_CODE[code]]).first_of_each(50))

    assert [asks(15), asks(14), asks(-30)] == [0, 1, 2]


def test_answers_are_kept_domain_by_domain(act, plan, worker):
    begun = act(begin_assessment, plan, worker, assessed_on=APRIL)
    assert begun.instrument == care.instrument()
    first = act(
        answer_domain, begun, worker, version=1, domain="safety", answers={"abuse": 1, "threat": 2}
    )
    second = act(answer_domain, first, worker, version=2, domain="legal", answers={"rights": None})
    third = act(answer_domain, second, worker, version=3, domain="safety", answers={"threat": 3})
    assert third.answers == {"rights": None, "threat": 3}
    for words, asked in (
        ("no such item", {"domain": "safety", "answers": {"rights": 3}}),
        ("from 1 to 4", {"domain": "safety", "answers": {"abuse": 5}}),
        ("from 1 to 4", {"domain": "safety", "answers": {"abuse": 0}}),
        ("no such domain", {"domain": "luck", "answers": {}}),
    ):
        with pytest.raises(Refused, match=words):
            act(answer_domain, third, worker, version=4, **asked)
    with pytest.raises(Stale):
        act(answer_domain, third, worker, version=1, domain="safety", answers={})
    with pytest.raises(Refused, match="Another assessment is in progress"):
        act(begin_assessment, plan, worker, assessed_on=APRIL)
    done = act(move_assessment, third, worker, step="complete", version=4)
    with pytest.raises(Refused, match="Take it up again"):
        act(answer_domain, done, worker, version=5, domain="safety", answers={})


def test_nothing_answered_is_no_assessment(act, plan, worker):
    begun = act(begin_assessment, plan, worker, assessed_on=APRIL)
    with pytest.raises(Refused, match="No question has been answered yet"):
        act(move_assessment, begun, worker, step="complete", version=1)
    act(move_assessment, begun, worker, step="drop", version=1)
    assert act(begin_assessment, plan, worker, assessed_on=APRIL).status == "begun"


def test_a_plan_keeps_its_questions_so_that_scores_compare(act, plan, worker):
    other = care.instrument(code="other")
    begun = act(begin_assessment, plan, worker, assessed_on=APRIL, instrument=other)
    act(answer_domain, begun, worker, version=1, domain="safety", answers={"a": 2})
    act(move_assessment, begun, worker, step="complete", version=2)
    assert act(begin_assessment, plan, worker, assessed_on=JUNE).instrument == other


# --- sessions and referrals ------------------------------------------------------------------


def test_a_session_has_minutes_and_notes_that_leave_a_mark_when_opened(act, person, worker):
    text = "Invented words of a session"
    asked = {"kind": "counselling", "provided_on": APRIL}
    with pytest.raises(Refused, match="Choose the kind of session, or clear minutes and notes"):
        act(record_service, person, worker, note=text, **asked)
    act(record_service, person, worker, session="alone", minutes=50, note=text, **asked)
    ((raw,),) = query("select text from aftercare_sessionnote")
    assert text.encode() not in bytes(raw)
    assert act(open_session_note, SessionNote.objects.get(), worker) == text
    assert AuditEvent.objects.filter(action="session.opened", actor_id=worker.pk).count() == 1


def test_without_an_agreement_in_force_nothing_is_sent(act, person, worker):
    draft = act(draft_referral, person, worker, need="medical", urgency="days")
    consent = {"given_on": APRIL, "language": "bn", **FOR_A_CHILD}
    for agreement in ({"agreement_from": None}, {"agreement_until": date(2026, 1, 1)}):
        house = factories.provider(**agreement)
        with pytest.raises(Refused, match="no current agreement with"):
            act(send_referral, draft, worker, provider=house, **consent)
    with pytest.raises(Refused, match="There is already a draft referral for this need"):
        act(draft_referral, person, worker, need="medical")
    act(send_referral, draft, worker, provider=factories.provider(), **consent)


@pytest.fixture
def received(case):
    return sent_referral(case)


@pytest.fixture
def partner(received):
    return factories.provider_staff(received.provider).user


def test_the_provider_tells_how_it_goes_and_completes(act, received, partner, worker, recorded):
    with pytest.raises(Refused, match="that you accepted"):
        act(write_note, received, partner, text="Invented")
    act(accept_referral, received, partner)
    text = "Invented progress of somebody"
    act(write_note, received, partner, text=text)
    received.refresh_from_db()
    assert received.status == "in_progress"
    ((raw,),) = query("select text from aftercare_progressnote")
    assert text.encode() not in bytes(raw)
    assert [note.text for note in act(read_notes, received, worker)] == [text]
    act(complete_received, received, partner)
    received.refresh_from_db()
    assert received.status == "completed"
    assert recorded("referral.finish") == [(partner.pk, str(received.pk))]


def test_a_program_of_the_provider_reads_what_it_told(act, api, received, partner, worker):
    act(accept_referral, received, partner)
    act(write_note, received, partner, text="Invented progress")
    address = f"received-referrals/{received.pk}/notes/"
    (told,) = api(partner).get(address).json()["notes"]
    assert (told["text"], told["referral"]) == ("Invented progress", str(received.pk))
    assert api(partner).get(f"{address}?page=2").status_code == 400
    assert api(factories.provider_staff().user).get(address).status_code == 404
    assert api(worker).get(address).status_code == 403


def test_another_provider_writes_and_ends_nothing(act, received, partner):
    act(accept_referral, received, partner)
    stranger = factories.provider_staff().user
    for verb, words in ((write_note, {"text": "Invented"}), (complete_received, {})):
        with pytest.raises(PermissionDenied):
            act(verb, received, stranger, **words)
