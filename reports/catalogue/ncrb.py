"""The court and police tables of the NCRB ("Crime in India"): cases, pendency, charge sheets."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from prosecutions.enums import Disposition, PoliceReportKind
from prosecutions.models import Complaint, PoliceReport, Prosecution
from reports.base import SHARE, ByPlace, Column, rate, rate_columns
from reports.dispositions import GRAVITY, standing
from reports.numbers import Ids
from reports.sets import PROGRAMME, FactByRow, row_by_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from accounts.models import User
    from reports.params import Params
    from reports.sets import Sets

WITHOUT_TRIAL = ("abated", "withdrawn", "dismissed", "quashed")
COMPLAINTS = ("police_pending_start", "registered", "police_pending_end")
POLICE = (
    "police_pending_start",
    "registered",
    "reopened",
    "charge_sheeted",
    "police_disposed",
    "police_pending_end",
)
# Figures of cases and complaints that no judgment has ended: nobody's work is known of them.
WITHOUT_JUDGMENT = (
    *("pending_start", "sent_for_trial", "for_trial", "convicted_old", "convicted_new"),
    *("pending_end", "pendency", *POLICE, "for_investigation"),
    *("charge_sheeting", "police_pendency"),
)


class NcrbConvictionRate(ByPlace):
    """CR1: of the cases whose trial was completed, those with a conviction; and all around it."""

    slug = "ncrb-conviction-rate"
    version = 2
    title = _("Cases before courts and police (NCRB)")
    unit = _("cases")
    people = "prosecutions.Prosecution"
    made_of = ("clearance", "time-to-verdict")  # the same proceedings
    others = dict.fromkeys(COMPLAINTS, "prosecutions.Complaint")
    takes = ("attribution",)
    chart = "forest"
    definition = _(
        "As printed by the NCRB, with its column numbers. One proceeding is one case. It is "
        "decided when the last of its charges is, and has the gravest outcome of them: convicted "
        "at trial, convicted on plea, acquitted, discharged, ended without trial (dismissed, "
        "withdrawn, abated, quashed), transferred, archived, stayed or provisionally dismissed. If "
        "it is opened again, it counts as sent for trial again. First instance, by place of the "
        "court. Conviction rate: convicted (15) of trials completed (18); pleas (9) are in "
        "neither. Pendency: pending at the end (20) of cases for trial (5). Stayed (12): cases "
        "stayed, archived, provisionally dismissed or transferred. Dismissed cases are shown "
        "separately and count in 11. Compounding (8) is not recorded. Police figures are by place "
        "of the complaint. Charge-sheeting: charge sheets of all disposals; each disposal counts. "
        "A complaint that was brought before a court is charge-sheeted on the day of the first "
        "filing. Pendency of the police: pending at the end of pending, registered and reopened. "
        "If you ask for one attribution, only cases ended by judgments are counted. Interval: "
        "Wilson, 95 %."
    )
    columns = (
        *rate_columns(_("15 Convicted"), _("18 Trials completed"), _("Conviction rate")),
        Column("pending_start", _("3 Pending at the start")),
        Column("sent_for_trial", _("4 Sent for trial")),
        Column("for_trial", _("5 For trial")),
        Column("abated", _("6 Abated")),
        Column("withdrawn", _("7 Withdrawn")),
        Column("plea", _("9 Convicted on plea")),
        Column("quashed", _("10 Quashed")),
        Column("dismissed", _("Dismissed")),
        Column("without_trial", _("11 Disposed of without trial")),
        Column("stayed", _("12 Stayed, archived or transferred")),
        Column("convicted_old", _("13 Convicted, pending before")),
        Column("convicted_new", _("14 Convicted, sent in the period")),
        Column("discharged", _("16 Discharged")),
        Column("acquitted", _("17 Acquitted")),
        Column("disposed", _("19 Disposed of by courts")),
        Column("pending_end", _("20 Pending at the end")),
        Column("pendency", _("Pendency of courts"), kind=SHARE, of="for_trial"),
        Column("police_pending_start", _("Police: pending at the start")),
        Column("registered", _("Police: registered")),
        Column("reopened", _("Police: reopened")),
        Column("charge_sheeted", _("Police: charge-sheeted")),
        Column("police_disposed", _("Police: disposed of")),
        Column("charge_sheeting", _("Charge-sheeting rate"), kind=SHARE, of="police_disposed"),
        Column("for_investigation", _("Police: for investigation")),
        Column("police_pending_end", _("Police: pending at the end")),
        Column("police_pendency", _("Pendency of police"), kind=SHARE, of="for_investigation"),
    )

    def sets(self, reader: User, params: Params) -> Sets:
        sets = standing(reader, params)
        if params.attribution:  # of judgments alone: what is pending has none, nor have the police
            return {name: sets[name] for name in GRAVITY}
        return sets | investigations(reader, params)

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        counts = Counter({name: len(ids) for name, ids in at.items()})
        old = len(at["convicted_trial"] & at.get("pending_start", Ids()))
        figures = courts(counts, old) | police(counts)
        return figures if "incoming" in at else figures | dict.fromkeys(WITHOUT_JUDGMENT)

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        completed = at["convicted_trial"] | at["acquitted"] | at["discharged"]
        others = {"plea": at["convicted_plea"], "sent_for_trial": at.get("incoming", Ids())}
        for name in ("discharged", "acquitted", *WITHOUT_TRIAL, "pending_end", *COMPLAINTS):
            others[name] = at.get(name, Ids())
        return {"k": at["convicted_trial"], "n": completed} | others


def share(k: int, n: int) -> float | None:
    return k / n if n else None


def courts(counts: Mapping[str, int], old: int) -> dict[str, object]:
    """The court table; `old` of the convicted were pending at the start."""
    convicted = counts["convicted_trial"]
    for_trial = counts["pending_start"] + counts["incoming"]
    without_trial = counts["convicted_plea"] + sum(counts[name] for name in WITHOUT_TRIAL)
    completed = convicted + counts["discharged"] + counts["acquitted"]
    stayed = sum(counts[name] for name in Disposition.LEFT)
    disposed = without_trial + completed
    pending = for_trial - stayed - disposed
    return rate(convicted, completed) | {
        "pending_start": counts["pending_start"],
        "sent_for_trial": counts["incoming"],
        "for_trial": for_trial,
        **{name: counts[name] for name in (*WITHOUT_TRIAL, "discharged", "acquitted")},
        "plea": counts["convicted_plea"],
        "without_trial": without_trial,
        "stayed": stayed,
        "convicted_old": old,
        "convicted_new": convicted - old,
        "disposed": disposed,
        "pending_end": pending,
        "pendency": share(pending, for_trial),
    }


def police(counts: Mapping[str, int]) -> dict[str, object]:
    """The police table: what there was to investigate, and how much of it was charge-sheeted."""
    to_do = counts["police_pending_start"] + counts["registered"] + counts["reopened"]
    return {name: counts[name] for name in POLICE} | {
        "for_investigation": to_do,
        "charge_sheeting": share(counts["charge_sheeted"], counts["police_disposed"]),
        "police_pendency": share(counts["police_pending_end"], to_do),
    }


def investigations(reader: User, params: Params) -> Sets:
    """Complaints pending at either end of the period; registrations, disposals, reopenings in it.

    A complaint is pending until the police dispose of it, and again when it is reopened. What
    was brought before a court is charge-sheeted, whether the police reported it or not.
    """
    sets: Sets = {name: defaultdict(Ids) for name in POLICE}
    number = count(1)  # reports have none of their own: what is counted of them is how many
    complaints = Complaint.objects.countable_by(reader).filter(filed_on__lte=params.until)
    reported, courts = _reported(reader, params), _before_court(reader, params)
    columns = ("jurisdiction", PROGRAMME, "filed_on")
    for complaint, place, programme, filed_on in row_by_row(
        complaints, "pk", *columns, in_order=True
    ):
        where = place, programme
        before = after = True  # pending there
        for kind, day in _with_sheet(reported.every(complaint), courts.of(complaint), filed_on):
            after = kind == PoliceReportKind.REOPENED
            if params.start and day < params.start:
                before = after
                continue
            pk = next(number)
            for name in _counted_as(kind):
                sets[name][where].add(pk)
        known = params.start is not None and filed_on < params.start
        names = {"police_pending_start": known and before, "registered": not known}
        for name, holds in (names | {"police_pending_end": after}).items():
            if holds:
                sets[name][where].add(complaint)
    return sets


class Report(NamedTuple):
    """What the police did with a complaint on a day."""

    kind: str
    day: date


def _reported(reader: User, params: Params) -> FactByRow:
    """What the police reported on each complaint: day, moment of the entry, kind."""
    rows = PoliceReport.objects.countable_by(reader).filter(reported_on__lte=params.until)
    columns = ("reported_on", "created_at", "kind")
    return FactByRow(row_by_row(rows, "complaint", *columns, in_order=True))


def _before_court(reader: User, params: Params) -> FactByRow:
    """The day of the first proceeding that rests on each complaint."""
    rows = Prosecution.objects.countable_by(reader).filter(
        filed_on__lte=params.until, complaint__isnull=False
    )
    first = rows.order_by().values("complaint").annotate(first=Min("filed_on"))
    return FactByRow(row_by_row(first, "complaint", "first", in_order=True))


def _with_sheet(
    rows: list[tuple[Any, ...]], in_court_on: date | None, complained_on: date
) -> list[Report]:
    """The reports, the first of them first, with the charge sheet of the court where it was not
    charge-sheeted by then.

    Reported next on a later day, it is the same one.
    """
    reports = [Report(kind, day) for day, _entered, kind in sorted(rows)]
    if in_court_on is None:
        return reports
    sheet = Report(PoliceReportKind.CHARGE_SHEET, max(in_court_on, complained_on))
    by_then = [report for report in reports if report.day <= sheet.day]
    later = reports[len(by_then) :]
    if by_then and by_then[-1].kind == sheet.kind:
        return reports
    if later and later[0].kind == sheet.kind:
        del later[0]
    return [*by_then, sheet, *later]


def _counted_as(kind: str) -> Iterator[str]:
    if kind == PoliceReportKind.REOPENED:
        yield "reopened"
    else:
        yield "police_disposed"
    if kind == PoliceReportKind.CHARGE_SHEET:
        yield "charge_sheeted"
