"""The stages of attrition: on which days each suspicion reached each of them.

A suspicion is a person's role in one case (`Suspect`); the report counts the persons.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest, TruncDate
from django.utils.translation import gettext_lazy as _

from prosecutions.enums import Disposition, Instance, PoliceReportKind, StageMeaning
from prosecutions.models import (
    Arrest,
    Charge,
    ChargeDecision,
    ComplaintSuspect,
    Sentence,
    Suspect,
)
from prosecutions.stages import StageTable
from reports.sets import within
from reports.verdicts import CONVICTED, VERDICT, final, natural, ours, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from reports.params import Params

CASE = "case__jurisdiction"


class Walk:
    """What is on record of the suspicions of a place and programme by the as-of day."""

    def __init__(self, reader: Any, params: Params) -> None:
        self.reader, self.params, self.day = reader, params, params.as_of

    def rows(self, model: Any, perpetrator: str) -> Any:
        """The rows of a table that are about natural persons in the cases asked for."""
        rows = within(model.objects.countable_by(self.reader), self.params, CASE)
        return rows.filter(natural(perpetrator)).order_by()

    def persons(self) -> dict[Any, Any]:
        """The person behind every suspicion, as known today."""
        return dict(self.rows(Suspect, "perpetrator").values_list("pk", person("perpetrator")))

    def entered(self) -> Any:
        """The day a suspect was entered."""
        return self.rows(Suspect, "perpetrator").values_list("pk", TruncDate("created_at"))

    def complaints(self) -> Any:
        rows = self.rows(ComplaintSuspect, "suspect__perpetrator")
        return rows.filter(complaint__filed_on__lte=self.day).values_list(
            "suspect", "complaint__filed_on"
        )

    def arrests(self) -> Any:
        return self.all_arrests().filter(**self.params.attributed("attribution"))

    def all_arrests(self) -> Any:
        rows = self.rows(Arrest, "suspect__perpetrator").filter(arrested_on__lte=self.day)
        return rows.values_list("suspect", "arrested_on")

    def charge_sheets(self) -> Iterator[tuple[Any, date]]:
        """A charge filed in court, or a charge sheet of the police on a complaint against them."""
        yield from self.charges().values_list("suspect", "filed_on")
        yield from (
            self.rows(ComplaintSuspect, "suspect__perpetrator")
            .filter(
                complaint__reports__kind=PoliceReportKind.CHARGE_SHEET,
                complaint__reports__reported_on__lte=self.day,
            )
            .values_list("suspect", "complaint__reports__reported_on")
        )

    def charges(self) -> Any:
        return self.rows(Charge, "suspect__perpetrator").filter(filed_on__lte=self.day)

    def framed(self) -> Any:
        return self.charges().filter(framed_on__lte=self.day)

    def framings(self) -> Any:
        return self.framed().values_list("suspect", "framed_on")

    def trials(self) -> Iterator[tuple[Any, date]]:
        """A framed charge not decided before the trial of its proceeding began.

        A verdict at trial on a framed charge says that there was one, also where nobody recorded
        the stage.
        """
        stood = Q(lifted_on__isnull=True) | Q(lifted_on__gt=OuterRef("begun"))
        decided = ChargeDecision.objects.first_instance().filter(
            stood, charge=OuterRef("pk"), judgment__decided_on__lt=OuterRef("begun")
        )
        stages = {
            "prosecution__stages__stage__in": StageTable.codes(StageMeaning.TRIAL),
            "prosecution__stages__reached_on__lte": self.day,
        }
        yield from (
            self.framed()
            .filter(**stages)
            .annotate(begun=F("prosecution__stages__reached_on"))
            .filter(~Exists(decided))
            .values_list("suspect", Greatest("begun", "framed_on"))
        )
        at_trial = (Disposition.CONVICTED_TRIAL, Disposition.ACQUITTED)
        tried = self.decisions().first_instance().filter(disposition__in=at_trial)
        yield from tried.filter(charge__framed_on__lte=self.day).values_list(*DECIDED)

    def decisions(self) -> Any:
        return self.rows(ChargeDecision, "charge__suspect__perpetrator").decided_by(self.day)

    def verdicts(self) -> Any:
        rows = self.decisions().first_instance().filter(VERDICT, ours(self.params))
        return rows.values_list(*DECIDED)

    def convictions(self) -> Any:
        rows = self.decisions().first_instance().filter(CONVICTED, ours(self.params))
        return rows.values_list(*DECIDED)

    def custodial(self) -> Any:
        """Prison for months or life, not suspended, in first instance."""
        return (
            self.rows(Sentence, "suspect__perpetrator")
            .given_by(self.day)
            .filter(
                Q(months__gt=0) | Q(life=True),
                ours(self.params),
                suspended=False,
                judgment__instance=Instance.FIRST,
                judgment__decided_on__lte=self.day,
            )
            .values_list("suspect", "judgment__decided_on")
        )

    def final_convictions(self) -> Any:
        rows = final(self.decisions(), self.day).filter(CONVICTED, ours(self.params))
        return rows.values_list(*DECIDED)


DECIDED = ("charge__suspect", "judgment__decided_on")

# code -> its words and where its days come from, in the order of the way
STAGES: dict[str, tuple[Any, Callable[[Walk], Any]]] = {
    "complaint": (_("Complaint"), Walk.complaints),
    "arrested": (_("Arrested"), Walk.arrests),
    "charge_sheeted": (_("Charge sheet filed"), Walk.charge_sheets),
    "framed": (_("Charges framed"), Walk.framings),
    "trial": (_("Trial begun"), Walk.trials),
    "judgment": (_("Judgment"), Walk.verdicts),
    "convicted": (_("Convicted"), Walk.convictions),
    "custodial": (_("Sentenced to prison"), Walk.custodial),
    "final": (_("Conviction final"), Walk.final_convictions),
}
WORDS = {"identified": _("Identified")} | {code: words for code, (words, _days) in STAGES.items()}


def days_by_person(reader: Any, params: Params) -> dict[str, dict[Any, list[date]]]:
    """For every stage the persons who reached it by the as-of day, each with the days."""
    walk = Walk(reader, params)
    persons = walk.persons()
    reached = {code: list(days(walk)) for code, (_words, days) in STAGES.items()}
    arrests = walk.all_arrests() if params.attribution else reached["arrested"]
    known = chain(walk.entered(), reached["complaint"], arrests, reached["charge_sheeted"])
    found = {"identified": _of_persons(persons, _first(known, params.as_of))}
    return found | {code: _of_persons(persons, days) for code, days in reached.items()}


def _first(known: Iterable[tuple[Any, date]], day: date) -> Iterable[tuple[Any, date]]:
    """The first day anything is on record of a suspicion, if that is by this day."""
    first: dict[Any, date] = {}
    for suspect, on in known:
        first[suspect] = min(on, first.get(suspect, on))
    return ((suspect, on) for suspect, on in first.items() if on <= day)


def _of_persons(
    persons: dict[Any, Any], reached: Iterable[tuple[Any, date]]
) -> dict[Any, list[date]]:
    days: dict[Any, list[date]] = defaultdict(list)
    for suspect, on in reached:
        days[persons[suspect]].append(on)
    return days
