"""Reading the trail: who may see which events, and the words in which they are asked for."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.apps import apps
from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef
from django.db.models.expressions import RawSQL
from django.utils import timezone

from core.access import EXISTS, IDENTITY, Access, ScopedQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from core.access import Actor

IS_NAMED = Func(
    F("pk"),
    OuterRef("subjects"),
    template="(%(expressions)s))",
    arg_joiner=" = any (",
    output_field=BooleanField(),
)


class Trail(Access):
    """Events of the cases whose identities one sees; of every case known to exist; or all.

    Three permissions, each wider than the one before.
    """

    def __init__(self, view: str, *, review: str, everything: str) -> None:
        self.view, self.review, self.everything = view, review, everything

    def scope(self, rows: Any, user: Actor) -> ScopedQuerySet:
        if user.has_perm(self.everything):
            return rows
        level = EXISTS if user.has_perm(self.review) else IDENTITY
        reach = user.scope.rows(level, case="pk", office="office")
        cases = apps.get_model("casework.Case")._default_manager.filter(reach)
        return rows.filter(Exists(cases.filter(IS_NAMED)))


def events_naming(ids: Iterable[object]) -> RawSQL:
    """The numbers of events about any of these rows, looked up behind the wall of the trail.

    Before it no index on arrays could be used; the events themselves come through the wall.
    """
    return RawSQL("select events_naming(%s::uuid[])", [[str(pk) for pk in ids]])


class Change(NamedTuple):
    """What somebody did to a row of reference data; `fields`: what was changed."""

    at: datetime
    action: str
    actor_id: UUID | None
    fields: list[str]


def changes_of_reference(pk: UUID) -> list[Change]:
    """The last of them first; none of a row that is no reference data."""
    with connection.cursor() as cursor:
        cursor.execute("select at, action, actor, fields::text from changes_of_reference(%s)", [pk])
        return [Change(at, did, who, json.loads(named)) for at, did, who, named in cursor]


class AuditQuerySet(ScopedQuerySet):
    def naming(self, ids: Iterable[object]) -> Self:
        """Events about any of these rows, alone or in a list."""
        return self.filter(pk__in=events_naming(ids))

    def of_case(self, case: Any) -> Self:
        return self.naming([case.pk])

    def reads(self) -> Self:
        return self.filter(kind="read")

    def denials(self) -> Self:
        return self.filter(kind="denial")

    def by_actor(self, user: Actor) -> Self:
        return self.filter(actor_id=user.pk)

    def between(self, first: date | None, last: date | None) -> Self:
        """Of these days, both included."""
        rows = self.filter(at__gte=begin_of(first)) if first else self
        return rows.filter(at__lt=begin_of(last) + timedelta(days=1)) if last else rows


def begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
