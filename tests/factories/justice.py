"""Rows of what justice did, beside those of the main file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from prosecutions.models import (
    Accusation,
    Alias,
    Answer,
    AssistanceRequest,
    ChargeVictim,
    CompensationPayment,
    CompensationShare,
    Complaint,
    ComplaintSuspect,
    Corridor,
    CorridorLeg,
    Merge,
    Network,
    NetworkMember,
    OffenderMatch,
    Participation,
    PoliceReport,
    ProtectiveMeasure,
    StageReached,
)
from tests import factories
from tests.factories.people import place, user

if TYPE_CHECKING:
    from casework.models import Case
    from prosecutions.models import Suspect


def charge_victim(case: Case | None = None, **fields: Any) -> ChargeVictim:
    charge = fields.pop("charge", None) or factories.charge(case)
    person = fields.pop("involvement", None) or factories.involvement(charge.case)
    return ChargeVictim.objects.create(case=charge.case, charge=charge, involvement=person)


def compensation_share(case: Case | None = None, **fields: Any) -> CompensationShare:
    of = fields.pop("sentence", None) or factories.sentence(case)
    if of.compensation is None:
        of.compensation, of.currency = 100000, "INR"
        of.save()
    person = fields.pop("involvement", None) or factories.involvement(of.case)
    values = {"amount": 50000} | fields
    return CompensationShare.objects.create(case=of.case, sentence=of, involvement=person, **values)


def complaint_against(suspect: Suspect) -> Complaint:
    made = factories.complaint(suspect.case)
    ComplaintSuspect.objects.create(case=suspect.case, complaint=made, suspect=suspect)
    return made


def police_report(case: Case | None = None, **fields: Any) -> PoliceReport:
    of = fields.pop("complaint", None) or factories.complaint(case)
    values = {"kind": "charge_sheet", "reported_on": date(2026, 4, 1)}
    made = PoliceReport.objects.create(case=of.case, complaint=of, **(values | fields))
    if made.kind == "charge_sheet":  # it sends up all who wait, as where nobody says otherwise
        ComplaintSuspect.objects.filter(complaint=of, sent_up=None).update(sent_up=made)
    return made


def stage_reached(case: Case | None = None, **fields: Any) -> StageReached:
    of = fields.pop("prosecution", None) or factories.prosecution(case)
    values = {"stage": "framing", "reached_on": date(2026, 5, 2)}
    return StageReached.objects.create(case=of.case, prosecution=of, **(values | fields))


def assistance_request(case: Case | None = None, **fields: Any) -> AssistanceRequest:
    """Ours, and not answered."""
    values = {"kind": "evidence", "jurisdiction": place("PH"), "asked_on": date(2026, 4, 2)}
    return AssistanceRequest.objects.create(case=case or factories.case(), **(values | fields))


def answer(case: Case | None = None, **fields: Any) -> Answer:
    """The result of a hearing, told by a prosecutor from outside and not decided."""
    heard = fields.pop("hearing", None) or factories.hearing(case)
    values = {"kind": "result", "result": "held", "no_next_date": "to_be_told"}
    values |= {"user": fields.pop("user", None) or factories.user("prosecutor")}
    return Answer.objects.create(
        case=heard.case, prosecution=heard.prosecution, hearing=heard, **(values | fields)
    )


def compensation_payment(case: Case | None = None, **fields: Any) -> CompensationPayment:
    of = fields.pop("sentence", None) or factories.sentence(case)
    values = {"amount": 5000, "paid_on": date(2026, 10, 1)}
    return CompensationPayment.objects.create(case=of.case, sentence=of, **(values | fields))


def paid_to_somebody(case: Case | None = None) -> CompensationPayment:
    of = factories.sentence(case)
    return compensation_payment(sentence=of, involvement=factories.involvement(of.case))


def participation(case: Case | None = None, **fields: Any) -> Participation:
    of = fields.pop("involvement", None) or factories.involvement(case)
    values = {"kind": "willing", "happened_on": date(2026, 3, 20)}
    return Participation.objects.create(case=of.case, involvement=of, **(values | fields))


def protective_measure(case: Case | None = None, **fields: Any) -> ProtectiveMeasure:
    of = fields.pop("involvement", None) or factories.involvement(case)
    values = {"kind": "video_link", "asked_on": date(2026, 4, 20)}
    return ProtectiveMeasure.objects.create(case=of.case, involvement=of, **(values | fields))


def accusation(case: Case | None = None, **fields: Any) -> Accusation:
    of = fields.pop("involvement", None) or factories.involvement(case)
    values = {"offence": "immigration", "accused_on": date(2026, 3, 15)}
    return Accusation.objects.create(case=of.case, involvement=of, **(values | fields))


def alias(case: Case | None = None, name: str = "Invented Alias") -> Alias:
    return Alias.objects.create(perpetrator=factories.perpetrator(case), name=name)


def merge(case: Case | None = None) -> Merge:
    """Two records of one case as one person."""
    kept, other = factories.perpetrator(case), factories.perpetrator(case)
    other.merged_into = kept
    other.save()
    return Merge.objects.create(kept=kept, other=other, moved=[other.pk], merged_by=user())


def offender_match(case: Case | None = None, *people: Any, **fields: Any) -> OffenderMatch:
    case = case or factories.case()
    pair = people or (factories.perpetrator(case), factories.perpetrator(case))
    one, other = sorted(pair, key=lambda row: row.pk)
    return OffenderMatch.objects.create(one=one, other=other, **({"likeness": 90} | fields))


def network(case: Case | None = None, **fields: Any) -> Network:
    """With one member."""
    return network_member(case, **fields).network


def network_member(case: Case | None = None, **fields: Any) -> NetworkMember:
    suspect = fields.pop("suspect", None) or factories.suspect(case)
    of = fields.pop("network", None) or Network.objects.create(identified_on=date(2026, 3, 30))
    values = {"role": "recruiter", "known_on": date(2026, 3, 30)}
    return NetworkMember.objects.create(
        case=suspect.case, network=of, suspect=suspect, **(values | fields)
    )


def corridor(case: Case | None = None, **fields: Any) -> Corridor:
    return Corridor.objects.create(case=case or factories.case(), **fields)


def corridor_leg(case: Case | None = None, **fields: Any) -> CorridorLeg:
    of = fields.pop("corridor", None) or corridor(case)
    values = {"position": 1, "kind": "recruitment", "jurisdiction": place("KH")}
    return CorridorLeg.objects.create(case=of.case, corridor=of, **(values | fields))


FACTORIES: dict[Any, Any] = {
    Accusation: accusation,
    Alias: alias,
    AssistanceRequest: assistance_request,
    ChargeVictim: charge_victim,
    Answer: answer,
    CompensationShare: compensation_share,
    CompensationPayment: paid_to_somebody,
    Corridor: corridor,
    CorridorLeg: corridor_leg,
    Merge: merge,
    Network: network,
    NetworkMember: network_member,
    OffenderMatch: offender_match,
    Participation: participation,
    PoliceReport: police_report,
    ProtectiveMeasure: protective_measure,
    StageReached: stage_reached,
}
