"""Short words for worlds of arrests, charges and judgments, worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from prosecutions.models import (
    Appeal,
    Arrest,
    Charge,
    ChargeDecision,
    Complaint,
    ComplaintSuspect,
    Judgment,
    Perpetrator,
    Sentence,
    Suspect,
)
from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories

if TYPE_CHECKING:
    from casework.models import Case


def day(text: str) -> date:
    """`03-10` is of 2026."""
    return date.fromisoformat(text if len(text) > len("03-10") else f"2026-{text}")


def again(person: Suspect, case: Case) -> Suspect:
    """The same person, suspected in another case."""
    made = factories.suspect(case)
    Suspect.objects.filter(pk=made.pk).update(perpetrator=person.perpetrator)
    made.refresh_from_db()
    return made


def merged(kept: Suspect, other: Suspect) -> None:
    """Two records found to be one person."""
    Perpetrator.objects.filter(pk=other.perpetrator_id).update(merged_into=kept.perpetrator)


def organisation(suspect: Suspect) -> Suspect:
    Perpetrator.objects.filter(pk=suspect.perpetrator_id).update(kind="organisation")
    return suspect


def complained(suspect: Suspect, on: str) -> Complaint:
    filed = factories.complaint(suspect.case)
    Complaint.objects.filter(pk=filed.pk).update(filed_on=day(on))
    ComplaintSuspect.objects.create(case=suspect.case, complaint=filed, suspect=suspect)
    return filed


def arrested(suspect: Suspect, on: str, attribution: str = "supported") -> Arrest:
    return Arrest.objects.create(
        case=suspect.case, suspect=suspect, arrested_on=day(on), attribution=attribution
    )


def charged(suspect: Suspect, on: str = "04-01", at: str = "IN-WB", **fields: Any) -> Charge:
    """In a new prosecution, or in the one named."""
    prosecution = fields.pop("prosecution", None) or factories.prosecution(
        suspect.case, filed_on=day(on), jurisdiction=factories.place(at)
    )
    values = {"filed_on": day(on), "offence_on": min(day(on), day("03-10"))}
    return factories.charge(prosecution=prosecution, suspect=suspect, **(values | fields))


def decided(
    charge: Charge, how: str, on: str = "09-01", attribution: str = "supported"
) -> ChargeDecision:
    judgment = factories.judgment(
        prosecution=charge.prosecution, decided_on=day(on), attribution=attribution
    )
    return factories.decision(charge=charge, judgment=judgment, disposition=how)


def appealed(decision: ChargeDecision, on: str, **fields: Any) -> Appeal:
    return factories.appeal(judgment=decision.judgment, filed_on=day(on), **fields)


def on_appeal(appeal: Appeal, decision: ChargeDecision, how: str, on: str) -> ChargeDecision:
    judgment = factories.judgment(
        prosecution=decision.judgment.prosecution,
        instance="appeal",
        appeal=appeal,
        decided_on=day(on),
    )
    return factories.decision(charge=decision.charge, judgment=judgment, disposition=how)


def sentenced(decision: ChargeDecision, **fields: Any) -> Sentence:
    judgment: Judgment = decision.judgment
    return Sentence.objects.create(
        case=decision.case, judgment=judgment, suspect=decision.charge.suspect, **fields
    )


def cells(measure: str, reader: Any = None, **given: Any) -> dict[Any, dict[str, Any]]:
    """The rows of a measure of convictions by place and programme."""
    asked = parse({"measure": measure} | {k.rstrip("_"): v for k, v in given.items()})
    result = compute(REPORTS["conviction-rate"], reader or Reporter(), asked)
    return {(row["jurisdiction"]["code"], row["programme"]): row for row in result.rows}


def kn(measure: str, place: str = "IN", reader: Any = None, **given: Any) -> tuple[int, int]:
    row = cells(measure, reader, **given).get((place, None), {"k": 0, "n": 0})
    return row["k"], row["n"]


def rows(slug: str, reader: Any = None, **given: Any) -> list[dict[str, Any]]:
    asked = parse({k.rstrip("_"): v for k, v in given.items()}, REPORTS[slug])
    return compute(REPORTS[slug], reader or Reporter(), asked).rows
