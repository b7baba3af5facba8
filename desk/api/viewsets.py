from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from accounts.models import User
from core.api.filters import choice, code, day, identifier
from core.api.viewsets import ReadViewSet
from core.models import AuditEvent, AuditKind
from core.trail import events_naming
from desk.api.serializers import AuditEventSerializer
from desk.event_list import NEWEST


def naming(text: str) -> dict[str, Any]:
    """Events about this record, alone or in a list."""
    return {"pk__in": events_naming(identifier("id")(text).values())}


naming.schema = {"type": "string", "format": "uuid"}  # type: ignore[attr-defined]


class AuditEventViewSet(ReadViewSet):
    """The history: all of it for an auditor; for others that of the cases they look after.

    Who saw a record: `case=` for all that is about a case, `about=` for any record by its id, for
    example a survivor's.
    """

    queryset = AuditEvent.objects.annotate(
        actor_name=Subquery(User.objects.filter(pk=OuterRef("actor_id")).values("name"))
    )
    serializer_class = AuditEventSerializer
    sorts = {"newest": NEWEST}
    changed = "at"
    filters = {
        "kind": choice("kind", AuditKind),
        "action": code("action"),
        "actor": identifier("actor_id"),
        "case": naming,
        "about": naming,
        "at_from": day("at__date__gte"),
        "at_to": day("at__date__lte"),
    }

    def shown(self, rows: Any) -> list[Any]:
        """Asking who saw a record is told of that record, not of all that the answer touches."""
        asked = self.request.query_params
        return [UUID(asked[name]) for name in ("case", "about") if name in asked]
