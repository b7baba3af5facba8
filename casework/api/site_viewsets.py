from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.api.site_serializers import SameSiteInput, SameSiteSerializer, SiteClosingSerializer
from casework.models import SameSite, SiteClosing
from casework.services.sites import other_site, same_site
from core.api.filters import day, either, identifier
from core.api.pagination import Sort
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet


class SiteClosingViewSet(ReadViewSet):
    """Closings of sites; one that opened again has `reopened_on`."""

    queryset = SiteClosing.objects.all()
    serializer_class = SiteClosingSerializer
    sorts = {"latest": Sort(("closed_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "site": identifier("site"),
        "closed_from": day("closed_on__gte"),
        "closed_to": day("closed_on__lte"),
        "open_again": either({"reopened_on__isnull": False}, {"reopened_on__isnull": True}),
    }


class SameSiteViewSet(ReadViewSet):
    """Sites that are one place, as read from `site`; what was taken back has `ended_at`.

    Where the other site is not open to the caller, it is in no answer.
    """

    queryset = SameSite.objects.all()
    serializer_class = SameSiteSerializer
    filters = {"case": identifier("case"), "site": identifier("site")}
    services = {"create": same_site, "undo": other_site}
    inputs = {"create": SameSiteInput, "undo": Nothing}

    def get_queryset(self) -> Any:
        rows = self.queryset.known_to(self.request.user)
        return rows.select_related("site__case", "other__case")

    def shown(self, rows: Any) -> Iterable[Any]:
        """Of the other site, too, it is read that it is there."""
        return [*super().shown(rows), *(row.other.case_id for row in rows)]

    @extend_schema(request=SameSiteInput, responses={201: SameSiteSerializer})
    def create(self, request: Any) -> Response:
        """Say that two sites, both open to the caller, are one place."""
        return self.create_with(same_site)

    @extend_schema(request=None, responses=SameSiteSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Any, pk: Any) -> Response:
        """Take it back, on both sides."""
        return self.change_with(other_site)
