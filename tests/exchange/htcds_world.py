"""A small world whose files of HTCDS were written by hand, and how files are given and taken."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aftercare.models import Referral
from exchange.services.htcds import export_htcds, import_htcds, preview_htcds
from places.models import Jurisdiction
from prosecutions.models import Perpetrator
from tests import factories
from tests.factories import care, persons
from victims.models import Background, RouteStop, Victim

if TYPE_CHECKING:
    from casework.models import Case

GOLDEN = Path(__file__).parent / "golden"
CASES = [uuid.UUID(f"11111111-0000-4000-8000-00000000000{n}") for n in (1, 2)]
PEOPLE = [uuid.UUID(f"22222222-0000-4000-8000-00000000000{n}") for n in (1, 2)]
OFFENDER = uuid.UUID("33333333-0000-4000-8000-000000000001")
KOLKATA = "IN-WB-KOL"
KNOWN = [{"sex": "female", "nationality": "BD", "languages": "bn,hi"}, {"sex": "unknown"}]
WAY = [("recruitment", "BD", 6), ("exploitation", KOLKATA, 7), ("identified", KOLKATA, 8)]


def golden(name: str) -> str:
    return (GOLDEN / name).read_bytes().decode()


def build(office: Any) -> Case:
    """Two cases of Kolkata: one with two survivors and a suspect, one closed with nobody."""
    case = factories.case(office, pk=CASES[0])
    first, _second = (
        _survivor(case, pk, known, number)
        for number, (pk, known) in enumerate(zip(PEOPLE, KNOWN, strict=True), 1)
    )
    Background.objects.create(
        victim=first.victim, marital_status="Single", education="PrimaryEducation"
    )
    persons.exploitation(
        involvement=first,
        status="ActualVictimOfTrafficking",
        decided_by="Police",
        relationship="parent",
        forms=["SexualExploitation", "ForcedLabour"],
        sexual_kinds=["RemoteInteractiveServices"],
        industries=["T_ActivitiesOfHouseholdsAsEmployers", "F_Construction"],
        controls=["DebtBondage", "RestrictsMovement", "WithholdsDocuments"],
        recruitment=["ThroughFamilyOrFamilyEvents"],
    )
    for position, (kind, code, month) in enumerate(WAY, 1):
        RouteStop.objects.create(
            case=case,
            involvement=first,
            position=position,
            kind=kind,
            jurisdiction=Jurisdiction.objects.by_code(code),
            since=date(2025, month, 1),
        )
    _helped(first)
    offender = Perpetrator.objects.create(
        pk=OFFENDER, name="Invented Offender", sex="male", nationality="IN"
    )
    learned = date(2025, 10, 1)
    factories.suspect(case, role="recruiter", perpetrator=offender, identified_on=learned)
    factories.case(office, pk=CASES[1], status="closed", closed_on=date(2026, 4, 1))
    return case


def _survivor(case: Any, pk: Any, known: Any, number: int) -> Any:
    who = Victim.objects.create(pk=pk, **known)
    learned = date(2025, 9, number)
    return factories.involvement(case, who, code=f"S-{number}", identified_on=learned)


def _helped(person: Any) -> None:
    """With a goal, a referral that was sent, and the consent that partners are told."""
    plan = care.care_plan(person.case, involvement=person)
    care.goal(plan=plan, domain="physical", target_on=date(2026, 9, 1))
    persons.consent(person, purpose="statistics", recipient_kind="partners")
    Referral.objects.create(
        case=person.case,
        involvement=person,
        need="medical",
        provider=factories.provider(),
        status="sent",
        sent_at=datetime(2026, 3, 12, 6, tzinfo=UTC),
    )


def given(actor: Any, **more: Any) -> str:
    return export_htcds(to="own", reason="moving", actor=actor, **more).text


def asked(text: str, place: str = KOLKATA, **more: Any) -> dict[str, Any]:
    where = Jurisdiction.objects.by_code(place)
    return {"text": text, "source": "Partner", "programme": "other", "jurisdiction": where} | more


def take(actor: Any, text: str, **more: Any) -> Any:
    of = asked(text, **more)
    return import_htcds(actor=actor, digest=preview_htcds(actor=actor, **of).digest, **of)
