from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from accounts.api.serializers import MeSerializer, OfficeSerializer, OwnOfficeInput
from accounts.models import Membership, Office, User
from accounts.services.offices import change_office, open_office
from accounts.services.own import choose_office
from core import clock
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.lists import List

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class OfficeViewSet(ReadViewSet):
    """The offices of the organisation."""

    listed = List(
        Office.objects.select_related("jurisdiction"), orders={"code": "code"}, recorded=False
    )
    serializer_class = OfficeSerializer

    create = Verb(open_office)
    partial_update = Verb(change_office)


class MeViewSet(ServiceViewSet):
    """Who the caller is, what the caller may do, and what day it is for them."""

    queryset = User.objects.all()
    serializer_class = MeSerializer
    services = {"choose_office": choose_office}
    inputs = {"choose_office": OwnOfficeInput}
    takes_many = False

    def retrieve(self, request: SignedIn) -> Response:
        return Response(self._shown(request))

    # Answers the caller, not the office.
    @extend_schema(request=OwnOfficeInput, responses=MeSerializer)
    def choose_office(self, request: SignedIn) -> Response:
        """Go by the day of one of several own offices, on pages and in mail. Calls of a key go by
        UTC all the same."""
        office = self.validated()["office"]

        def run() -> object:
            choose_office(office, actor=request.user)
            return self._shown(request)

        return self.once(run, 200)

    def _shown(self, request: SignedIn) -> dict[str, object]:
        rows = Membership.objects.in_force().filter(user=request.user)
        held = list(rows.values_list("office_id", "office__code", "role"))
        roles = [{"office": code, "role": role} for _pk, code, role in held]
        user, zone = request.user, timezone.get_current_timezone_name()
        offices = {pk: code for pk, code, _role in held}
        body = {
            "id": user.pk,
            "username": user.username,
            "name": user.name,
            "roles": roles,
            "permissions": sorted(user.permissions),
            "office": None if zone == "UTC" else offices.get(user.goes_by),
            "time_zone": zone,
            "today": clock.today(),
        }
        return MeSerializer(body).data
