from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.api.serializers import SiteSerializer
from casework.api.site_serializers import (
    ExactPlaceSerializer,
    SameSiteSerializer,
    SiteClosingSerializer,
)
from casework.lists import SITES
from casework.models import SameSite, SiteClosing, SitePlace
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
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either
from places.api.maps import OnAMap

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn
    from core.access import ScopedQuerySet


class SiteViewSet(OnAMap):
    """Establishments and vessels, by kind and jurisdiction; the exact place is not shown here.

    `closed_on`: of the closing in force; all of them are `site-closings`.
    """

    located = "jurisdiction"
    listed = SITES
    serializer_class = SiteSerializer
    services = {"exact_place": open_place}

    create = Verb(register_site, body="RegisterSiteSerializer")
    partial_update = Verb(correct_site, keeps=("kind", "setting", "jurisdiction"))
    close = Verb(close_site, answers=SiteClosingSerializer)
    reopen = Verb(reopen_site, answers=SiteClosingSerializer)
    place = Verb(place_site)

    @extend_schema(responses=ExactPlaceSerializer)
    @action(detail=True, methods=["get"], url_path="exact-place")
    def exact_place(self, request: SignedIn, pk: str) -> Response:
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

    listed = List(
        SiteClosing.objects.select_related("case__jurisdiction", "closed_by"),
        "case site closed_on",
        {"open_again": either({"reopened_on__isnull": False}, {"reopened_on__isnull": True})},
        orders={"latest": "-closed_on"},
    )
    serializer_class = SiteClosingSerializer

    partial_update = Verb(correct_closing, keeps=("closed_on", "closed_by"))


class SameSiteViewSet(ReadViewSet):
    """Sites that are one place, as read from `site`; what was taken back has `ended_at`.

    Where the other site is not open to the caller, it is in no answer.
    """

    listed = List(
        SameSite.objects.select_related("site__case", "other__case"), "case site", seen="known_to"
    )
    serializer_class = SameSiteSerializer

    def shown(self, rows: ScopedQuerySet) -> Iterable[Any]:
        """Of the other site, too, it is read that it is there."""
        return [*super().shown(rows), *(row.other.case_id for row in rows)]

    create = Verb(same_site)
    undo = Verb(other_site)
