"""What a list shows in each place of a row, by the name of its column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from aftercare.enums import ANSWER_WITHIN, ReferralStatus, Urgency
from core.addresses import of_row
from core.days import clock
from core.templatetags.marks import day_of, filled, several_of, tag_of
from desk.court.hearings import hearing_in_words
from desk.words import HEARING_TONES, OUTCOME_TONES, REFERRAL_TONES, STATUS_TONES
from prosecutions.enums import SuspectStatus
from prosecutions.words import SUSPECT_TONES

if TYPE_CHECKING:
    from datetime import date

    from aftercare.models import Referral
    from casework.models import Case
    from core.lists.pages import ListPage
    from desk.lists.case_facts import CaseRow, Facts
    from prosecutions.models import Hearing, Suspect
    from victims.models import Involvement


WIDE = ' class="wide"'
BESIDE = '\n<span class="small mute"><bdi>{}</bdi></span>'


@dataclass(frozen=True)
class Cell:
    """Words or a `day`, with a link or a tone where they have one. `more`: how many are not named;
    `beside`: what is said after them; `tags`: and what else, each with its tone and icon; `wide`:
    it fills a line of a phone, and speaks for itself."""

    words: str = ""
    url: str = ""
    tone: str | None = None
    day: date | None = None
    more: int = 0
    beside: str = ""
    tags: tuple[tuple[str, str, str], ...] = ()
    wide: bool = False

    @property
    def shows(self) -> bool:
        return bool(self.words or self.day)

    @property
    def html(self) -> str:
        beside = filled(BESIDE, self.beside) if self.beside else ""
        return self._words + beside + "".join(f"\n{tag_of(*tag)}" for tag in self.tags)

    @property
    def _words(self) -> str:
        if self.url:
            return filled('<a class="num" href="{}"><bdi>{}</bdi></a>', self.url, self.words)
        if self.day:
            return day_of(self.day, "num")
        if self.tone is not None:
            return tag_of(self.words, self.tone)
        return several_of(self.words, self.more) if self.words else ""

    @property
    def labelled(self) -> bool:
        """Whether a phone says which column it is: a tag and a link speak for themselves."""
        return self.tone is None and not self.url and not self.wide


Cells = dict[str, Cell]


def labels_of(page: ListPage) -> list[str]:
    """What says, on a phone, of which column each is; made once for all rows."""
    plain, of_figures = ' data-label="{}"', ' class="end num" data-label="{}"'
    return [
        filled(of_figures if column.figures else plain, column.label) for column in page.columns
    ]


def html_of(page: ListPage, labels: list[str], cells: Cells) -> SafeString:
    """A row of the page, the first cell of which heads it."""
    first, *others = (cells[column.name] for column in page.columns)
    parts = [f'<th scope="row">{first.html}</th>']
    for label, cell in zip(labels[1:], others, strict=True):
        parts.append(f"<td{label if cell.labelled else WIDE}>{cell.html}</td>")
    return SafeString("\n".join(parts))


def of_case(row: CaseRow) -> Cells:
    """Of the list of cases itself."""
    case, team = row.case, row.team
    mine = ((_("My case"), "brand", "circle-user-round"),) if row.mine else ()
    sealed = ((_("Sealed"), "plum", ""),) if case.sealed else ()
    alone = ((_("Nobody on it"), "danger", ""),) if row.alone else ()
    place, office = str(case.jurisdiction), case.office.name
    people = Cell(beside=_("open to its team")) if row.people is None else Cell(str(row.people))
    return {
        "case": Cell(case.reference, case.get_absolute_url(), tags=mine),
        "status": Cell(
            case.get_status_display(), tone=STATUS_TONES[case.status], tags=sealed + alone
        ),
        "programme": Cell(case.get_programme_display(), wide=True),
        "place": Cell(place, beside="" if place == office else office),
        "team": Cell(team.first, more=team.others) if team else Cell(),
        "next": Cell(day=row.next),
        "active": Cell(day=row.active),
        "people": people,
        "opened": Cell(day=case.opened_on),
    }


def of_survivor(row: Involvement, facts: Facts) -> Cells:
    url = of_row("desk:survivor", row.pk)
    outcome = Cell(row.get_outcome_display(), tone=OUTCOME_TONES.get(row.outcome, ""))
    return _of_case(row.case, facts) | {
        "survivor": Cell(row.code, url, beside=row.victim.in_words),
        "outcome": outcome if row.outcome else Cell(),
        "added": Cell(day=clock.local(row.created_at).date()),
    }


def of_suspect(row: Suspect, facts: Facts) -> Cells:
    status = getattr(row, "status", "")  # of the list, derived from the record
    return _of_case(row.case, facts) | {
        "suspect": Cell(row.code, of_row("prosecutions:perpetrator", row.perpetrator_id)),
        "role": Cell(row.get_role_display()),
        "status": Cell(str(SuspectStatus(status).label), tone=SUSPECT_TONES[status]),
        "added": Cell(day=clock.local(row.created_at).date()),
    }


def of_hearing(row: Hearing, facts: Facts) -> Cells:
    """Day and hour are those of the clock at the court."""
    today = row.prosecution.jurisdiction.today
    late = not row.result and row.listed_on < today
    hour = time_format(row.listed_at, "H:i") if row.listed_at else ""
    words = date_format(row.listed_on, "D j M Y")
    tone = "danger" if late else HEARING_TONES[row.result]
    court = row.prosecution.court
    return _of_case(row.case, facts) | {
        "day": Cell(words, row.get_absolute_url(), beside=hour),
        "court": Cell(court.name if court else str(row.prosecution.jurisdiction)),
        "purpose": Cell(row.get_purpose_display()),
        "result": Cell(capfirst(hearing_in_words(row, today)), tone=tone),
        "changed": Cell(day=clock.local(row.updated_at).date()),
    }


def of_referral(row: Referral, facts: Facts) -> Cells:
    return _of_case(row.case, facts) | {
        "need": Cell(row.get_need_display(), row.get_absolute_url()),
        "survivor": Cell(row.involvement.code, of_row("desk:survivor", row.involvement_id)),
        "status": Cell(row.get_status_display(), tone=REFERRAL_TONES[row.status]),
        "provider": Cell(row.provider.name if row.provider else ""),
        "urgency": Cell(row.get_urgency_display()),
        "answer": _answer_of(row),
        "changed": Cell(day=clock.local(row.updated_at).date()),
        "added": Cell(day=clock.local(row.created_at).date()),
    }


def _answer_of(row: Referral) -> Cell:
    """Until when a provider that was asked is to answer, by the clock of the case."""
    if row.status != ReferralStatus.SENT or not row.sent_at:
        return Cell()
    until = row.sent_at + ANSWER_WITHIN[Urgency(row.urgency)]
    there = row.case.jurisdiction.clock(until)
    late = until < timezone.now()
    return Cell(day=there.date(), beside=_("overdue") if late else f"{there:%H:%M}")


def _of_case(case: Case, facts: Facts) -> Cells:
    team = facts.teams.get(case.pk)
    place = str(case.jurisdiction)
    return {
        "case": Cell(case.reference, case.get_absolute_url(), beside=place),
        "team": Cell(team.first, more=team.others) if team else Cell(),
        "next": Cell(day=facts.next.get(case.pk)),
        "active": Cell(day=facts.active.get(case.pk)),
    }
