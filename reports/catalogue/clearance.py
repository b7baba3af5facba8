"""Whether courts keep up with what comes in, in the terms of the CEPEJ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from reports.base import DAYS, NUMBER, SHARE, ByPlace, Column
from reports.dispositions import GRAVITY, standing
from reports.numbers import union

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from reports.base import Result
    from reports.params import Params
    from reports.sets import Ids, Sets


class Clearance(ByPlace):
    """Proceedings pending, come in and resolved, and how long the stock would take."""

    slug = "clearance"
    version = 2
    title = _("Clearance of courts (CEPEJ)")
    unit = _("proceedings")
    people = "prosecutions.Prosecution"
    definition = _(
        "Proceedings at first instance, by place of the court. A proceeding is resolved on the day "
        "its last charge is decided, whatever the outcome. It also counts as resolved when it is "
        "archived, stayed, provisionally dismissed or transferred, because it leaves the stock. It "
        "comes in again when it is taken up again or charged anew. Pending is the number of open "
        "proceedings on that day. Clearance rate: resolved divided by incoming; it can exceed 100 "
        "%. Disposition time: pending at the end, divided by resolved, times 365 days for a "
        "calendar year, or times the days of any other period. It is a forecast from stocks, not a "
        "mean duration, and needs a first day of the period. Turnover: resolved divided by pending "
        "at the end. Data check: pending at the start plus incoming, less resolved and pending at "
        "the end; it is 0 where records agree."
    )
    columns = (
        Column("pending_start", _("Pending at the start")),
        Column("incoming", _("Incoming")),
        Column("resolved", _("Resolved")),
        Column("pending_end", _("Pending at the end")),
        Column("clearance_rate", _("Clearance rate"), kind=SHARE, of="incoming"),
        Column("disposition_time", _("Disposition time"), kind=DAYS, of="resolved"),
        Column("turnover", _("Turnover"), kind=NUMBER, of="pending_end"),
        Column("difference", _("Data check")),
    )

    def sets(self, reader: User, params: Params) -> Sets:
        return standing(reader, params)

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        start, incoming, end = at["pending_start"], at["incoming"], at["pending_end"]
        counts = (len(start), len(incoming), len(_resolved(at)), len(end))
        return cepej(*counts)

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        return {name: at[name] for name in ("pending_start", "incoming", "pending_end")} | {
            "resolved": _resolved(at)
        }

    def compute(self, reader: object, params: Params) -> Result:
        """The days are those of the period, which a cell does not know."""
        result, days = super().compute(reader, params), days_of(params)
        for row in result.rows:
            row["disposition_time"] = disposition_time(row["pending_end"], row["resolved"], days)
        return result


def _resolved(at: Mapping[str, Ids]) -> Ids:
    return union(at[ending] for ending in GRAVITY)


def cepej(pending_start: int, incoming: int, resolved: int, pending_end: int) -> dict[str, object]:
    """The elementary data, the check that they agree, and what follows without the days."""
    return {
        "pending_start": pending_start,
        "incoming": incoming,
        "resolved": resolved,
        "pending_end": pending_end,
        "clearance_rate": resolved / incoming if incoming else None,
        "disposition_time": None,
        "turnover": resolved / pending_end if pending_end else None,
        "difference": pending_start + incoming - resolved - pending_end,
    }


def disposition_time(pending_end: int, resolved: int, days: int | None) -> float | None:
    return pending_end / resolved * days if resolved and days else None


def days_of(params: Params) -> int | None:
    """365 for a calendar year, leap or not; else the days of the period; none without a start."""
    start, until = params.start, params.until
    if start is None or until < start:
        return None
    if (start.month, start.day) == (1, 1) and until == start.replace(month=12, day=31):
        return 365
    return (until - start).days + 1
