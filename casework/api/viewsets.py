from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.api.sealing_serializers import (
    AskedSerializer,
    NameInput,
    SealInput,
    SealSerializer,
    WhyInput,
)
from casework.api.serializers import (
    AssignedSerializer,
    AssignManySerializer,
    AssignmentSerializer,
    AssignSerializer,
    CaseSerializer,
    CorrectCaseSerializer,
    MoveSerializer,
    OpenCaseSerializer,
    RegisterSiteSerializer,
    RescueSerializer,
    SiteSerializer,
)
from casework.api.site_serializers import (
    AmendRescueInput,
    CloseSiteInput,
    CorrectSiteInput,
    NarrativeSerializer,
    ReopenSiteInput,
    SiteClosingSerializer,
    TellInput,
)
from casework.enums import CaseStatus, Programme, Setting, SiteKind, SupportLevel
from casework.models import Assignment, Case, Rescue, Site
from casework.services.amending import add_narrative, amend_rescue
from casework.services.cases import (
    assign,
    assign_many,
    correct_case,
    move_case,
    open_case,
    take_off,
)
from casework.services.rescues import register_site
from casework.services.sealing import (
    ask_to_open,
    name_person,
    seal_case,
    take_name,
    withdraw_asking,
)
from casework.services.sites import close_site, correct_site, reopen_site
from core.api.filters import choice, code, day, identifier
from core.api.pagination import Sort
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet

NOBODY = "nobody"


def team(text: str) -> dict[str, Any]:
    """Cases that nobody works on."""
    if text != NOBODY:
        raise ValueError(_("One of: %(codes)s.") % {"codes": NOBODY})
    return {"pk__in": Case.objects.open().without_anybody().values("pk")}


team.schema = {"type": "string", "enum": [NOBODY]}  # type: ignore[attr-defined]


class CaseViewSet(ReadViewSet):
    """Cases the caller may see: at least that they exist."""

    queryset = Case.objects.select_related("office", "jurisdiction")
    serializer_class = CaseSerializer
    sorts = {
        "newest": Sort(("opened_on", "id"), descending=True),
        "reference": Sort(("reference",)),
    }
    filters = {
        "status": choice("status", CaseStatus),
        "programme": choice("programme", Programme),
        "office": code("office__code"),
        "support_level": choice("support_level", SupportLevel),
        "team": team,
        "jurisdiction": code("jurisdiction__ancestor_links__ancestor__code"),
        "opened_from": day("opened_on__gte"),
        "opened_to": day("opened_on__lte"),
    }
    services = {
        "create": open_case,
        "partial_update": correct_case,
        "assign": assign,
        "assign_many": assign_many,
        "move": move_case,
        "seal": seal_case,
        "name_person": name_person,
        "ask_to_open": ask_to_open,
        "withdraw_asking": withdraw_asking,
    }
    inputs = {
        "create": OpenCaseSerializer,
        "partial_update": CorrectCaseSerializer,
        "move": MoveSerializer,
        "assign": AssignSerializer,
        "assign_many": AssignManySerializer,
        "seal": SealInput,
        "name_person": NameInput,
        "ask_to_open": WhyInput,
        "withdraw_asking": Nothing,
    }

    @extend_schema(request=OpenCaseSerializer, responses={201: CaseSerializer})
    def create(self, request: Any) -> Response:
        """Open a case in the caller's office."""
        return self.create_with(open_case)

    @extend_schema(request=CorrectCaseSerializer, responses=CaseSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right what the case is about, where, since when and how far it is ours."""
        kept = ("programme", "jurisdiction", "opened_on", "support_level")
        return self.change_with(correct_case, keeps=kept)

    @extend_schema(request=MoveSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Any, pk: Any) -> Response:
        """Take a step in the life of the case."""
        return self.change_with(move_case)

    @extend_schema(request=AssignSerializer, responses={201: AssignmentSerializer})
    @action(detail=True, methods=["post"])
    def assign(self, request: Any, pk: Any) -> Response:
        """Put someone on the team of the case."""
        return self._done_to_case(assign, AssignmentSerializer)

    @extend_schema(request=AssignManySerializer, responses={201: AssignedSerializer})
    @action(detail=False, methods=["post"], url_path="assign-many")
    def assign_many(self, request: Any) -> Response:
        """Put someone on the teams of several cases: of all of them, or of none."""
        data = self.validated()
        cases = data.pop("cases")

        def run() -> Any:
            made = assign_many(cases, actor=request.user, **data)
            return AssignedSerializer({"assignments": made}).data

        return self.once(run)

    @extend_schema(request=SealInput, responses={201: SealSerializer})
    @action(detail=True, methods=["post"])
    def seal(self, request: Any, pk: Any) -> Response:
        """Close the case at once to everyone but the caller and the people named."""
        return self._done_to_case(seal_case, SealSerializer)

    @extend_schema(request=NameInput, responses={201: AssignmentSerializer})
    @action(detail=True, methods=["post"], url_path="name")
    def name_person(self, request: Any, pk: Any) -> Response:
        """Open the sealed case to one more person."""
        return self._done_to_case(name_person, AssignmentSerializer)

    @extend_schema(request=WhyInput, responses=AskedSerializer)
    @action(detail=True, methods=["post"], url_path="ask-to-open")
    def ask_to_open(self, request: Any, pk: Any) -> Response:
        """Ask that the sealed case be opened again."""
        return self._done_to_case(ask_to_open, AskedSerializer, 200)

    @extend_schema(request=None, responses=AskedSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-asking")
    def withdraw_asking(self, request: Any, pk: Any) -> Response:
        """Take back what one asked for."""
        return self._done_to_case(withdraw_asking, AskedSerializer, 200)

    def _done_to_case(self, verb: Any, shape: Any, status: int = 201) -> Response:
        """What a verb on the case made or changed beside it, once per key."""
        case, data = self.get_object(), self.validated()
        return self.once(lambda: shape(verb(case, actor=self.request.user, **data)).data, status)


class AssignmentViewSet(ReadViewSet):
    """Who is on the team of which case."""

    queryset = Assignment.objects.select_related("user")
    serializer_class = AssignmentSerializer
    filters = {"case": identifier("case"), "user": code("user__username")}
    services = {"take_name": take_name, "take_off": take_off}
    inputs = {"take_name": Nothing, "take_off": Nothing}

    @extend_schema(request=None, responses=AssignmentSerializer)
    @action(detail=True, methods=["post"], url_path="take-name")
    def take_name(self, request: Any, pk: Any) -> Response:
        """Close the sealed case to a person it names."""
        return self.change_with(take_name)

    @extend_schema(request=None, responses=AssignmentSerializer)
    @action(detail=True, methods=["post"], url_path="take-off")
    def take_off(self, request: Any, pk: Any) -> Response:
        """Take the person off the team. The last who works on the case stays."""
        return self.change_with(take_off)


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
    }
    services = {
        "create": register_site,
        "partial_update": correct_site,
        "close": close_site,
        "reopen": reopen_site,
    }
    inputs = {
        "create": RegisterSiteSerializer,
        "partial_update": CorrectSiteInput,
        "close": CloseSiteInput,
        "reopen": ReopenSiteInput,
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


class RescueViewSet(ReadViewSet):
    """Rescue operations. New ones arrive as rescue reports."""

    queryset = Rescue.objects.select_related("jurisdiction", "case").prefetch_related(
        "rescue_sites", "rescue_agencies"
    )
    serializer_class = RescueSerializer
    sorts = {"newest": Sort(("occurred_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "occurred_from": day("occurred_on__gte"),
        "occurred_to": day("occurred_on__lte"),
    }
    services = {"amend": amend_rescue, "tell": add_narrative}
    inputs = {"amend": AmendRescueInput, "tell": TellInput}
    versioned = ReadViewSet.versioned | {"amend"}

    @extend_schema(request=AmendRescueInput, responses=RescueSerializer)
    @action(detail=True, methods=["post"])
    def amend(self, request: Any, pk: Any) -> Response:
        """Amend what was logged; what stood there before stays in the history."""
        return self.change_with(amend_rescue, keeps=("occurred_at", "jurisdiction"))

    @extend_schema(request=TellInput, responses=NarrativeSerializer)
    @action(detail=True, methods=["post"])
    def tell(self, request: Any, pk: Any) -> Response:
        """Tell more of a rescue. It lies encrypted; what was told before stays as it is."""
        return self.change_with(add_narrative, NarrativeSerializer)
