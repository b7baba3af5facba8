"""The stages of attrition: who reached each of them, by a day and in a period.

A suspicion is a person's role in one case (`Suspect`); the report counts the persons.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from prosecutions.enums import Disposition, PoliceReportKind, StageMeaning
from prosecutions.models import (
    Arrest,
    Charge,
    ChargeDecision,
    ComplaintSuspect,
    Suspect,
)
from prosecutions.stages import StageTable
from reports.accused import (
    ARRESTED_BY,
    ARRESTED_ON,
    DECIDED_ON,
    FILED_ON,
    FRAMED_ON,
    JUDGED_BY,
    arrests,
    attributed,
    charges,
    decided,
    sentenced,
)
from reports.numbers import Ids, union
from reports.sets import NEVER, row_by_row, sets_of, within
from reports.survivors import CASE
from reports.verdicts import CONVICTED, final, natural, ours, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.db.models import Model, QuerySet
    from django.db.models.functions.comparison import Coalesce

    from accounts.models import User
    from core.access import ScopedQuerySet
    from reports.params import Params
    from reports.rows import Rows


class Source(NamedTuple):
    """Rows that say on which day a suspicion reached a stage."""

    rows: Any
    suspect: str  # the path to the suspicion, with its underscores
    day: Any

    @property
    def dated(self) -> ScopedQuerySet:
        return self.rows.alias(reached=self.day)

    @property
    def person(self) -> Coalesce:
        return person(f"{self.suspect}perpetrator")


class Shared(NamedTuple):
    """The same, of rows that other figures ask for as well."""

    rows: Rows
    which: Any  # of the rows
    day: str

    def gathered(self, params: Params) -> dict[str, Ids]:
        """The persons, as `Reached` has it."""
        rows, which, begun = self.rows, self.which, params.start
        before = begun and rows.between(None, begun - timedelta(days=1), self.day)
        return rows.sets(
            ever=which & rows.between(None, params.as_of, self.day),
            here=which & rows.during(params, self.day),
            by_then=which & rows.between(None, params.until, self.day),
            before=which & before if begun else which & False,
        )


class Walk:
    """What is on record of the suspicions of a place and programme by the as-of day."""

    def __init__(self, reader: User, params: Params) -> None:
        self.reader, self.params, self.day = reader, params, params.as_of

    def rows(self, model: Any, perpetrator: str) -> Any:
        """The rows of a table that are about natural persons in the cases asked for."""
        rows = within(model.objects.countable_by(self.reader), self.params, CASE)
        return rows.filter(natural(perpetrator)).order_by()

    def gathered(self, sources: Iterable[Source | Shared], who: str = "") -> dict[str, Ids]:
        """The persons of these rows, or the suspicions (`who`: their key), as `Reached` has it."""
        params = self.params
        when = {
            "ever": Q(reached__lte=self.day),
            "here": Q(**params.period("reached")),
            "by_then": Q(reached__lte=params.until),
            "before": Q(reached__lt=params.start) if params.start else NEVER,
        }
        sets = [
            source.gathered(params)
            if isinstance(source, Shared)
            else sets_of(source.dated, f"{source.suspect}{who}" if who else source.person, **when)
            for source in sources
        ]
        return {name: union(some[name] for some in sets) for name in when}

    def entered(self) -> Source:
        """The day we learned of a suspect."""
        return Source(self.rows(Suspect, "perpetrator"), "", F("identified_on"))

    def complaints(self) -> list[Source]:
        rows = self.rows(ComplaintSuspect, "suspect__perpetrator")
        rows = rows.filter(complaint__filed_on__lte=self.day)
        return [Source(rows, SUSPECT, F("complaint__filed_on"))]

    def arrests(self) -> list[Shared]:
        every = self.every_arrest()
        ours = attributed(every.rows, self.params, ARRESTED_BY)
        return [every._replace(which=every.which & ours)]

    def every_arrest(self) -> Shared:
        rows = arrests(self.reader, self.params, CASE)
        return Shared(rows, rows["individual"], ARRESTED_ON)

    def all_arrests(self) -> Source:
        rows = self.rows(Arrest, "suspect__perpetrator").filter(arrested_on__lte=self.day)
        return Source(rows, SUSPECT, F("arrested_on"))

    def charge_sheets(self) -> list[Source | Shared]:
        """A charge filed in court, or a charge sheet by which the police sent them up."""
        filed = charges(self.reader, self.params, CASE)
        return [Shared(filed, filed.every, FILED_ON), self.sheets()]

    def sheets(self) -> Source:
        sheets = self.rows(ComplaintSuspect, "suspect__perpetrator").filter(
            sent_up__kind=PoliceReportKind.CHARGE_SHEET, sent_up__reported_on__lte=self.day
        )
        return Source(sheets, SUSPECT, F("sent_up__reported_on"))

    def charges(self) -> ScopedQuerySet:
        return self.rows(Charge, "suspect__perpetrator").filter(filed_on__lte=self.day)

    def framed(self) -> QuerySet[Model]:
        return self.charges().filter(framed_on__lte=self.day)

    def framings(self) -> list[Shared]:
        filed = charges(self.reader, self.params, CASE)
        return [Shared(filed, filed.between(None, self.day, FRAMED_ON), FRAMED_ON)]

    def trials(self) -> list[Source]:
        """A framed charge not decided before the trial of its proceeding began.

        Where no beginning is recorded, a verdict at trial on a framed charge says that there was
        one, on the day of the verdict.
        """
        stood = Q(lifted_on__isnull=True) | Q(lifted_on__gt=OuterRef("begun"))
        decided = ChargeDecision.objects.first_instance().filter(
            stood, charge=OuterRef("pk"), judgment__decided_on__lt=OuterRef("begun")
        )
        stages = {
            "prosecution__stages__stage__in": StageTable.codes(StageMeaning.TRIAL),
            "prosecution__stages__reached_on__lte": self.day,
        }
        begun = self.framed().filter(**stages).alias(begun=F("prosecution__stages__reached_on"))
        begun = begun.filter(~Exists(decided))
        recorded = begun.filter(pk=OuterRef("charge"), begun__lte=OuterRef("judgment__decided_on"))
        at_trial = (Disposition.CONVICTED_TRIAL, Disposition.ACQUITTED)
        tried = self.decisions().first_instance().filter(disposition__in=at_trial)
        return [
            Source(begun, SUSPECT, Greatest("begun", "framed_on")),
            decided_on(tried.filter(~Exists(recorded), charge__framed_on__lte=self.day)),
        ]

    def decisions(self) -> Any:
        return self.rows(ChargeDecision, "charge__suspect__perpetrator").decided_by(self.day)

    def judged(self, ending: str) -> list[Shared]:
        rows = decided(self.reader, self.params, "first", place=CASE)
        return [Shared(rows, rows[ending] & attributed(rows, self.params, JUDGED_BY), DECIDED_ON)]

    def verdicts(self) -> list[Shared]:
        return self.judged("verdict")

    def convictions(self) -> list[Shared]:
        return self.judged("convicted")

    def custodial(self) -> list[Shared]:
        """Prison for months or life, not suspended, in first instance."""
        rows = sentenced(self.reader, self.params, CASE)
        to_serve = (rows["life"] | (rows["months"] > 0)) & ~rows["suspended"]
        return [Shared(rows, to_serve & attributed(rows, self.params, JUDGED_BY), DECIDED_ON)]

    def final_convictions(self) -> list[Source]:
        rows = final(self.decisions(), self.day)
        return [decided_on(rows.filter(CONVICTED, ours(self.params)))]


SUSPECT = "suspect__"


def decided_on(decisions: object) -> Source:
    return Source(decisions, f"charge__{SUSPECT}", F("judgment__decided_on"))


# code -> its words and where its days come from, in the order of the way
STAGES: dict[str, tuple[Any, Callable[[Walk], Sequence[Source | Shared]]]] = {
    "complaint": (_("Complaint"), Walk.complaints),
    "arrested": (_("Arrested"), Walk.arrests),
    "charge_sheeted": (_("Charge sheet filed"), Walk.charge_sheets),
    "framed": (_("Charges framed"), Walk.framings),
    "trial": (_("Trial begun"), Walk.trials),
    "judgment": (_("Judgment"), Walk.verdicts),
    "convicted": (_("Conviction"), Walk.convictions),
    "custodial": (_("Sentenced to prison"), Walk.custodial),
    "final": (_("Conviction final"), Walk.final_convictions),
}
FIRST = "identified"
WORDS = {FIRST: _("Identified")} | {code: words for code, (words, _days) in STAGES.items()}


class Reached(NamedTuple):
    """Who reached a stage."""

    ever: Ids  # by the as-of day
    here: Ids  # with an event of it in the period
    by_then: Ids  # with one by the end of the period
    before: Ids  # with one before it


def reached(walk: Walk) -> dict[str, Reached]:
    """The persons at every stage but the first."""
    return {
        code: Reached(*walk.gathered(sources(walk)).values())
        for code, (_words, sources) in STAGES.items()
    }


def identified(walk: Walk, stages: Mapping[str, Reached]) -> Ids:
    """The persons of whom the first day on record is in the period."""
    known = [stages["complaint"], stages["charge_sheeted"]]
    if walk.params.attribution:
        known.append(Reached(*walk.gathered([walk.every_arrest()]).values()))
    else:
        known.append(stages["arrested"])
    known.append(Reached(*walk.gathered([walk.entered()]).values()))
    return union(stage.by_then for stage in known) - union(stage.before for stage in known)


def suspected(walk: Walk) -> Ids:
    """The persons with a suspicion of which that is so, whatever was known of them before."""
    filed = Source(walk.charges(), SUSPECT, F("filed_on"))
    known = [walk.entered(), walk.all_arrests(), *walk.complaints(), filed, walk.sheets()]
    sets = walk.gathered(known, "pk")
    suspicions = sets["by_then"] - sets["before"]
    rows = walk.rows(Suspect, "perpetrator")
    of_persons = row_by_row(rows, "pk", person("perpetrator"), also=1)
    return Ids(who for suspicion, who in of_persons if suspicion in suspicions)
