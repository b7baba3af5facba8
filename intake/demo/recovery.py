"""Invented houses, placements, care plans over years with their assessments, and referrals in
every state. Nobody of whom it tells exists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from aftercare.enums import Need, PlanEnd, ReferralStatus, ReviewResult, ServiceKind
from aftercare.models import CarePlan, Provider, Referral
from aftercare.schedule import months_after
from aftercare.services.assessments import begin_assessment, move_assessment, usual_instrument
from aftercare.services.care import record_service
from aftercare.services.placements import end_placement, place
from aftercare.services.plans import (
    close_plan,
    end_goal,
    follow_up,
    open_plan,
    review_plan,
    set_goal,
)
from aftercare.services.providers import change_provider, register_provider
from aftercare.services.referrals import (
    accept_referral,
    complete_received,
    decline_referral,
    draft_referral,
    move_referral,
    send_referral,
    write_note,
)
from casework.enums import Answer
from core.context import acting_as
from intake.demo.agreeing import agreed_by
from places.models import Jurisdiction
from victims.enums import Outcome, Sex
from victims.models import Involvement

if TYPE_CHECKING:
    from accounts.models import User

TODAY = date(2026, 11, 24)
RESTORED = 3  # the least of every part of a life, as the neutral questions say
FORMER, PRESENT = 8, 5  # survivors with a closed and with an open plan
# How the parts of a life are scored, one assessment after the other.
ROADS = (
    ((1, 2, 1, 1, 2, 2), (2, 3, 2, 2, 3, 3), (3, 3, 3, 3, 3, 4), (4, 3, 3, 3, 4, 4)),
    ((2, 1, 2, 2, 1, 3), (3, 2, 2, 2, 2, 3), (3, 3, 3, 2, 3, 3)),
    ((1, 1, 1, 2, 1, 2), (2, 2, 3, 3, 2, 3), (4, 3, 4, 3, 3, 4)),
)
DUE = (0, 6, 12, 24)  # months after opening
GOALS = (
    ("safety", "Knows whom to call when the former owner comes near"),
    ("economic", "Finishes the tailoring course"),
    ("social", "Visits the aunt every second Sunday"),
)


def add_recovery(users: dict[str, User]) -> None:
    lead, worker = users["lead.kolkata"], users["aftercare.kolkata"]
    with acting_as(lead.pk):
        _houses(lead)
        for number, person in enumerate(_survivors(lead, before=2025)[:FORMER]):
            _former(person, number, lead, worker)
    with acting_as(worker.pk):
        people = [p for p in _survivors(worker, since=2026) if p.outcome == Outcome.RESCUED]
        for number, person in enumerate(people[:PRESENT]):
            _present(person, number, worker)
    _referrals(people[PRESENT : PRESENT + 6], worker, users["provider.kolkata"])


def _survivors(user: User, *, before: int = 2100, since: int = 1900) -> list[Involvement]:
    rows = Involvement.objects.visible_to(user).filter(
        office=user.home_office,
        rescue__occurred_on__year__lt=before,
        rescue__occurred_on__year__gte=since,
    )
    beside = ("case__jurisdiction", "case__office", "victim", "rescue")
    return list(rows.select_related(*beside).order_by("case__reference", "code"))


def _houses(lead: User) -> None:
    shelter = Provider.objects.get(name="Shelter A")
    change_provider(
        shelter,
        version=shelter.version,
        beds_from=date(2015, 1, 1),
        places_female=6,
        places_male=2,
        places_any=1,
        actor=lead,
    )
    town = Jurisdiction.objects.by_code("IN-WB-KOL")
    register_provider(
        name="House of the Banyan",
        jurisdiction=town,
        services=[Need.SAFE_PLACE, Need.CHILD_WELFARE],
        sexes=[Sex.FEMALE],
        age_max_months=215,
        places_female=4,
        agreement_from=date(2022, 4, 1),
        agreement_until=date(2027, 3, 31),
        actor=lead,
    )
    register_provider(
        name="Clinic by the Canal",
        jurisdiction=town,
        services=[Need.MEDICAL],
        agreement_from=date(2021, 1, 1),
        agreement_until=date(2025, 12, 31),
        actor=lead,
    )
    register_provider(
        name="Hospital of the Two Rivers",
        jurisdiction=town,
        services=[Need.MEDICAL],
        agreement_from=date(2023, 4, 1),
        actor=lead,
    )


def _former(person: Involvement, number: int, lead: User, worker: User) -> None:
    """Two years from the rescue to closing, and a year of calls."""
    met = person.rescue.occurred_on if person.rescue else person.case.opened_on
    opened, road = met + timedelta(days=14), ROADS[number % len(ROADS)]
    closed = months_after(opened, DUE[len(road) - 1]) + timedelta(days=30)
    first = place(person, kind="shelter", since=met + timedelta(days=1), actor=lead)
    end_placement(first, version=first.version, until=opened, ended_for="planned", actor=lead)
    home = place(person, kind="foster_care", since=opened, actor=lead)
    end_placement(home, version=home.version, until=closed, ended_for="reunified", actor=lead)
    plan = open_plan(person, opened_on=opened, actor=lead)
    _goals(plan, opened, lead, met_on=closed)
    _assess(plan, road, lead)
    review_plan(plan, reviewed_on=closed, result=ReviewResult.MAY_CLOSE, actor=lead)
    restored = min(road[-1]) >= RESTORED
    why = PlanEnd.GOALS_MET if restored else PlanEnd.OTHER
    tried = [closed - timedelta(days=number) for number in (21, 14, 7)]
    if number == FORMER - 1:
        why = PlanEnd.LOST_CONTACT
    words: dict[str, Any] = {"tried_on": tried} if why == PlanEnd.LOST_CONTACT else {}
    # The worker of then opened it, who is not on the case any more: somebody else closes it.
    CarePlan.objects.filter(pk=plan.pk).update(opened_by=worker)
    plan.refresh_from_db()
    close_plan(plan, version=plan.version, closed_on=closed, closed_for=why, actor=lead, **words)
    for months in (3, 6, 12):
        day = months_after(closed, months)
        lost = why == PlanEnd.LOST_CONTACT
        answers = {"safe": Answer.YES, "in_school_or_work": Answer.YES, "revictimised": Answer.NO}
        if number == 1 and months == 12:
            answers["in_school_or_work"] = Answer.NO
        if day <= TODAY:
            follow_up(plan, done_on=day, contact_lost=lost, actor=lead, **({} if lost else answers))


def _present(person: Involvement, number: int, worker: User) -> None:
    """Under way: some assessed, some of whom it is time to assess again."""
    met = person.rescue.occurred_on if person.rescue else person.case.opened_on
    since = met + timedelta(days=1)
    shelter = Provider.objects.get(name="Shelter A")
    if number % 2:
        place(person, kind="kinship", since=since, actor=worker)
    else:
        place(person, kind="shelter", provider=shelter, since=since, actor=worker)
    plan = open_plan(person, opened_on=met + timedelta(days=10), actor=worker)
    _goals(plan, plan.opened_on, worker)
    _assess(plan, ROADS[number % len(ROADS)][: number % 3], worker)
    record_service(
        person,
        kind=ServiceKind.COUNSELLING,
        provided_on=met + timedelta(days=20),
        session="alone",
        minutes=50,
        note="Invented for the demonstration: sleeps better, wants to go to school.",
        actor=worker,
    )


def _goals(plan: CarePlan, opened: date, actor: User, met_on: date | None = None) -> None:
    for months, (domain, text) in enumerate(GOALS, start=4):
        goal = set_goal(
            plan, domain=domain, text=text, target_on=months_after(opened, months), actor=actor
        )
        if met_on:
            end_goal(goal, version=goal.version, status="met", ended_on=met_on, actor=actor)


def _assess(
    plan: CarePlan, road: tuple[tuple[int, int, int, int, int, int], ...], actor: User
) -> None:
    for months, scores in zip(DUE, road, strict=False):
        day = months_after(plan.opened_on, months) + timedelta(days=20 * (months == 0))
        if day > TODAY:
            return
        answers = {
            item["code"]: score
            for domain, score in zip(usual_instrument(plan).domains, scores, strict=True)
            for item in domain["items"]
        }
        begun = begin_assessment(plan, assessed_on=day, answers=answers, actor=actor)
        move_assessment(begun, step="complete", version=begun.version, actor=actor)


def _referrals(people: list[Involvement], worker: User, partner: User) -> None:
    """One for each state beside those that the cases have already."""
    shelter = Provider.objects.get(name="Shelter A")
    sent: list[Referral] = []
    for person in people:
        with acting_as(worker.pk):
            drafts = Referral.objects.filter(involvement=person, need=Need.FOOD_CLOTHES)
            draft = drafts.first() or draft_referral(
                person, need=Need.FOOD_CLOTHES, urgency="days", actor=worker
            )
            if len(sent) < len(people) - 1 and draft.status == ReferralStatus.DRAFT:
                sent.append(_send(draft, shelter, worker))
    if len(sent) < 4:
        return
    declined, helped, done, withdrawn = sent[:4]
    with acting_as(partner.pk):
        decline_referral(declined, reason="We have nothing in these sizes", actor=partner)
        for referral in (helped, done):
            accept_referral(referral, actor=partner)
            write_note(referral, text="Invented: fetched clothes on Tuesday.", actor=partner)
        complete_received(done, actor=partner)
    with acting_as(worker.pk):
        move_referral(withdrawn, step="withdraw", version=withdrawn.version, actor=worker)


def _send(draft: Referral, shelter: Provider, worker: User) -> Referral:
    return send_referral(
        draft,
        provider=shelter,
        **agreed_by(draft.involvement),
        given_on=draft.case.opened_on + timedelta(days=10),
        language="bn",
        actor=worker,
    )
