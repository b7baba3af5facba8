from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from casework.api.link_serializers import CaseLinkSerializer
from casework.models import CaseLink
from casework.services.links import link_cases, unlink_cases
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List

if TYPE_CHECKING:
    from core.access import ScopedQuerySet


class CaseLinkViewSet(ReadViewSet):
    """Cases that belong together, each link as read from `case`; ended ones have `ended_at`.

    A link whose other case the caller may not know of is in no answer.
    """

    listed = List(
        CaseLink.objects.select_related(
            "case__office", "case__jurisdiction", "other__office", "other__jurisdiction"
        ),
        "case kind",
        seen="known_to",
    )
    serializer_class = CaseLinkSerializer

    def shown(self, rows: ScopedQuerySet) -> Iterable[Any]:
        """Of the other case, too, reference and status are read."""
        return [*super().shown(rows), *(row.other_id for row in rows)]

    create = Verb(link_cases)
    unlink = Verb(unlink_cases)
