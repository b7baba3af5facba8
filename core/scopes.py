"""What one person may reach, as arrays of ids: resolved once per request (`accounts/scope.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from core.access import CONTENT, SEALED
from core.arrays import NOTHING, Array

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID


@dataclass(frozen=True)
class Scope:
    """What one person may reach, resolved once per request to arrays of ids, by level: whole
    offices, and the cases that none of these opens."""

    offices: Mapping[int, list[UUID]]
    cases: Mapping[int, list[UUID]]
    shown: Mapping[str, list[UUID]]
    conflicts: list[UUID]

    def rows(
        self, level: int, *, case: str, office: str, sealed: str = "level", view: str = ""
    ) -> Q:
        """The condition under which a row of a table at `level` is in scope.

        `view` is the permission to read the table: what is shown to a person of single cases is
        said by it. Offices first, as in the policies: they are few, and where a plan is kept each
        of a hundred cases would be compared with every row.
        """
        among = "only_of" if self.has_one_office(level) else "any_of"
        ours = self._written["offices", level]
        in_reach = Q(**{f"{sealed}__lt": SEALED, f"{office}__{among}": ours})
        if self.cases[level]:  # without them, an index of an office alone may answer
            in_reach |= Q(**{f"{case}__any_of": self._written["cases", level]})
        if view in self.shown:
            in_reach |= self.is_shown(view, case=case)
        return self._clear(in_reach, case)

    def has_one_office(self, level: int) -> bool:
        return len(self.offices[level]) == 1

    def is_shown(self, view: str, *, case: str) -> Q:
        """A case of which the tables behind `view` are shown to this person, to read only."""
        condition = Q(**{f"{case}__any_of": self._written.get(("shown", view), NOTHING)})
        return self._clear(condition, case)

    def _clear(self, rows: Q, case: str) -> Q:
        """Without the cases that this person must never see."""
        return rows & ~Q(**{f"{case}__any_of": self._never}) if self.conflicts else rows

    @cached_property
    def _written(self) -> dict[tuple[str, object], Array]:
        """Every array as it goes to the database."""
        kinds: dict[str, Mapping[Any, list[UUID]]] = {
            "cases": self.cases,
            "offices": self.offices,
            "shown": self.shown,
        }
        return {(kind, key): Array(ids) for kind, of in kinds.items() for key, ids in of.items()}

    @cached_property
    def _never(self) -> Array:
        return Array(self.conflicts)

    def reaches(self, case: Any, level: int) -> bool:
        """Whether rows of this case at `level` are in scope: may this person write there?"""
        ours = case.level < SEALED and case.office_id in self.offices[level]
        return (ours or case.pk in self.cases[level]) and case.pk not in self.conflicts

    def reads(self, case: Any, view: str, level: int = CONTENT) -> bool:
        """Whether what needs `view` of this case, at `level`, is open to this person to read."""
        is_shown = case.pk in self.shown.get(view, ()) and case.pk not in self.conflicts
        return is_shown or self.reaches(case, level)


@dataclass(frozen=True)
class CountScope:
    """What a reader's figures are made of: offices, and the sealed cases that name the reader."""

    offices: list[UUID]
    cases: list[UUID]

    def rows(self, *, case: str, office: str, sealed: str = "level") -> Q:
        ours = Q(**{f"{office}__any_of": self.offices, f"{sealed}__lt": SEALED})
        return ours | Q(**{f"{case}__any_of": self.cases}) if self.cases else ours


@dataclass(frozen=True)
class Standing:
    """How one person stands to single cases, whatever the person's offices."""

    # Assigned now, with the office that opens it to its readers; sealed cases, which none opens,
    # where they name the person.
    team: Mapping[UUID, UUID | None]
    shown: Mapping[str, list[UUID]]  # to read only, by permission: disclosed, or in an emergency
    conflicts: list[UUID]  # never to be seen

    @property
    def named(self) -> list[UUID]:
        """The sealed cases of these."""
        return [case for case, office in self.team.items() if office is None]


standings: list[Callable[[Any], Standing]] = []  # the app that keeps cases adds its own
