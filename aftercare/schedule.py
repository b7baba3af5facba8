"""By which day the next assessment, review or call is due. Pure arithmetic of days.

The next day of each kind stands on the plan, because months that clamp are to be worked out in one
language only; reports of a past day work from the facts. A late assessment meets only the latest
due day that has come, so an extra one puts nothing off.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from itertools import count, islice, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

FIRST_WITHIN = timedelta(days=30)  # an assessment after opening: standards.md 7.1
REVIEWED_EVERY = 3  # months; child-protection practice
FOLLOWED_UP_AFTER = (3, 6, 12)  # months after closing


def months_after(day: date, months: int) -> date:
    """The same day so many months later; where that month is shorter, its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, _last_day(year, month)))


@lru_cache(maxsize=4096)  # figures ask it for everybody, of the same months
def _last_day(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def due_days(opened: date) -> Iterator[date]:
    """When assessments are due: 30 days after opening, then at 6, 12, 24, 36 … months."""
    yield opened + FIRST_WITHIN
    yield months_after(opened, 6)
    for year in count(1):
        yield months_after(opened, 12 * year)


def next_assessment(opened: date, assessed: Collection[date]) -> date:
    """The day by which the next assessment is due.

    An assessment meets the latest due day that has come: a late one meets no other, and what lay
    before that is past. Where that day was met already, it meets the next to come if it is nearer
    to that one: an extra one soon after another takes nothing from the next.
    """
    met = 0
    for day in sorted({day for day in assessed if day >= opened}):
        come = sum(1 for _due in takewhile(day.__ge__, due_days(opened)))
        if met < come:
            met = come
        elif met == come and _is_early(opened, come, day):
            met += 1
    return next(islice(due_days(opened), met, None))


def _is_early(opened: date, come: int, day: date) -> bool:
    """Whether this day is of the due day ahead and not of the last that has come, if any."""
    if not come:
        return True
    last, ahead = islice(due_days(opened), come - 1, come + 1)
    return ahead - day <= day - last


def next_review(opened: date, reviewed: Collection[date]) -> date:
    return months_after(max([opened, *reviewed]), REVIEWED_EVERY)


def next_follow_up(closed: date, done: Collection[int]) -> tuple[int, date] | None:
    """After how many months, and by which day; nothing once the last was made."""
    left = [n for n in FOLLOWED_UP_AFTER if n > max(done, default=0)]
    return (left[0], months_after(closed, left[0])) if left else None


def follow_up_of(closed: date, done: Collection[int], day: date) -> int | None:
    """Which follow-up a call on this day is: the latest that is due, else the next."""
    left = [n for n in FOLLOWED_UP_AFTER if n > max(done, default=0)]
    due = [n for n in left if months_after(closed, n) <= day]
    return max(due, default=min(left, default=None))
