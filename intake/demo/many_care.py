"""What help the many invented survivors had: houses, families, referrals, services, plans."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from aftercare.closing import CRITERIA
from aftercare.enums import (
    AssessmentStatus,
    MoveReason,
    Need,
    PlacementKind,
    PlanEnd,
    PlanStatus,
    ReferralStatus,
    ReviewResult,
    ServiceKind,
    Urgency,
)
from aftercare.models import (
    Assessment,
    CarePlan,
    FollowUp,
    Placement,
    PlanReview,
    Provider,
    Referral,
    ServiceRecord,
)
from aftercare.schedule import FOLLOWED_UP_AFTER, months_after
from aftercare.services.showing import shown_to_provider
from casework.enums import Answer, Programme
from instruments.models import Instrument
from intake.demo.agreeing import agreed_by
from intake.demo.many_families import Families
from intake.demo.many_parts import PARTS
from victims.enums import Purpose, RecipientKind, Sex
from victims.models import Consent, Share

if TYPE_CHECKING:
    import random

    from accounts.models import User
    from intake.demo.many_rows import Rows
    from victims.models import Involvement

LAST_DAY = date(2026, 10, 15)  # whatever is recorded of anybody
PLANS_CLOSED_BY = date(2025, 9, 30)  # so that the last follow-up is made
ASSESSED_AFTER = (0, 6, 12, 24)  # months
# place -> houses: name, beds for girls, for boys, for anyone
HOUSES = {
    "IN-WB-KOL": (("House of the Lotus", 34, 0, 0), ("House of Two Rivers", 24, 8, 4)),
    "IN-MH-MUM": (("House of the Neem Tree", 36, 0, 0), ("House by the Sea", 24, 8, 4)),
    "PH-MNL": (("Home of the Sampaguita", 40, 0, 4), ("Home for Brothers and Sisters", 24, 12, 8)),
    "PH-CEB": (("Home of the Coral", 36, 0, 4), ("Home of the Kite", 22, 12, 8)),
    "PH-PAM": (("Home of the Lantern", 30, 0, 4), ("Home of the Bamboo", 24, 10, 8)),
    "IN-OD": (("House of the Mill, Odisha", 12, 12, 0),),
    "IN-RJ": (("House of the Well, Rajasthan", 12, 12, 0),),
    "IN-UP": (("House of the Field, Uttar Pradesh", 12, 12, 0),),
}
SERVICES = (
    ServiceKind.COUNSELLING,
    ServiceKind.MEDICAL,
    ServiceKind.EDUCATION,
    ServiceKind.LEGAL,
    ServiceKind.TRAINING,
    ServiceKind.FAMILY,
    ServiceKind.PRACTICAL,
)
FINISHED = (ReferralStatus.COMPLETED, ReferralStatus.DECLINED, ReferralStatus.WITHDRAWN)
UNDER_WAY = (
    ReferralStatus.DRAFT,
    ReferralStatus.SENT,
    ReferralStatus.ACCEPTED,
    ReferralStatus.IN_PROGRESS,
)
WELL = (PlanEnd.GOALS_MET, PlanEnd.AGED_OUT, PlanEnd.RELOCATED)
LESS = (PlanEnd.LOST_CONTACT, PlanEnd.TRANSFERRED, PlanEnd.DECLINED, PlanEnd.OTHER)


class Helpers:
    """The houses of each place, the questions that are asked, and how siblings are placed."""

    def __init__(self, rows: Rows, chance: random.Random, places: dict[str, object]) -> None:
        self.rows, self.chance = rows, chance
        self.houses = {
            code: [rows.add(_house(places[code], *house)) for house in houses]
            for code, houses in HOUSES.items()
        }
        offered = Instrument.objects.filter(is_offered=True).order_by("created_at")
        self.instrument = offered[0]
        self.items = [item["code"] for d in self.instrument.domains for item in d["items"]]
        self.families = Families(rows, places)
        self.together: dict[Any, Any] = {}  # person in a case -> group of siblings
        self.placed: dict[Any, list[tuple[Any, ...]]] = {}  # a group is placed together

    def near(self, person: Involvement) -> Provider:
        return self.chance.choice(self.houses[person.case.jurisdiction.code])


def _house(place: Any, name: str, girls: int, boys: int, anyone: int) -> Provider:
    return Provider(
        name=name,
        jurisdiction=place,
        services=[Need.SAFE_PLACE, Need.CHILD_WELFARE, Need.MEDICAL],
        sexes=[] if boys or anyone else [Sex.FEMALE],
        places_female=girls,
        places_male=boys,
        places_any=anyone,
        agreement_from=date(min(p.since for p in PARTS if p.place == place.code), 1, 5),
    )


def help_person(helpers: Helpers, person: Involvement, met: date, lead: User) -> date:
    """Everything that was done for one person; returns the last day of it."""
    chance = helpers.chance
    days = [_serve(helpers, person, met)]
    if chance.random() < 0.5:
        refer(helpers, person, met)
    if person.pk in helpers.together or chance.random() < 0.6:
        days.append(_place(helpers, person, met))
    opened = met + timedelta(days=14)
    last = chance.choice(ASSESSED_AFTER[1:])
    closed = months_after(opened, last) + timedelta(days=30)
    if closed <= PLANS_CLOSED_BY and chance.random() < 0.4:
        _plan(helpers, person, opened, closed, lead)
        days.append(closed)
    return max(days)


def _serve(helpers: Helpers, person: Involvement, met: date) -> date:
    chance, last = helpers.chance, met
    for kind in chance.sample(SERVICES, chance.choice((1, 2, 2, 3))):
        day = min(met + timedelta(days=chance.randrange(1, 300)), LAST_DAY)
        helpers.rows.add(
            ServiceRecord(case=person.case, involvement=person, kind=kind, provided_on=day)
        )
        last = max(last, day)
    return last


def _place(helpers: Helpers, person: Involvement, met: date) -> date:
    """A shelter first, then for many a family; brothers and sisters go together."""
    group = helpers.together.get(person.pk, person.pk)
    if group not in helpers.placed:
        helpers.placed[group] = _road(helpers, person, met)
    until = met
    for kind, provider, since, until, reason in helpers.placed[group]:
        helpers.rows.add(
            Placement(
                case=person.case,
                involvement=person,
                victim=person.victim,
                kind=kind,
                provider=provider,
                since=since,
                until=until,
                ended_for=reason,
            )
        )
    return until


def _road(helpers: Helpers, person: Involvement, met: date) -> list[tuple[object, ...]]:
    chance = helpers.chance
    alone = person.pk not in helpers.together
    houses = helpers.houses[person.case.jurisdiction.code]
    for_all = alone and person.victim.sex == Sex.FEMALE
    house = chance.choice(houses) if for_all else houses[-1]
    left = min(met + timedelta(days=chance.randrange(60, 330)), LAST_DAY - timedelta(days=60))
    online = person.case.programme == Programme.OSEC
    if chance.random() >= (0.7 if online else 0.2):
        return [(PlacementKind.SHELTER, house, met, left, MoveReason.REUNIFIED)]
    kind = PlacementKind.THERAPEUTIC_FOSTER_CARE if online else PlacementKind.FOSTER_CARE
    until = min(left + timedelta(days=chance.randrange(120, 900)), LAST_DAY)
    family = _family(helpers, person, left, until) if online else None
    return [
        (PlacementKind.SHELTER, house, met, left, MoveReason.PLANNED),
        (kind, family, left, until, MoveReason.REUNIFIED),
    ]


def _family(helpers: Helpers, person: Involvement, since: date, until: date) -> Provider | None:
    group = helpers.together.get(person.pk)
    guests = sum(group is not None and value == group for value in helpers.together.values())
    place = person.case.jurisdiction.code
    return helpers.families.with_room(place, max(guests, 1), since, until)


def refer(helpers: Helpers, person: Involvement, met: date, under_way: int | None = None) -> None:
    """A referral that came to its end; or, by its number, one in a state before that."""
    chance = helpers.chance
    if under_way is None:
        status = chance.choices(FINISHED, (80, 10, 10))[0]
    else:
        status = UNDER_WAY[under_way % len(UNDER_WAY)]
    referral = Referral(
        case=person.case,
        involvement=person,
        need=chance.choice((Need.SAFE_PLACE, Need.MEDICAL, Need.CHILD_WELFARE)),
        urgency=chance.choice(Urgency.values),
        status=status,
    )
    if status != ReferralStatus.DRAFT:
        provider = helpers.near(person)
        _consent(helpers, person, provider, met)
        sent = datetime.combine(met, time(8), tzinfo=UTC) + timedelta(days=chance.randrange(1, 9))
        referral.provider, referral.sent_at = provider, sent
        referral.shown = shown_to_provider(referral)
        if status not in (ReferralStatus.SENT, ReferralStatus.WITHDRAWN):
            referral.answered_at = sent + timedelta(hours=chance.randrange(1, 60))
        if status == ReferralStatus.DECLINED:
            referral.decline_reason = "Every bed is taken"
    helpers.rows.add(referral)


def _consent(helpers: Helpers, person: Involvement, provider: Provider, met: date) -> None:
    recipient = {"recipient_kind": RecipientKind.PROVIDER, "recipient_id": provider.pk}
    consent = helpers.rows.add(
        Consent(
            case=person.case,
            involvement=person,
            purpose=Purpose.CARE,
            **agreed_by(person),
            given_on=met,
            language=person.victim.languages,
            **recipient,
        )
    )
    helpers.rows.add(Share(case=person.case, consent=consent, involvement=person, **recipient))


def _plan(helpers: Helpers, person: Involvement, opened: date, closed: date, lead: User) -> None:
    """From opening to a year after closing; of ten seven are restored."""
    chance, rows = helpers.chance, helpers.rows
    well = chance.random() < 0.7
    why = chance.choice(WELL if well else LESS)
    plan = rows.add(
        CarePlan(
            case=person.case,
            involvement=person,
            opened_on=opened,
            status=PlanStatus.CLOSED,
            closed_on=closed,
            closed_for=why,
            closed_by=lead,
            **_rests_on(helpers, person, why, closed),
        )
    )
    days = [opened + timedelta(days=20), *(months_after(opened, n) for n in ASSESSED_AFTER[1:])]
    days = [day for day in days if day <= closed]
    for number, day in enumerate(days):
        final = number == len(days) - 1
        scores = (1, 2, 2, 3) if number == 0 else (3, 3, 4) if final and well else (2, 3, 3)
        given = chance.choices(scores, k=len(helpers.items))
        rows.add(
            Assessment(
                case=person.case,
                involvement=person,
                plan=plan,
                instrument=helpers.instrument,
                assessed_on=day,
                answers=dict(zip(helpers.items, given, strict=True)),
                status=AssessmentStatus.COMPLETED,
            )
        )
    rows.add(
        PlanReview(case=person.case, plan=plan, reviewed_on=closed, result=ReviewResult.MAY_CLOSE)
    )
    for months in FOLLOWED_UP_AFTER:
        rows.add(_follow_up(chance, plan, months, well))


def _rests_on(helpers: Helpers, person: Involvement, why: str, closed: date) -> dict[str, object]:
    """What the reason of a closed plan needs: who goes on, or when contact was tried."""
    needs, houses = CRITERIA[why], helpers.houses[person.case.jurisdiction.code]
    tried = [(closed - timedelta(days=days)).isoformat() for days in (21, 14, 7)]
    return {
        "handed_to": houses[0] if needs.receiver else None,
        "tried_on": tried if needs.attempts else [],
    }


def _follow_up(chance: random.Random, plan: CarePlan, months: int, well: bool) -> FollowUp:
    day = months_after(plan.closed_on, months)  # type: ignore[arg-type]  # it is closed
    call = FollowUp(case=plan.case, plan=plan, months=months, done_on=day)
    if plan.closed_for == PlanEnd.LOST_CONTACT:
        call.contact_lost = True
        return call
    call.safe = _usually(chance, 0.96 if well else 0.85)
    call.in_school_or_work = _usually(chance, 0.85 if well else 0.6)
    call.revictimised = _usually(chance, 0.01 if well else 0.06)
    if months == FOLLOWED_UP_AFTER[-1]:  # nobody of the past is left in danger
        call.safe, call.revictimised = Answer.YES, Answer.NO
    return call


def _usually(chance: random.Random, share: float) -> Answer:
    return Answer.YES if chance.random() < share else Answer.NO
