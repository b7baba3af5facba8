from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.api.serializers import (
    ColumnsInput,
    LanguageReadingSerializer,
    MeSerializer,
    OfficeSerializer,
    OwnLanguageInput,
    OwnOfficeInput,
    SavedViewSerializer,
)
from accounts.models import LanguageReading, Membership, Office, SavedView, User
from accounts.services.languages import confirm_words, take_back_words
from accounts.services.list_views import change_view, choose_columns, remove_view, save_view
from accounts.services.offices import change_office, open_office
from accounts.services.own import choose_language, choose_office
from accounts.services.practice import take_practice_away
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.days import clock
from core.lists.declared import List

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
    take_practice_away = Verb(take_practice_away)


class LanguageReadingViewSet(ReadViewSet):
    """Who said that the words of a language are right; `edition`: of the words they read."""

    listed = List(LanguageReading.objects.select_related("read_by"), "language", recorded=False)
    serializer_class = LanguageReadingSerializer

    create = Verb(confirm_words)
    take_back = Verb(take_back_words)


class SavedViewViewSet(ReadViewSet):
    """Views of lists: the caller's own, and those shown to an office whose cases the caller knows
    of. A view holds no row; `query` is what stands in the address of the page of the list."""

    listed = List(
        SavedView.objects.filter(usual=False).select_related("office", "owner"),
        "listed office",
        recorded=False,
    )
    serializer_class = SavedViewSerializer
    services = {"choose_columns": choose_columns}
    inputs = {"choose_columns": ColumnsInput}

    def needs(self, method: str) -> str | None:
        return save_view.permission

    create = Verb(save_view)
    partial_update = Verb(change_view, keeps=("name", "query", "columns", "office"))
    remove = Verb(remove_view)

    # About no one row.
    @extend_schema(request=ColumnsInput, responses=SavedViewSerializer)
    @action(detail=False, methods=["post"], url_path="choose-columns")
    def choose_columns(self, request: SignedIn) -> Response:
        """What the caller sees of this list while no view is open; all columns by none."""
        data, serializer = self.validated(), SavedViewSerializer
        return self.once(lambda: serializer(choose_columns(actor=request.user, **data)).data, 200)


class MeViewSet(ServiceViewSet):
    """Who the caller is, what the caller may do, and what day it is for them."""

    queryset = User.objects.all()
    serializer_class = MeSerializer
    services = {"choose_office": choose_office, "choose_language": choose_language}
    inputs = {"choose_office": OwnOfficeInput, "choose_language": OwnLanguageInput}
    takes_many = False

    def retrieve(self, request: SignedIn) -> Response:
        return Response(self._shown(request))

    # Answers the caller, not the office.
    @extend_schema(request=OwnOfficeInput, responses=MeSerializer)
    def choose_office(self, request: SignedIn) -> Response:
        """Use the day of one of your offices, on pages and in mail. Calls with a key always use
        UTC."""
        office = self.validated()["office"]

        def run() -> object:
            choose_office(office, actor=request.user)
            return self._shown(request)

        return self.once(run, 200)

    @extend_schema(request=OwnLanguageInput, responses=MeSerializer)
    def choose_language(self, request: SignedIn) -> Response:
        """Have pages and letters in this language. Calls use the language they ask for by
        `Accept-Language`."""
        language = self.validated()["language"]

        def run() -> object:
            choose_language(language, actor=request.user)
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
            "language": user.language,
            "time_zone": zone,
            "today": clock.today(),
        }
        return MeSerializer(body).data
