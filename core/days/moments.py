"""Days and moments that can be true: not before the records of this field begin, not ahead."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils import timezone

from core.days import clock
from core.refusals import Worded
from core.refusals import gettext as _

EARLIEST = date(1990, 1, 1)
FARTHEST = timedelta(days=3 * 366)
CLOCKS_DIFFER = timedelta(minutes=15)
OLDEST_YEARS = 120


class CannotBe(Worded, ValueError):
    """The words say why."""


def check_day(day: date, *, ahead: bool = False, today: date | None = None) -> date:
    """Refuse days outside. `today`: where it happened; else in the office of whoever says so.

    `ahead`: the day may lie ahead, as that of a hearing, but not farther than anyone plans.
    """
    today = today or clock.latest()
    if day < EARLIEST:
        raise CannotBe(_("This is before 1990."))
    if ahead and day > today + FARTHEST:
        raise CannotBe(_("This is more than three years ahead."))
    if not ahead and day > today:
        raise CannotBe(_("This is in the future."))
    return day


def check_birth_date(day: date) -> date:
    """Refuse days on which nobody alive was born."""
    today = clock.latest()
    if day < date(today.year - OLDEST_YEARS, 1, 1):
        raise CannotBe(_("Nobody alive is that old."))
    if day > today:
        raise CannotBe(_("This is in the future."))
    return day


def check_moment(moment: datetime) -> datetime:
    """Refuse moments outside, with some patience for clocks that differ."""
    if moment < datetime.combine(EARLIEST, time.min, UTC):
        raise CannotBe(_("This is before 1990."))
    if moment > timezone.now() + CLOCKS_DIFFER:
        raise CannotBe(_("This is in the future."))
    return moment


def there(moment: datetime, zone: tzinfo) -> datetime:
    """What the clocks of a place showed. Of an hour that came twice, the first."""
    known = moment.replace(tzinfo=zone)
    if known.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
        raise CannotBe(_("This time did not exist: the clocks went forward."))
    return known
