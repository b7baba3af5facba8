"""Lists of this app that pages and the API read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from casework.lists import ACTIVE, NEXT, OF_CASE, OF_TEAM, TEAM, answered
from core.alike.merging import one_person
from core.lists.declared import List
from core.lists.filters import an_id, one_of
from core.lists.tables import Column, Table
from prosecutions.enums import SuspectStatus
from prosecutions.models import Hearing, Perpetrator, Suspect

if TYPE_CHECKING:
    from uuid import UUID

    from prosecutions.statuses import SuspectQuerySet


def of_person(key: UUID) -> dict[str, object]:
    """The roles of a person under every record of theirs; the id may be of any of these."""
    record = Perpetrator.objects.filter(pk=key).first()
    return {"perpetrator__in": Perpetrator.objects.filter(one_person(record)) if record else []}


def _standing(code: str, rows: SuspectQuerySet, _reader: object) -> SuspectQuerySet:
    return rows.with_status().filter(status=code)


SUSPECTS = List(
    Suspect.objects.with_status(),
    "case perpetrator",
    {"person": an_id(of_person)},
    "role",
    {"status": one_of(SuspectStatus, lambda code: partial(_standing, code))},
    OF_TEAM | {"answer": answered("suspect")},
)
SUSPECT_TABLE = Table(
    SUSPECTS,
    Column("suspect", _("Suspect")),
    OF_CASE,
    Column("role", _("Role")),
    Column("status", _("Status")),
    *(TEAM, NEXT, ACTIVE),
    Column("added", _("Added"), order="newest"),
    name="suspects",
    filled_by=(Perm.SUSPECT_NAME, Perm.RESCUE_LOG),
    rows=Suspect.objects.all(),  # the page asks where those stand that it shows
    counted=lambda count: ngettext("%(count)s suspect", "%(count)s suspects", count),
)
HEARINGS = List(
    Hearing.objects.select_related(
        "case__jurisdiction", "case__office", "prosecution__jurisdiction"
    ),
    "case prosecution listed_on purpose result",
    OF_TEAM | {"answer": answered("hearing")},
    orders={"latest": "-listed_on", "earliest": "listed_on"},
)
HEARING_TABLE = Table(
    HEARINGS,
    Column("day", _("Day"), order="latest"),
    OF_CASE,
    Column("court", _("Court")),
    Column("purpose", _("What for")),
    Column("result", _("Result")),
    TEAM,
    Column("changed", _("Last changed")),
    name="hearings",
    filled_by=(Perm.HEARING_LIST,),
    counted=lambda count: ngettext("%(count)s hearing", "%(count)s hearings", count),
)
