"""Lists of this app that pages and the API read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from casework.lists import ACTIVE, NEXT, OF_CASE, OF_TEAM, TEAM, answered
from core.lists.declared import List
from core.lists.tables import Column, Table
from victims.models import Involvement

SURVIVORS = List(
    Involvement.objects.select_related("exploitation", "case__jurisdiction"),
    "case victim rescue outcome",
    OF_TEAM | {"answer": answered("survivor")},
)
SURVIVOR_TABLE = Table(
    SURVIVORS,
    Column("survivor", _("Survivor")),
    OF_CASE,
    Column("outcome", _("What became of the person")),
    *(TEAM, NEXT, ACTIVE),
    Column("added", _("Added"), order="newest"),
    name="survivors",
    filled_by=(Perm.RESCUE_LOG,),
    counted=lambda count: ngettext("%(count)s survivor", "%(count)s survivors", count),
)
