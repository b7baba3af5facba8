"""Every report, by what it is about, as the page of reports lists them: what it says in one
sentence, and its newest figure for this reader. What is counted exactly stays behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reports.base import REPORTS
from reports.choices import period_words
from reports.closed import params_of
from reports.dashboards.questions import Question
from reports.dashboards.tiles import figure_of
from reports.measures import Measures
from reports.present import rows_for
from reports.tables import measured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

    from accounts.models import User
    from reports.base import Report
    from reports.dashboards.questions import Answers
    from reports.dashboards.seen import Row
    from reports.models import Snapshot


@dataclass(frozen=True)
class Entry:
    """`shows`: of a report by place the column that stands for it; others name their headline."""

    slug: str
    says: str | Promise
    shows: str = ""


SUBJECTS: tuple[tuple[str | Promise, tuple[Entry, ...]], ...] = (
    (
        _("Before courts and police"),
        (
            Entry("conviction-rate", _("How many of those tried were convicted."), "rate"),
            Entry(
                "attrition-funnel", _("How far cases against suspects come, and where they end.")
            ),
            Entry("time-to-verdict", _("How long it takes from filing to a decision.")),
            Entry("sentences", _("What convicted persons are sentenced to."), "rate"),
            Entry(
                "hearings",
                _("How many hearings are held, and which proceedings have no next date."),
                "no_next_date",
            ),
            Entry("clearance", _("Whether courts decide as much as comes in."), "pending_end"),
            Entry("ncrb-conviction-rate", _("The same, counted as India’s police do."), "rate"),
            Entry("networks", _("Networks found, and how many of their members were arrested.")),
        ),
    ),
    (
        _("Survivors"),
        (
            Entry("rescues-and-victims", _("Who was brought to safety, and where."), "rescued"),
            Entry("survivors-served", _("How many were given a service afterwards."), "rate"),
            Entry("aftercare-outcomes", _("Whether survivors recover, and stay safe.")),
            Entry("osec-profile", _("How old the survivors of online exploitation are.")),
            Entry(
                "bonded-labour-reconciliation",
                _("Where state and central counts of released labourers differ."),
            ),
        ),
    ),
    (
        _("Operations, studies, programmes"),
        (
            Entry("operations", _("Rescues, and the sites they closed."), "rescues"),
            Entry("operations-by-year", _("The same, year by year.")),
            Entry("prevalence", _("How many minors studies counted among the people they met.")),
            Entry("baseline-endline", _("Whether there are fewer minors than there were before.")),
            Entry("external-divergence", _("Where figures of others disagree.")),
            Entry("evaluations", _("What evaluations found.")),
            Entry("programme-timeline", _("Which programme works where, and since when.")),
        ),
    ),
    (
        _("For others, and about the records"),
        (
            Entry("submission", _("What a public submission says, beside what the records say.")),
            Entry("glotip-victims", _("Detected victims, as the UNODC asks for them."), "victims"),
            Entry(
                "glotip-forms", _("The same by what they were exploited for, as the UNODC asks.")
            ),
            Entry(
                "glotip-offenders", _("Offences and offenders, as the UNODC asks."), "prosecuted"
            ),
            Entry("own-questions", _("How your own questions were answered.")),
            Entry("data-quality", _("How much of what a figure needs is on record.")),
        ),
    ),
)


@dataclass(frozen=True)
class Line:
    """One report before its reader. `figure` as a tile shows it; empty where there is none."""

    report: Report
    says: str | Promise
    snapshot: Snapshot | None
    figure: Mapping[str, object]
    lines: int  # how many there are, where no single figure stands for them
    period: str  # where it is not of all dates


def every_question(reader: User) -> list[Question]:
    """Each report as its page asks it before anything is chosen."""
    return [
        Question(entry.slug, params_of({}, REPORTS[entry.slug], reader)) for entry in _entries()
    ]


def contents(
    questions: list[Question], snapshots: Answers, reader: User
) -> list[tuple[str | Promise, list[Line]]]:
    """The reports of each subject, with this reader's newest figure of each."""
    lines = {
        entry.slug: _line(entry, question, snapshots.get(question.key()), reader)
        for entry, question in zip(_entries(), questions, strict=True)
    }
    return [(subject, [lines[entry.slug] for entry in entries]) for subject, entries in SUBJECTS]


def entry_of(slug: str) -> Entry:
    return next(entry for entry in _entries() if entry.slug == slug)


def _entries() -> list[Entry]:
    return [entry for _subject, entries in SUBJECTS for entry in entries]


def _line(entry: Entry, question: Question, snapshot: Snapshot | None, reader: User) -> Line:
    report, params = question.of, question.params
    period = period_words(params.start, params.end) if params.start or params.end else ""
    if snapshot is None:
        return Line(report, entry.says, None, {}, 0, period)
    rows = rows_for(snapshot, reader)
    figure = figure_at(snapshot, report, rows)
    return Line(report, entry.says, snapshot, figure, len(rows), period)


def figure_at(snapshot: Snapshot, report: Report, rows: list[Row]) -> Mapping[str, object]:
    """The one figure that stands for a report; nothing where there is none."""
    if isinstance(report, Measures):
        return measured(snapshot, report, rows) or {}
    shows = entry_of(snapshot.report).shows
    return figure_of(report, snapshot, rows, shows) if shows else {}
