"""What a file of HTCDS wrote, held against the rules by which forms and workbook refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.models import Case
from core.contradictions import among
from exchange.standards.sheets import Fault
from prosecutions.models import Suspect
from victims.models import Involvement, RouteStop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exchange.standards.htcds import HtcdsRecord

RECEIVED = "cas_IncomingReferralDate"
# The column that says what is at fault in a field of ours.
SAID_IN = {"opened_on": RECEIVED, "identified_on": RECEIVED, "since": "hte_Date"}


def fault(person: HtcdsRecord, field: str | None, words: str) -> Fault:
    """At the first line of a person."""
    return Fault(person.rows[0], SAID_IN.get(field or "", ""), words)


def contradictions(people: list[HtcdsRecord], made: object) -> list[Fault]:
    """Every rule that what was `made` of them (`writing.Made`) breaks, once all stands beside all;
    what one cell says, once."""
    return list(dict.fromkeys(_broken(people, made)))


def _broken(people: list[HtcdsRecord], made: Any) -> Iterator[Fault]:
    for model, lines in _rows(people, made).items():
        if not lines:
            continue
        for pk, rule in among(model.objects.filter(pk__in=lines)):
            yield fault(lines[pk], rule.field, str(rule.words))


def _rows(people: list[HtcdsRecord], made: Any) -> dict[Any, dict[Any, HtcdsRecord]]:
    """By table what was written, each row with whom the file told it of."""
    by_key = {person.key: person for person in people}
    first = {person.case: person for person in reversed(people)}
    came = {row.pk: by_key[key] for key, row in made.survivors.items()}
    return {
        Case: {case.pk: first[key] for key, case in made.cases.items()},
        Involvement: came,
        Suspect: {row.pk: by_key[key] for key, row in made.suspects.items()},
        RouteStop: {stop.pk: came[stop.involvement_id] for way in made.ways for stop in way},
    }
