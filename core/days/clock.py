"""What day and hour it is for whoever a request, a job or a letter is for: that of their office.

`by` puts a clock up for a block, `today` reads it. Nothing else asks Django for the day
(`tests/meta/test_clock.py`). The day at a place is `Jurisdiction.today`, that of an office
`Office.today`.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import timezone as fixed
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.access import Actor

FIRST, LAST = (fixed(timedelta(hours=hours)) for hours in (14, -12))
# Whether hours by the clock of another place stand on the same page; None: nothing is shown.
_beside: ContextVar[bool | None] = ContextVar("beside", default=None)


@contextmanager
def by(zone: tzinfo) -> Iterator[None]:
    """Within the block it is the day and hour of this zone; after it what it was before."""
    token = _beside.set(False)
    try:
        with timezone.override(zone):
            yield
    finally:
        _beside.reset(token)


def go_by_office_of(row: object, user: Actor) -> None:
    """From here on the request is about this row: of several own offices its day is that of the
    one the row belongs to. Programs stay with UTC."""
    zones = getattr(user, "zones", {})
    zone = zones.get(getattr(row, "office_id", None))
    if zone and timezone.get_current_timezone() in zones.values():
        timezone.activate(zone)


def today() -> date:
    """The day it is in the office of whoever this is for; without an office, in UTC."""
    return timezone.localdate()


def latest() -> date:
    """The last day that may be today for whoever this is for. The global office and programs are
    everywhere, and east of UTC the next day has begun already."""
    return last_on_earth() if timezone.get_current_timezone_name() == "UTC" else today()


def last_on_earth() -> date:
    """The day it is where days begin first."""
    return timezone.now().astimezone(FIRST).date()


def first_on_earth() -> date:
    """The day it is where days end last: today, or past, everywhere."""
    return timezone.now().astimezone(LAST).date()


def local(moment: datetime) -> datetime:
    """A moment by the clock of the office of whoever this is for."""
    return timezone.localtime(moment)


def day_of(moment: Any) -> TruncDate:
    """The day of a moment, in the words of the database: by the clock it has when it is asked."""
    return TruncDate(moment)


def zone_named(name: str | None) -> tzinfo:
    """The zone of this name; UTC, where an office lies nowhere."""
    return ZoneInfo(name) if name else UTC


def there(moment: datetime, zone: tzinfo) -> datetime:
    """A moment as the clocks of a place show it; naive, so that nothing converts it. Beside it a
    stamp by another clock names its zone."""
    stamp = moment.astimezone(zone)
    if _beside.get() is not None and stamp.utcoffset() != local(moment).utcoffset():
        _beside.set(True)
    return stamp.replace(tzinfo=None)


def in_words(moment: datetime | None, form: str = "j M Y, H:i") -> str:
    """“28 Nov 2026, 20:04”, by the clock of the office; with the zone where it is not plain which.

    That is by UTC, which is nobody's clock, and beside the hours of a place with another one. A
    naive one is by the clock of its place already.
    """
    if moment is None or timezone.is_naive(moment):
        return date_format(moment, form) if moment else ""
    here = local(moment)
    text = date_format(here, form)
    return f"{text} {_name(here)}" if _could_be_another(here) else text


def _could_be_another(here: datetime) -> bool:
    if not here.utcoffset() and timezone.get_current_timezone_name() == "UTC":
        return True
    return bool(_beside.get())


def _name(here: datetime) -> str:
    """“UTC”, “UTC+5:30”: what people call a zone differs from country to country."""
    off = here.utcoffset()
    minutes = int(off.total_seconds() // 60) if off else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def of(user: object) -> tzinfo:
    """The zone of a person's office; of nobody, UTC."""
    zone: tzinfo = getattr(user, "zone", UTC)
    return zone
