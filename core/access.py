"""Row-level access, stated once per model and asked by every interface.

To see a row: hold the model's view permission, and the row is in your scope.
To act on a row: be able to see it, and hold the permission for the act.

Levels: 1 a case exists, 2 content by code, 3 identity, 4 sealed. A table has one level; a row of
a sealed case carries level 4. This is the first wall; the second is row-level security in the
database (`core/wall/`), which never reads anything from here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.arrays import Array
from core.labels import Labelled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.db.models import Model, QuerySet

EXISTS, CONTENT, IDENTITY, SEALED = 1, 2, 3, 4


class Counting(Protocol):
    """What a reader's figures are made of (`core/scopes.py`)."""

    def rows(self, *, case: str, office: str, sealed: str = "level") -> Q: ...


class Reach(Protocol):
    """What a person may reach (`core/scopes.py`)."""

    @property
    def offices(self) -> Mapping[int, list[UUID]]: ...

    def rows(
        self, level: int, *, case: str, office: str, sealed: str = "level", view: str = ""
    ) -> Q: ...

    def is_shown(self, view: str, *, case: str) -> Q: ...

    def reads(self, case: object, view: str, level: int = CONTENT) -> bool: ...


class Actor(Protocol):
    """Who acts or reads, a person or a program (`accounts.models.User`)."""

    @property
    def pk(self) -> UUID: ...

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def scope(self) -> Reach: ...

    @property
    def counting(self) -> Counting: ...

    def has_perm(self, perm: str) -> bool: ...


class Access:
    """Who may see the rows of one model."""

    view: str | None = None

    def scope(self, rows: object, user: Actor) -> ScopedQuerySet:
        raise NotImplementedError

    def opens(self, case: object, user: Actor) -> bool:
        """Whether this person sees all rows of a case; where not, each row is asked."""
        return False

    def count(self, rows: ScopedQuerySet, counting: Counting) -> ScopedQuerySet:
        """The rows a reader may count without a right to see any of them: none, unless said."""
        return rows.none()


class CaseRows(Access):
    """Rows of a case: your office's at your level, or of a case you are on."""

    view: str

    def __init__(self, level: int, view: str, *, case: str = "case") -> None:
        self.level, self.view, self.case = level, view, case

    def scope(self, rows: Any, user: Actor) -> ScopedQuerySet:
        return rows.filter(self.reach(user))

    def reach(self, user: Actor) -> Q:
        return user.scope.rows(self.level, case=self.case, office="office", view=self.view)

    def opens(self, case: Any, user: Actor) -> bool:
        return user.has_perm(self.view) and bool(user.scope.reads(case, self.view, self.level))

    def count(self, rows: ScopedQuerySet, counting: Counting) -> ScopedQuerySet:
        return rows.filter(counting.rows(case=self.case, office="office"))


class CaseRowsAndOwn(CaseRows):
    """Rows of a case, and to the person a row is about, that row."""

    def __init__(self, level: int, view: str, *, owner: str, shown: str = "") -> None:
        super().__init__(level, view)
        self.owner, self.shown = owner, shown

    def reach(self, user: Actor) -> Q:
        """`shown`: a person's own row only while by it the case is open to the person."""
        own = Q(**{self.owner: user.pk})
        if self.shown:
            own &= user.scope.is_shown(self.shown, case="case")
        return super().reach(user) | own


class PersonRows(Access):
    """A person, reached through the rows that place the person in a case."""

    view: str

    def __init__(self, level: int, view: str, *, through: str, key: str, own: str = "pk") -> None:
        self.level, self.view = level, view
        self.through, self.key, self.own = through, key, own

    def scope(self, rows: Any, user: Any) -> Any:
        reach = user.scope.rows(self.level, case="case", office="office", view=self.view)
        return self._linked(rows, reach)

    def count(self, rows: object, counting: Counting) -> Any:
        return self._linked(rows, counting.rows(case="case", office="office"))

    def _linked(self, rows: Any, condition: Q) -> QuerySet[Model]:
        links = apps.get_model(self.through)._default_manager.filter(condition)
        return rows.filter(Exists(links.filter(**{self.key: OuterRef(self.own)})))


@cache
def persons_of(model: type[models.Model]) -> list[str]:
    """The columns by which a row of this table leads to a person."""
    return [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(getattr(field.related_model, "access", None), PersonRows)
    ]


class PairRows(PersonRows):
    """Two persons that may be one: seen by whoever sees both."""

    def __init__(self, level: int, view: str, *, through: str, key: str, pair: tuple[str, str]):
        super().__init__(level, view, through=through, key=key, own=pair[0])
        self.second = pair[1]

    def _linked(self, rows: object, condition: Q) -> Any:
        links = apps.get_model(self.through)._default_manager.filter(
            condition, **{self.key: OuterRef(self.second)}
        )
        return super()._linked(rows, condition).filter(Exists(links))


class GroupRows(PersonRows):
    """A group of persons, seen by whoever sees one of them. Nobody can be tied to it."""


class OwnOrOffice(Access):
    """Rows of one person; some are shown to an office, to whoever knows of its cases."""

    def __init__(self, owner: str, office: str) -> None:
        self.owner, self.office = owner, office

    def scope(self, rows: object, user: Actor) -> ScopedQuerySet:
        ours = Array(user.scope.offices[EXISTS])
        return cast("ScopedQuerySet", rows).filter(
            Q(**{self.owner: user.pk}) | Q(**{f"{self.office}__any_of": ours})
        )


class Reference(Access):
    """Public reference data: open to everyone who is signed in."""

    def scope(self, rows: object, user: Actor) -> Any:
        return rows


class Own(Access):
    """Rows that belong to one person and are shown to nobody else."""

    def __init__(self, owner: str) -> None:
        self.owner = owner

    def scope(self, rows: Any, user: Actor) -> ScopedQuerySet:
        return rows.filter(**{self.owner: user.pk})


class Held(Access):
    """Rows open to whoever holds the permission, wherever they are."""

    def __init__(self, view: str) -> None:
        self.view = view

    def scope(self, rows: object, user: Actor) -> Any:
        return rows


class Numbers(Held):
    """Rows of numbers that lead to nobody: who may see them sees all, and every figure has them."""

    def count(self, rows: object, counting: Counting) -> Any:
        return rows


class Nobody(Access):
    """Rows the system keeps for itself."""

    def scope(self, rows: Any, user: Actor) -> ScopedQuerySet:
        return rows.none()


class ScopedQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Narrow to the rows this person may see."""
        access = cast("type[Scoped]", self.model).access
        if not user.is_authenticated or (access.view and not user.has_perm(access.view)):
            return self.none()
        return cast("Self", access.scope(self, user))

    def visible_in(self, case: Any, user: Actor) -> Self:
        """Narrow to the rows of one case this person may see.

        An open case is asked once, here, and not again in every row; the database still does.
        """
        of_it = {"pk" if isinstance(case, self.model) else "case": case.pk}
        is_open = cast("type[Scoped]", self.model).access.opens(case, user)
        return (self if is_open else self.visible_to(user)).filter(**of_it)

    def countable_by(self, reader: Actor) -> Self:
        """Narrow to the rows this reader's figures are made of."""
        access = cast("type[Scoped]", self.model).access
        return cast("Self", access.count(self, reader.counting))


class Scoped(Labelled):
    """Base of every table: it must say who may see its rows."""

    access: Access
    append_only = False  # the database refuses UPDATE and DELETE to every role but the owner
    deletable = False  # the application role may DELETE rows
    changeable: tuple[str, ...] | None = None  # what it may change; None: every column
    made_by_owner = False  # rows come from functions of the owner alone
    names: tuple[str, ...] = ()  # clear-text columns the report role may not read
    ciphertexts: tuple[str, ...] = ()  # columns encrypted without the help of a field
    named_by = "id"  # the column by which a program names a row
    named_with: tuple[str, ...] = ()  # what verbs read beside a row that a program names

    class Meta:
        abstract = True
