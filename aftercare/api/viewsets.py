from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from aftercare.api.plan_serializers import (
    ChangeProviderInput,
    DraftReferralInput,
    MonthSerializer,
    NightSerializer,
    ProgressNoteSerializer,
    RegisterProviderInput,
)
from aftercare.api.serializers import (
    AddStaffInput,
    MoveReferralInput,
    ProviderSerializer,
    ProviderStaffSerializer,
    RecordServiceInput,
    ReferralSerializer,
    SendReferralInput,
    ServiceRecordSerializer,
    SessionNoteSerializer,
    ShownReferralSerializer,
)
from aftercare.api.together import SendTogetherInput
from aftercare.enums import Need, ReferralStatus, ServiceKind
from aftercare.finding import offering, open_to, taking, with_bed_tonight
from aftercare.models import (
    ProgressNote,
    Provider,
    Referral,
    ServiceRecord,
    SessionNote,
)
from aftercare.services.care import record_service
from aftercare.services.providers import (
    change_provider,
    read_free,
    read_occupancy,
    register_provider,
)
from aftercare.services.referrals import (
    draft_referral,
    move_referral,
    preview_referral,
    send_referral,
)
from aftercare.services.showing import digest_of
from aftercare.services.staff import add_staff
from aftercare.services.together import send_together
from core.api.filters import choice, code, either, identifier, number, one_of
from core.api.viewsets import ReadViewSet
from core.pagination import Sort
from victims.enums import OLDEST_MONTHS, Sex


class ProviderViewSet(ReadViewSet):
    """Shelters, clinics and other services. Addresses are not kept."""

    queryset = Provider.objects.select_related("jurisdiction")
    serializer_class = ProviderSerializer
    sorts = {"name": Sort(("name", "id"))}
    filters = {
        "jurisdiction": code("jurisdiction__code"),
        "active": either({"is_active": True}, {"is_active": False}),
        "services": one_of(Need, offering),
        "sexes": one_of(Sex, open_to),
        "age_months": number(OLDEST_MONTHS, taking),
        "free": one_of(Sex, with_bed_tonight),
    }
    services = {
        "create": register_provider,
        "partial_update": change_provider,
        "occupancy": read_occupancy,
        "free": read_free,
        "add_staff": add_staff,
    }
    inputs = {
        "create": RegisterProviderInput,
        "partial_update": ChangeProviderInput,
        "add_staff": AddStaffInput,
    }

    @extend_schema(request=RegisterProviderInput, responses={201: ProviderSerializer})
    def create(self, request: Any) -> Response:
        """Add a provider with what it offers to whom."""
        return self.create_with(register_provider)

    @extend_schema(request=ChangeProviderInput, responses=ProviderSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Change what is named; other beds are there from `beds_from` on, else from today."""
        return self.change_with(change_provider, self.get_serializer)  # it says who asks

    @extend_schema(responses=MonthSerializer(many=True))
    @action(detail=True, methods=["get"])
    def occupancy(self, request: Any, pk: Any) -> Response:
        """Nights slept there in each of the last twelve months, over all cases."""
        if errors := self.unknown(request.query_params, set()):
            raise ValidationError(errors)
        provider = self.get_object()
        today = provider.jurisdiction.today
        months = read_occupancy(provider, today=today, actor=request.user)
        return Response(MonthSerializer(months, many=True).data)

    @extend_schema(responses=NightSerializer(many=True))
    @action(detail=True, methods=["get"])
    def free(self, request: Any, pk: Any) -> Response:
        """Beds left in each of the next fourteen nights, as far as ends are planned."""
        if errors := self.unknown(request.query_params, set()):
            raise ValidationError(errors)
        provider = self.get_object()
        today = provider.jurisdiction.today
        nights = read_free(provider, today=today, actor=request.user)
        return Response(NightSerializer(nights, many=True).data)

    @extend_schema(request=AddStaffInput, responses=ProviderStaffSerializer)
    @action(detail=True, methods=["post"], url_path="add-staff")
    def add_staff(self, request: Any, pk: Any) -> Response:
        """Let somebody sign in for this provider, to read and answer what is sent to it."""
        return self.change_with(add_staff, ProviderStaffSerializer)


class ReferralViewSet(ReadViewSet):
    """Referrals of survivors to services."""

    queryset = Referral.objects.select_related(
        "case__jurisdiction", "case__office", "involvement__victim"
    )
    serializer_class = ReferralSerializer
    filters = {
        "case": identifier("case"),
        "involvement": identifier("involvement"),
        "need": choice("need", Need),
        "status": choice("status", ReferralStatus),
    }
    services = {
        "create": draft_referral,
        "preview": preview_referral,
        "send": send_referral,
        "together": send_together,
        "move": move_referral,
    }
    inputs = {
        "create": DraftReferralInput,
        "send": SendReferralInput,
        "together": SendTogetherInput,
        "move": MoveReferralInput,
    }

    @extend_schema(request=DraftReferralInput, responses={201: ReferralSerializer})
    def create(self, request: Any) -> Response:
        """Draft a referral for a need of one survivor."""
        return self.create_with(draft_referral)

    @extend_schema(responses=ShownReferralSerializer)
    @action(detail=True, methods=["get"])
    def preview(self, request: Any, pk: Any) -> Response:
        """Exactly what a provider would see if this were sent now."""
        if errors := self.unknown(request.query_params, set()):
            raise ValidationError(errors)
        shown = preview_referral(self.get_object(), actor=request.user)
        return Response(ShownReferralSerializer(shown | {"digest": digest_of(shown)}).data)

    @extend_schema(request=SendReferralInput, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request: Any, pk: Any) -> Response:
        """Send a draft to a provider, with the consent it rests on."""
        return self.change_with(send_referral)

    @extend_schema(request=SendTogetherInput, responses=ReferralSerializer(many=True))
    @action(detail=False, methods=["post"])
    def together(self, request: Any) -> Response:
        """Send up to 100 drafts of one case: all of them, or none.

        A provider without an agreement in force, that does not offer what is needed, does not take
        the person or has no bed free tonight is refused, with the code of the survivor. Consents
        that are given now are written down for each provider that is told; where one is live,
        nothing is written.
        """
        data = self.validated()
        case = data["sends"][0].referral.case

        def run() -> Any:
            sent = send_together(case, actor=request.user, **data)
            return self.get_serializer(sent, many=True).data

        return self.once(run, status=200)

    @extend_schema(request=MoveReferralInput, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Any, pk: Any) -> Response:
        """Complete or withdraw a referral."""
        return self.change_with(move_referral)


class ProgressNoteViewSet(ReadViewSet):
    """What providers tell of the help they give, for those on the case."""

    queryset = ProgressNote.objects.all()
    serializer_class = ProgressNoteSerializer
    filters = {"case": identifier("case"), "referral": identifier("referral")}


class SessionNoteViewSet(ReadViewSet):
    """What was said in sessions with survivors, for those who may see names."""

    queryset = SessionNote.objects.all()
    serializer_class = SessionNoteSerializer
    filters = {"case": identifier("case"), "service": identifier("service")}


class ServiceRecordViewSet(ReadViewSet):
    """What was done for survivors."""

    queryset = ServiceRecord.objects.all()
    serializer_class = ServiceRecordSerializer
    sorts = {"newest": Sort(("provided_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "involvement": identifier("involvement"),
        "kind": choice("kind", ServiceKind),
    }
    services = {"create": record_service}
    inputs = {"create": RecordServiceInput}

    @extend_schema(request=RecordServiceInput, responses={201: ServiceRecordSerializer})
    def create(self, request: Any) -> Response:
        """Record a service for a survivor."""
        return self.create_with(record_service)
