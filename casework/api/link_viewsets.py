from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.api.link_serializers import CaseLinkSerializer, LinkCasesInput
from casework.enums import LinkKind
from casework.models import CaseLink
from casework.services.links import link_cases, unlink_cases
from core.api.filters import choice, identifier
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet


class CaseLinkViewSet(ReadViewSet):
    """Cases that belong together, each link as read from `case`; ended ones have `ended_at`.

    A link whose other case the caller may not know of is in no answer.
    """

    queryset = CaseLink.objects.all()
    serializer_class = CaseLinkSerializer
    filters = {"case": identifier("case"), "kind": choice("kind", LinkKind)}
    services = {"create": link_cases, "unlink": unlink_cases}
    inputs = {"create": LinkCasesInput, "unlink": Nothing}

    def get_queryset(self) -> Any:
        return self.queryset.known_to(self.request.user).select_related(
            "case__office", "case__jurisdiction", "other__office", "other__jurisdiction"
        )

    def shown(self, rows: Any) -> Iterable[Any]:
        """Of the other case, too, reference and status are read."""
        return [*super().shown(rows), *(row.other_id for row in rows)]

    @extend_schema(request=LinkCasesInput, responses={201: CaseLinkSerializer})
    def create(self, request: Any) -> Response:
        """Link two cases, both open to the caller; the other side of the link is made with it."""
        return self.create_with(link_cases)

    @extend_schema(request=None, responses=CaseLinkSerializer)
    @action(detail=True, methods=["post"])
    def unlink(self, request: Any, pk: Any) -> Response:
        """Take a link back, on both sides."""
        return self.change_with(unlink_cases)
