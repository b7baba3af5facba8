"""The periods that somebody sees who may not see rows: closed months, quarters and years.

Free windows can be subtracted from each other, day by day. A month, quarter or year that is over
stands still, and the few that hold each other are judged together (`publishing/suppression.py`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reports.params import APRIL, BadParams
from reports.tables import period_words

if TYPE_CHECKING:
    from reports.params import Params


def is_closed(params: Params, today: date) -> bool:
    """Whether the period is a whole month, quarter or year that is over, as of today."""
    first, last = params.start, params.end
    if first is None or last is None or last >= today or params.as_of != today:
        return False
    return any((first, last) == (begin, _last(begin, months)) for begin, months in _around(last))


def require_closed(params: Params, today: date) -> None:
    """Raises `BadParams`, naming the period to take instead."""
    if is_closed(params, today):
        return
    begin, months = _newest(min(params.end or today, today))
    instead = period_words(begin, _last(begin, months))
    field = "as_of" if params.as_of != today else "to" if params.end else "from"
    words = _(
        "You see counts of survivors for months, quarters and years that are over, as they stand "
        "today. Ask for %(period)s."
    )
    raise BadParams({field: [words % {"period": instead}]})


def _around(day: date) -> list[tuple[date, int]]:
    """The first days of the month, quarter and years that a day may close."""
    month = day.replace(day=1)
    quarter = date(day.year, day.month - (day.month - 1) % 3, 1)
    april = date(day.year - (day.month < APRIL), APRIL, 1)
    return [(month, 1), (quarter, 3), (date(day.year, 1, 1), 12), (april, 12)]


def _newest(until: date) -> tuple[date, int]:
    """The last month that is over on a day, the day itself included."""
    month = until.replace(day=1)
    if _last(month, 1) > until:
        month = (month - timedelta(days=1)).replace(day=1)
    return month, 1


def _last(begin: date, months: int) -> date:
    after = begin.month - 1 + months
    return date(begin.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
