"""Invented persons of the demonstration: completed, siblings, and consents in every state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from aftercare.models import Provider
from casework.enums import Answer, Programme
from core.context import acting_as
from intake.demo.agreeing import agreed_by
from places.models import Agency, Jurisdiction
from victims.enums import Exploiter, Leg, Papers, Purpose, RecipientKind, Safety, Sign
from victims.htcds import (
    Control,
    DecidedBy,
    Education,
    ExploitationForm,
    Industry,
    MaritalStatus,
    Recruitment,
    SexualKind,
    TraffickingStatus,
)
from victims.models import Consent, Involvement
from victims.services.consents import (
    Recipient,
    grant_consent,
    record_told,
    share,
    withdraw_consent,
)
from victims.services.exploitation import (
    Stop,
    answer_indicators,
    describe_exploitation,
    set_route,
)
from victims.services.persons import describe_person, note_papers, note_safety
from victims.services.siblings import join_siblings

if TYPE_CHECKING:
    from accounts.models import User

COMPLETED = 12
LABOUR = {Programme.BONDED_LABOUR, Programme.TRAFFICKED_LABOUR, Programme.DOMESTIC_SERVITUDE}
FROM = ("BD", "NP", "IN")


def add_persons(users: dict[str, User]) -> None:
    worker = type(users["field.kolkata"]).objects.get(username="aftercare.kolkata")
    with acting_as(worker.pk):
        rows = Involvement.objects.visible_to(worker).filter(outcome="rescued")
        people = list(rows.select_related("case__jurisdiction", "victim", "rescue"))
        people.sort(key=lambda row: (row.case.reference, len(row.code), row.code))
        for number, person in enumerate(people[:COMPLETED]):
            _background(person, worker, number)
            _exploitation(person, worker, number)
            if number % 4 != 3:  # some are in progress
                _way(person, worker, number)
                _signs(person, worker, number)
        for first in (0, 4):
            _siblings(people[first : first + 3], worker)
        _consents(people[:COMPLETED], worker)


def _again(person: Involvement) -> Involvement:
    """As it stands now: each section is a change of its own."""
    return Involvement.objects.select_related("case__jurisdiction", "victim", "rescue").get(
        pk=person.pk
    )


def _background(person: Involvement, actor: User, number: int) -> None:
    victim = person.victim
    child = victim.age_max_months is not None and victim.age_max_months < 216
    low = 12 * (11 + number % 6) if child else 12 * (20 + number)
    describe_person(
        victim,
        age_min_months=low,
        age_max_months=low + 11,
        age_estimated=number % 2 == 0,
        nationality=FROM[number % 3],
        languages=["bn", "hi"][: 1 + number % 2],
        marital_status=MaritalStatus.SINGLE if child else MaritalStatus.MARRIED,
        education=None if number % 3 == 0 else Education.PRIMARY,
        version=victim.version,
        actor=actor,
    )
    danger = number in (1, 5)
    victim.refresh_from_db()
    note_safety(
        victim,
        safety=Safety.DANGER if danger else Safety.SAFE,
        reason="Invented: the owner’s men asked for the family at the market." if danger else "",
        version=victim.version,
        actor=actor,
    )
    victim.refresh_from_db()
    note_papers(
        victim,
        papers=Papers.WITHHELD if number % 3 == 1 else Papers.NONE if child else None,
        details="Invented: an identity card, kept by the owner." if number % 3 == 1 else "",
        version=victim.version,
        actor=actor,
    )


def _exploitation(person: Involvement, actor: User, number: int) -> None:
    labour = person.case.programme in LABOUR
    described = describe_exploitation(
        _again(person),
        version=_again(person).version,
        status=TraffickingStatus.ACTUAL if number % 3 else TraffickingStatus.POSSIBLE,
        decided_by=DecidedBy.NGO,
        decided_on=person.case.opened_on + timedelta(days=14),
        forms=[ExploitationForm.FORCED_LABOUR if labour else ExploitationForm.SEXUAL],
        industries=[Industry.C] if labour else [],
        sexual_kinds=[] if labour else [SexualKind.PROSTITUTION],
        actor=actor,
    )
    describe_exploitation(
        described,
        version=described.version,
        recruitment=[Recruitment.FRIENDS] if number % 2 else [Recruitment.FAMILY],
        controls=[Control.DEBT, Control.MOVEMENT, Control.DOCUMENTS][: 1 + number % 3],
        relationship=Exploiter.RELATIVE if number % 4 == 0 else Exploiter.ACQUAINTANCE,
        actor=actor,
    )


def _way(person: Involvement, actor: User, number: int) -> None:
    row, met = _again(person), person.case.opened_on
    places = Jurisdiction.objects
    set_route(
        row,
        stops=[
            Stop(Leg.RECRUITMENT, places.by_code(FROM[number % 3]), met - timedelta(days=400)),
            Stop(
                Leg.EXPLOITATION,
                person.case.jurisdiction,
                met - timedelta(days=380),
                met - timedelta(days=1),
            ),
        ],
        months=12 + number,
        version=row.version,
        actor=actor,
    )


def _signs(person: Involvement, actor: User, number: int) -> None:
    row = _again(person)
    answers: dict[str, str] = {
        sign: (Answer.YES, Answer.NO, Answer.UNKNOWN)[n % 3] for n, sign in enumerate(Sign)
    }
    answers = dict(list(answers.items())[: len(answers) if number % 2 == 0 else 6])
    evidence: dict[str, str] = {
        Sign.VULNERABILITY: "Invented: she told us that she could not read the paper."
    }
    answer_indicators(row, answers=answers, evidence=evidence, version=row.version, actor=actor)


def _siblings(people: list[Involvement], actor: User) -> None:
    first, *others = people
    for other in others:
        join_siblings(first.victim, sibling=other, actor=actor)


def _consents(people: list[Involvement], actor: User) -> None:
    """Live, renewed, ending soon, over, withdrawn and heard, withdrawn and not heard yet."""
    today = people[0].case.jurisdiction.today
    shelter = Provider.objects.get(name="Shelter A")
    unit = Agency.objects.within("IN").order_by("name").first()
    provider = Recipient(RecipientKind.PROVIDER, shelter.pk)
    police = Recipient(RecipientKind.AGENCY, unit.pk if unit else None)
    anyone, public = Recipient(RecipientKind.ANY_PROVIDER), Recipient(RecipientKind.PUBLIC)
    month = timedelta(days=30)
    # Shelter A knows the first two already, from the referrals sent to it.
    for person in people[2:6]:
        _give(person, Purpose.CARE, anyone, today - 5 * month, actor)
    _give(people[2], Purpose.CARE, anyone, today - month, actor)
    _give(people[3], Purpose.COURT, police, today - month, actor, today + timedelta(days=12))
    _give(people[4], Purpose.PUBLICATION, public, today - 3 * month, actor, today - month)
    _give(people[5], Purpose.STATISTICS, public, today - month, actor)
    for number, person in enumerate(people[6:9]):
        consent = _give(person, Purpose.CARE, provider, today - 2 * month, actor)
        share(person, Purpose.CARE, provider, actor=actor)
        gone = withdraw_consent(
            consent, withdrawn_on=today - timedelta(days=6), version=consent.version, actor=actor
        )
        if number == 0:
            (row,) = gone.withdrawals.all()
            record_told(row, told_on=today - timedelta(days=5), version=row.version, actor=actor)


def _give(
    person: Involvement,
    purpose: str,
    whom: Recipient,
    day: date,
    actor: User,
    last: date | None = None,
) -> Consent:
    return grant_consent(
        person,
        purpose=purpose,
        recipient_kind=whom.kind,
        recipient_id=whom.id,
        **agreed_by(person),
        given_on=day,
        language="bn",
        expires_on=last,
        actor=actor,
    )
