"""What one person may reach, as arrays of ids: resolved once per request (`accounts/scope.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from core.access import CONTENT, EXISTS, IDENTITY, NOTHING, SEALED, Array

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID


def _name(kind: str, key: Any) -> str:
    """What stands for an array of ids in words that are found once."""
    return f"the {kind} of {key}"


@dataclass(frozen=True)
class Scope:
    """What one person may reach, resolved once per request to arrays of ids, by level."""

    offices: Mapping[int, list[UUID]]
    cases: Mapping[int, list[UUID]]
    shown: Mapping[str, list[UUID]]
    conflicts: list[UUID]

    def rows(
        self, level: int, *, case: str, office: str, sealed: str = "level", view: str = ""
    ) -> Q:
        """The condition under which a row of a table at `level` is in scope.

        `view` is the permission to read the table: what is shown to a person of single cases is
        said by it.
        """
        in_reach = Q(**{f"{case}__any_of": self._written["cases", level]})
        ours = self._written["offices", level]
        in_reach |= Q(**{f"{office}__any_of": ours, f"{sealed}__lt": SEALED})
        conflicts, shown = self.shape(view)
        if shown:
            in_reach |= self.is_shown(view, case=case)
        return in_reach & self._clear(case) if conflicts else in_reach

    def shape(self, view: str) -> tuple[bool, bool]:
        """All that decides the words of `rows`, whoever reads: conflicts, and whether cases are
        shown. The rest are values."""
        return bool(self.conflicts), view in self.shown

    @property
    def values(self) -> dict[str, str]:
        """Every array under the name by which `AnyScope` says it."""
        return {_name(*key): array.text for key, array in self._written.items()}

    def is_shown(self, view: str, *, case: str) -> Q:
        """A case of which the tables behind `view` are shown to this person, to read only."""
        shown = Q(**{f"{case}__any_of": self._written.get(("shown", view), NOTHING)})
        return shown & self._clear(case) if self.shape(view)[0] else shown

    def _clear(self, case: str) -> Q:
        return ~Q(**{f"{case}__any_of": self._written["conflicts", 0]})

    @cached_property
    def _written(self) -> dict[tuple[str, Any], Array]:
        """Every array as it goes to the database."""
        kinds: dict[str, Mapping[Any, list[UUID]]] = {
            "cases": self.cases,
            "offices": self.offices,
            "shown": self.shown,
        }
        found = {(kind, key): Array(ids) for kind, of in kinds.items() for key, ids in of.items()}
        return found | {("conflicts", 0): Array(self.conflicts)}

    def reaches(self, case: Any, level: int) -> bool:
        """Whether rows of this case at `level` are in scope: may this person write there?"""
        ours = case.level < SEALED and case.office_id in self.offices[level]
        return (ours or case.pk in self.cases[level]) and case.pk not in self.conflicts

    def reads(self, case: Any, view: str, level: int = CONTENT) -> bool:
        """Whether what needs `view` of this case, at `level`, is open to this person to read."""
        shown = case.pk in self.shown.get(view, ()) and case.pk not in self.conflicts
        return shown or self.reaches(case, level)


class AnyScope(Scope):
    """Stands for whoever reads one table with a scope of one shape: its arrays are names, for which
    those of a reader are put in. Anything else is not known of it, and cannot be asked."""

    _shape: tuple[bool, bool]
    _view: str

    def __init__(self, shape: tuple[bool, bool], view: str) -> None:
        levels = (EXISTS, CONTENT, IDENTITY)
        keys: list[tuple[str, Any]] = [
            (kind, level) for kind in ("cases", "offices") for level in levels
        ]
        keys += [("shown", view), ("conflicts", 0)]
        written = {key: Array.named(_name(*key)) for key in keys}
        said = vars(self)  # it is frozen, and stays so
        said["_shape"], said["_view"], said["_written"] = shape, view, written

    def shape(self, view: str) -> tuple[bool, bool]:
        if view != self._view:
            raise LookupError(view)
        return self._shape


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

    team: list[UUID]  # assigned now; of sealed cases, those that name the person
    named: list[UUID]  # the sealed ones of these
    shown: Mapping[str, list[UUID]]  # to read only, by permission: disclosed, or in an emergency
    conflicts: list[UUID]  # never to be seen


standings: list[Callable[[Any], Standing]] = []  # the app that keeps cases adds its own
