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
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.pagination import Sort

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn
    from casework.querysets import SameSiteQuerySet
    from core.access import ScopedQuerySet


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
    services = {"exact_place": open_place}

    create = Verb(register_site, body="RegisterSiteSerializer")
    partial_update = Verb(correct_site, keeps=("kind", "setting", "jurisdiction"))
    close = Verb(
        close_site,
        answers=SiteClosingSerializer,
    )
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

    partial_update = Verb(
        correct_closing,
        keeps=("closed_on", "closed_by"),
    )


class SameSiteViewSet(ReadViewSet):
    """Sites that are one place, as read from `site`; what was taken back has `ended_at`.

    Where the other site is not open to the caller, it is in no answer.
    """

    queryset = SameSite.objects.all()
    serializer_class = SameSiteSerializer
    filters = {"case": identifier("case"), "site": identifier("site")}

    def get_queryset(self) -> SameSiteQuerySet:
        rows = self.queryset.known_to(self.request.user)
        return rows.select_related("site__case", "other__case")

    def shown(self, rows: ScopedQuerySet) -> Iterable[Any]:
        """Of the other site, too, it is read that it is there."""
        return [*super().shown(rows), *(row.other.case_id for row in rows)]

    create = Verb(same_site)
    undo = Verb(other_site)
