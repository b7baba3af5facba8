from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.api.serializers import RegisterSiteSerializer, SiteSerializer
from casework.api.site_serializers import (
    CloseSiteInput,
    CorrectClosingInput,
    CorrectSiteInput,
    ExactPlaceSerializer,
    PlaceSiteInput,
    ReopenSiteInput,
    SameSiteInput,
    SameSiteSerializer,
    SiteClosingSerializer,
)
from casework.enums import Setting, SiteKind
from casework.models import SameSite, Site, SiteClosing, SitePlace
from casework.services.rescues import register_site
from casework.services.site_page import open_place
from casework.services.sites import (
    close_site,
    correct_closing,
    correct_site,
    other_site,
    place_site,
    reopen_site,
    same_site,
)
from core.api.filters import choice, code, day, either, identifier
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet
from core.pagination import Sort


class SiteViewSet(ReadViewSet):
    """Establishments and vessels, by kind and jurisdiction; the exact place is not shown here.

    `closed_on`: of the closing in force; all of them are `site-closings`.
    """

    queryset = Site.objects.with_closing().select_related("jurisdiction", "case__jurisdiction")
    serializer_class = SiteSerializer
    filters = {
        "case": identifier("case"),
        "kind": choice("kind", SiteKind),
        "setting": choice("setting", Setting),
        "jurisdiction": code("jurisdiction__ancestor_links__ancestor__code"),
    }
    services = {
        "create": register_site,
        "exact_place": open_place,
        "place": place_site,
        "partial_update": correct_site,
        "close": close_site,
        "reopen": reopen_site,
    }
    inputs = {
        "create": RegisterSiteSerializer,
        "partial_update": CorrectSiteInput,
        "close": CloseSiteInput,
        "reopen": ReopenSiteInput,
        "place": PlaceSiteInput,
    }

    @extend_schema(request=RegisterSiteSerializer, responses={201: SiteSerializer})
    def create(self, request: Any) -> Response:
        """Record a site of a case."""
        return self.create_with(register_site)

    @extend_schema(request=CorrectSiteInput, responses=SiteSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right what kind of site it is and where."""
        return self.change_with(correct_site, keeps=("kind", "setting", "jurisdiction"))

    @extend_schema(request=CloseSiteInput, responses=SiteClosingSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Any, pk: Any) -> Response:
        """Record that it was closed, and by which authority."""
        return self.change_with(close_site, SiteClosingSerializer)

    @extend_schema(request=ReopenSiteInput, responses=SiteClosingSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Any, pk: Any) -> Response:
        """Record that it is open again."""
        return self.change_with(reopen_site, SiteClosingSerializer)

    @extend_schema(request=PlaceSiteInput, responses=SiteSerializer)
    @action(detail=True, methods=["post"])
    def place(self, request: Any, pk: Any) -> Response:
        """Write down where exactly it is. What was written before stays below it."""
        return self.change_with(place_site)

    @extend_schema(responses=ExactPlaceSerializer)
    @action(detail=True, methods=["get"], url_path="exact-place")
    def exact_place(self, request: Any, pk: Any) -> Response:
        """Where exactly it is, where that is recorded and open. Each call is recorded."""
        site = self.get_object()
        places = SitePlace.objects.visible_to(request.user).filter(site=site)
        place = places.select_related("site").first()
        if place is None:
            self._record([site], "retrieve")
            return Response(ExactPlaceSerializer({"code": site.code, "exact_place": None}).data)
        return Response(ExactPlaceSerializer(open_place(place, actor=request.user)).data)


class SiteClosingViewSet(ReadViewSet):
    """Closings of sites; one that opened again has `reopened_on`."""

    queryset = SiteClosing.objects.select_related("case__jurisdiction", "closed_by")
    serializer_class = SiteClosingSerializer
    sorts = {"latest": Sort(("closed_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "site": identifier("site"),
        "closed_from": day("closed_on__gte"),
        "closed_to": day("closed_on__lte"),
        "open_again": either({"reopened_on__isnull": False}, {"reopened_on__isnull": True}),
    }
    services = {"partial_update": correct_closing}
    inputs = {"partial_update": CorrectClosingInput}

    @extend_schema(request=CorrectClosingInput, responses=SiteClosingSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right when it was closed, and by which authority."""
        return self.change_with(correct_closing, keeps=("closed_on", "closed_by"))


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
