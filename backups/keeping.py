"""Which backups are kept: the last of each of so many days, weeks and months (BACKUP_KEEP).

What was erased stays readable in backups as long as they are kept, so none is kept for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from backups.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from backups.stores import Store, StoredBackup

PERIODS: tuple[Callable[[datetime], object], ...] = (
    lambda at: at.date(),
    lambda at: at.isocalendar()[:2],
    lambda at: (at.year, at.month),
)


def numbers(text: str | None = None) -> tuple[int, ...]:
    """How many days, weeks and months."""
    try:
        days, weeks, months = map(int, (text or settings.BACKUP_KEEP).split(","))
        if min(days, weeks, months) < 0 or days < 1:
            raise ValueError
    except ValueError:
        raise Fault(
            "BACKUP_KEEP is three numbers: of days, weeks and months, such as 7,5,12."
            " One day at least."
        ) from None
    return days, weeks, months


def kept_of(there: Iterable[StoredBackup], keep: tuple[int, ...]) -> set[str]:
    """The names of those that stay: the last of each period, of the last so many that have one."""
    newest_first = sorted(there, key=lambda backup: backup.made_at, reverse=True)
    stay: set[str] = set()
    for many, period in zip(keep, PERIODS, strict=True):
        last: dict[object, str] = {}
        for backup in newest_first:
            last.setdefault(period(backup.made_at), backup.name)
        stay |= set(list(last.values())[:many])
    return stay


def prune(store: Store) -> list[str]:
    """Take away the others; the names of those that are gone. What is locked stays until then."""
    there = store.kept()
    stay = kept_of(there, numbers())
    return [
        backup.name for backup in there if backup.name not in stay and store.take_away(backup.name)
    ]
