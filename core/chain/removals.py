"""Events that two persons took away: an act of the history itself, linked like any other.

The rows go later, once the act is linked (`retention/old.sql`); that they went by it and not
beside it is told by their numbers and by how many they are.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core import audit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model

ACTION = "history.removed"


class OnePerson(ValueError):
    """Whoever asks does not confirm as well."""


def record(
    ranges: Iterable[tuple[int, int]],
    *,
    events: int,
    basis: str,
    about: Model,
    asked_by: UUID,
    confirmed_by: Any,
) -> None:
    """Say, before they go, which events go: from and to which number, how many, by which rule."""
    if asked_by == confirmed_by.pk:
        raise OnePerson("Events of the history are taken away by two persons.")
    detail = {"asked_by": str(asked_by), "basis": basis, "events": events}
    runs = [[*span] for span in ranges]
    audit.record(ACTION, about, actor=confirmed_by, **detail, ranges=runs)


@dataclass
class Act:
    """One such act, as verification reads it; `gone` counts what is missing of what it names."""

    event: int
    at: datetime
    asked_by: str
    confirmed_by: str
    basis: str
    events: int
    ranges: list[tuple[int, int]]
    gone: int = 0

    @classmethod
    def read(cls, event: int, at: datetime, actor: Any, detail: dict[str, Any]) -> Act:
        """Raises `ValueError` where it is none: by one person, or not worded like one."""
        try:
            ranges = sorted((int(first), int(last)) for first, last in detail["ranges"])
            facts = (str(detail["basis"]), int(detail["events"]), ranges)
            asked_by = str(detail["asked_by"])
        except (KeyError, TypeError) as error:
            raise ValueError("is not worded like an act") from error
        if not actor or asked_by == str(actor):
            raise ValueError("is not by two persons")
        return cls(event, at, asked_by, str(actor), *facts)

    def names(self, event: int) -> bool:
        at = bisect_right(self.ranges, (event, 2**63))
        return at > 0 and self.ranges[at - 1][1] >= event


@dataclass
class Acts:
    """All of them, in the order in which they were linked."""

    acts: list[Act] = field(default_factory=list)

    def took(self, event: int) -> bool:
        for act in self.acts:
            if act.names(event):
                act.gone += 1
                return True
        return False
