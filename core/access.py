"""Row-level access, stated once per model and asked by every interface.

To see a row: hold the model's view permission, and the row is in your scope.
To act on a row: be able to see it, and hold the permission for the act.

Levels: 1 a case exists, 2 content by code, 3 identity, 4 sealed. A table has one level; a row of
a sealed case carries level 4. This is the first wall; the second is row-level security in the
database (`core/rls.py`), which never reads anything from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, cast

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import Lookup

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

EXISTS, CONTENT, IDENTITY, SEALED = 1, 2, 3, 4


@dataclass(frozen=True)
class Scope:
    """What one person may reach, resolved once per request to arrays of ids, by level."""

    offices: Mapping[int, list[UUID]]
    cases: Mapping[int, list[UUID]]
    conflicts: list[UUID]

    def rows(self, level: int, *, case: str, office: str, sealed: str = "level") -> Q:
        """The condition under which a row of a table at `level` is in scope."""
        mine = Q(**{f"{case}__any_of": self.cases[level]})
        our_office = Q(**{f"{office}__any_of": self.offices[level], f"{sealed}__lt": SEALED})
        in_reach = mine | our_office
        return in_reach & ~Q(**{f"{case}__any_of": self.conflicts}) if self.conflicts else in_reach

    def reaches(self, case: Any, level: int) -> bool:
        """Whether rows of this case at `level` are in scope: may this person write there?"""
        ours = case.level < SEALED and case.office_id in self.offices[level]
        return (case.pk in self.cases[level] or ours) and case.pk not in self.conflicts


@dataclass(frozen=True)
class CountScope:
    """What a reader's figures are made of: offices, and the sealed cases that name the reader."""

    offices: list[UUID]
    cases: list[UUID]

    def rows(self, *, case: str, office: str, sealed: str = "level") -> Q:
        ours = Q(**{f"{office}__any_of": self.offices, f"{sealed}__lt": SEALED})
        return ours | Q(**{f"{case}__any_of": self.cases}) if self.cases else ours


case_grants: list[Any] = []  # apps add: user -> ids of cases this person is on
named_case_sources: list[Any] = []  # apps add: user -> ids of sealed cases naming this person
conflict_sources: list[Any] = []  # apps add: user -> ids of cases this person must not see


@models.ForeignKey.register_lookup
@models.Field.register_lookup
class AnyOf(Lookup):
    """`= ANY(array)`: one parameter however many ids, so plans and statements stay the same."""

    lookup_name = "any_of"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [[str(item) for item in value]]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_params = self.process_lhs(compiler, connection)
        _, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY(%s::uuid[])", [*left_params, *right_params]


class Access:
    """Who may see the rows of one model."""

    view: str | None = None

    def scope(self, rows: Any, user: Any) -> Any:
        raise NotImplementedError

    def count(self, rows: Any, counting: CountScope) -> Any:
        """The rows a reader may count without a right to see any of them: none, unless said."""
        return rows.none()


class CaseRows(Access):
    """Rows of a case: your office's at your level, or of a case you are on."""

    def __init__(self, level: int, view: str, *, case: str = "case") -> None:
        self.level, self.view, self.case = level, view, case

    def scope(self, rows: Any, user: Any) -> Any:
        return rows.filter(user.scope.rows(self.level, case=self.case, office="office"))

    def count(self, rows: Any, counting: CountScope) -> Any:
        return rows.filter(counting.rows(case=self.case, office="office"))


class PersonRows(Access):
    """A person, reached through the rows that place the person in a case."""

    def __init__(self, level: int, view: str, *, through: str, key: str, own: str = "pk") -> None:
        self.level, self.view = level, view
        self.through, self.key, self.own = through, key, own

    def scope(self, rows: Any, user: Any) -> Any:
        return self._linked(rows, user.scope.rows(self.level, case="case", office="office"))

    def count(self, rows: Any, counting: CountScope) -> Any:
        return self._linked(rows, counting.rows(case="case", office="office"))

    def _linked(self, rows: Any, condition: Q) -> Any:
        links = apps.get_model(self.through)._default_manager.filter(
            condition, **{self.key: OuterRef(self.own)}
        )
        return rows.filter(Exists(links))


class Reference(Access):
    """Public reference data: open to everyone who is signed in."""

    def scope(self, rows: Any, user: Any) -> Any:
        return rows


class Own(Access):
    """Rows that belong to one person and are shown to nobody else."""

    def __init__(self, owner: str) -> None:
        self.owner = owner

    def scope(self, rows: Any, user: Any) -> Any:
        return rows.filter(**{self.owner: user.pk})


class Held(Access):
    """Rows open to whoever holds the permission, wherever they are."""

    def __init__(self, view: str) -> None:
        self.view = view

    def scope(self, rows: Any, user: Any) -> Any:
        return rows


class Nobody(Access):
    """Rows the system keeps for itself."""

    def scope(self, rows: Any, user: Any) -> Any:
        return rows.none()


class ScopedQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Narrow to the rows this person may see."""
        access = cast("type[Scoped]", self.model).access
        if not user.is_authenticated or (access.view and not user.has_perm(access.view)):
            return self.none()
        return cast("Self", access.scope(self, user))

    def countable_by(self, reader: Any) -> Self:
        """Narrow to the rows this reader's figures are made of."""
        access = cast("type[Scoped]", self.model).access
        return cast("Self", access.count(self, reader.counting))


class Scoped(models.Model):
    """Base of every table: it must say who may see its rows."""

    access: Access
    append_only = False  # the database refuses UPDATE and DELETE to every role but the owner
    deletable = False  # the application role may DELETE rows
    names: tuple[str, ...] = ()  # clear-text columns the report role may not read

    class Meta:
        abstract = True
