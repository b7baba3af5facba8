"""The causes of a day, court by court, as somebody needs them who goes there in the morning.

On the screen stands who is to be heard: how many survivors are on record as willing, who of them
travels, and who goes along. On paper, which lies on a table in court, stands nothing of survivors.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import Perm
from core import audit
from core.services import service
from prosecutions.docket import others
from prosecutions.docket.open_rows import standings
from prosecutions.docket.words import Ready, accused_in_words
from prosecutions.enums import Companion, HearingPurpose, HearingResult, TakingPart
from prosecutions.models import Hearing, Participation

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from accounts.models import User

CAUSES = 500  # hearings on a page of the cause list
STILL_TO_TESTIFY = (TakingPart.WILLING, TakingPart.STATEMENT)
NOBODY = ("", Companion.NOBODY)
LATEST = time.max  # an hour that is not known stands last


class Whose(TextChoices):
    """Whose causes: those of the cases on whose team the reader is, or all that are open."""

    ALL = "all", gettext_lazy("All")
    MINE = "mine", gettext_lazy("Mine")


@dataclass(frozen=True)
class Cause:
    """A hearing of the day, and what is known of the people in it."""

    hearing: Hearing
    accused: str
    witnesses: tuple[str, ...]  # in words; nothing where no witness is heard
    ready: Ready | None  # what stands in the way, where something does


@dataclass(frozen=True)
class CourtDay:
    """The causes of one court, by their hours."""

    court: str
    place: str
    causes: list[Cause]

    @property
    def rows(self) -> list[Hearing]:
        return [cause.hearing for cause in self.causes]

    @property
    def hours(self) -> tuple[time, ...]:
        """The first and the last hour, as far as they are known."""
        known = sorted(row.listed_at for row in self.rows if row.listed_at)
        return tuple(dict.fromkeys((known[0], known[-1]))) if known else ()

    @property
    def has(self) -> set[str]:
        """Columns that say something in one of the rows."""
        of_hearing = ("listed_at", "room", "judge", "counsel", "result")
        named = {name for name in of_hearing if any(getattr(row, name) for row in self.rows)}
        if any(cause.accused for cause in self.causes):
            named.add("accused")
        if any(cause.witnesses or cause.ready for cause in self.causes):
            named.add("witnesses")
        return named


@dataclass(frozen=True)
class CauseList:
    """A page of the causes of a day."""

    day: date
    whose: Whose
    count: int
    page: int
    pages: int
    courts: list[CourtDay]


@service(Perm.PROSECUTION_VIEW)
def read_cause_list(
    *, day: date, page: int = 1, whose: Whose = Whose.ALL, actor: User
) -> CauseList:
    """What is listed on a day, court by court: by their hours, with who is heard and for us."""
    listed = Hearing.objects.visible_to(actor).filter(listed_on=day)
    listed = listed.exclude(result=HearingResult.VACATED)
    if whose == Whose.MINE:
        listed = listed.filter(case__any_of=list(actor.standing.team))
    beside = ("case", "prosecution__court", "prosecution__jurisdiction")
    order = ("prosecution__court__name", "prosecution__jurisdiction__name", "listed_at")
    rows = listed.select_related(*beside).order_by(*order, "prosecution__docket", "pk")
    hearings = list(rows[: CAUSES + 1])
    count = listed.count() if len(hearings) > CAUSES else len(hearings)
    pages = max(1, -(-count // CAUSES))
    number = min(page, pages)
    hearings = (
        hearings[:CAUSES] if number == 1 else list(rows[(number - 1) * CAUSES : number * CAUSES])
    )
    audit.read_rows(
        "prosecution.cause_list",
        Hearing._meta.label,
        [row.pk for row in hearings],
        actor=actor,
        shown=[row.case_id for row in hearings],
    )
    courts = _by_court(hearings, People(hearings, actor))
    return CauseList(day, whose, count, number, pages, courts)


def _by_court(hearings: list[Hearing], people: People) -> list[CourtDay]:
    """The court that begins first stands first."""
    courts: defaultdict[tuple[str, str], list[Cause]] = defaultdict(list)
    for row in hearings:
        of = row.prosecution
        courts[of.court.name if of.court else "", str(of.jurisdiction)].append(people.cause(row))
    days = [CourtDay(court, place, causes) for (court, place), causes in courts.items()]
    return sorted(days, key=lambda day: (day.hours[0] if day.hours else LATEST, day.court))


class People:
    """Accused and witnesses of these hearings, as far as this reader may see: six queries."""

    def __init__(self, hearings: list[Hearing], user: User) -> None:
        heard = [row for row in hearings if row.purpose in HearingPurpose.OF_WITNESSES]
        cases = list({row.case_id for row in heard})
        self.stand = standings(list({row.prosecution_id for row in hearings}), user)
        answers = others.protection(user).filter(case__any_of=cases)
        self.undecided = {case for case, answer in answers if not answer}
        self.steps: defaultdict[UUID, list[Participation]] = defaultdict(list)
        steps = Participation.objects.visible_to(user).filter(case__any_of=cases)
        for step in steps.select_related("travelled_from").order_by("happened_on", "created_at"):
            self.steps[step.case_id].append(step)

    def cause(self, row: Hearing) -> Cause:
        accused = accused_in_words(self.stand.get(row.prosecution_id, ()))
        if row.purpose not in HearingPurpose.OF_WITNESSES:
            return Cause(row, accused, (), None)
        last = {
            step.involvement_id: step
            for step in self.steps[row.case_id]
            if step.prosecution_id in (None, row.prosecution_id)
        }
        steps = list(last.values())
        waiting = row.case_id in self.undecided
        return Cause(row, accused, _in_words(steps), _missing(row, steps, undecided=waiting))


def _in_words(steps: list[Participation]) -> tuple[str, ...]:
    """“2 willing”, “1 travels from Nepal”, “nobody goes along with 1”."""
    comes = [step for step in steps if step.kind in STILL_TO_TESTIFY]
    declined = sum(step.kind == TakingPart.DECLINED for step in steps)
    alone = sum(step.accompanied_by in NOBODY for step in comes)
    there = sorted({str(s.travelled_from) for s in comes if s.travelled_from})
    parts = []
    if comes:
        parts.append(ngettext("%(n)s willing", "%(n)s willing", len(comes)) % {"n": len(comes)})
    if there:
        parts.append(_("travels from %(places)s") % {"places": ", ".join(there)})
    if alone:
        parts.append(
            ngettext("nobody goes along with %(n)s", "nobody goes along with %(n)s", alone)
            % {"n": alone}
        )
    if declined:
        parts.append(ngettext("%(n)s declined", "%(n)s declined", declined) % {"n": declined})
    return tuple(parts)


def _missing(row: Hearing, steps: list[Participation], *, undecided: bool) -> Ready | None:
    """What to see to before a witness is heard, the gravest first."""
    if row.result:
        return None
    if not any(step.kind in STILL_TO_TESTIFY for step in steps):
        return Ready("danger", _("Nobody on record as willing"))
    return Ready("warn", _("Protection not decided")) if undecided else None
