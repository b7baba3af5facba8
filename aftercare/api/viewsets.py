from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from aftercare.api.plan_serializers import MonthSerializer, NightSerializer, ProgressNoteSerializer
from aftercare.api.serializers import (
    ProviderSerializer,
    ProviderStaffSerializer,
    ReferralSerializer,
    ServiceRecordSerializer,
    SessionNoteSerializer,
    ShownReferralSerializer,
)
from aftercare.api.together import SendTogetherInput
from aftercare.lists import PROVIDERS, REFERRALS
from aftercare.models import ProgressNote, ServiceRecord, SessionNote
from aftercare.services.care import record_service
from aftercare.services.providers import (
    change_provider,
    merge_provider,
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
from aftercare.workflow import referral_workflow
from core.api.serializers import Labelled, VisibleRow
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from victims.api.consent_serializers import Language

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class ProviderViewSet(ReadViewSet):
    """Shelters, clinics and other services. Addresses are not kept."""

    listed = PROVIDERS
    serializer_class = ProviderSerializer
    services = {"occupancy": read_occupancy, "free": read_free}

    create = Verb(register_provider, of="What is not named stays as it is.")
    partial_update = Verb(change_provider)
    merge = Verb(merge_provider)

    @extend_schema(responses=MonthSerializer(many=True))
    @action(detail=True, methods=["get"])
    def occupancy(self, request: SignedIn, pk: str) -> Response:
        """Nights slept there in each of the last twelve months, over all cases."""
        self.takes_nothing()
        provider = self.get_object()
        today = provider.jurisdiction.today
        months = read_occupancy(provider, today=today, actor=request.user)
        return Response(MonthSerializer(months, many=True).data)

    @extend_schema(responses=NightSerializer(many=True))
    @action(detail=True, methods=["get"])
    def free(self, request: SignedIn, pk: str) -> Response:
        """Beds left in each of the next fourteen nights, as far as ends are planned."""
        self.takes_nothing()
        provider = self.get_object()
        today = provider.jurisdiction.today
        nights = read_free(provider, today=today, actor=request.user)
        return Response(NightSerializer(nights, many=True).data)

    add_staff = Verb(
        add_staff,
        of="An account with the role of a provider partner.",
        answers=ProviderStaffSerializer,
        on={"user": VisibleRow(User.objects.all(), by="username")},
    )


class ReferralViewSet(ReadViewSet):
    """Referrals of survivors to services."""

    listed = REFERRALS
    serializer_class = ReferralSerializer
    services = {"preview": preview_referral, "together": send_together}
    inputs = {"together": SendTogetherInput}

    create = Verb(draft_referral)

    @extend_schema(responses=ShownReferralSerializer)
    @action(detail=True, methods=["get"])
    def preview(self, request: SignedIn, pk: str) -> Response:
        """Exactly what a provider would see if this were sent now."""
        self.takes_nothing()
        facts = preview_referral(self.get_object(), actor=request.user)
        return Response(ShownReferralSerializer(facts | {"digest": digest_of(facts)}).data)

    send = Verb(
        send_referral,
        of="To whom; and the consent it rests on, where none is recorded that is live.",
        on={
            "language": Language(required=False),
            "asked_again": serializers.BooleanField(required=False),
            "digest": serializers.CharField(max_length=64, required=False),
        },
    )

    # Takes and answers several rows.
    @extend_schema(request=SendTogetherInput, responses=ReferralSerializer(many=True))
    @action(detail=False, methods=["post"])
    def together(self, request: SignedIn) -> Response:
        """Send up to 100 drafts of one case: all of them, or none.

        A provider without an agreement in force, that does not offer what is needed, does not take
        the person or has no bed free tonight is refused, with the code of the survivor. Consents
        that are given now are written down for each provider that is told; where one is live,
        nothing is written.
        """
        data = self.validated()
        case = data["sends"][0].referral.case

        def run() -> object:
            sent = send_together(case, actor=request.user, **data)
            return self.get_serializer(sent, many=True).data

        return self.once(run, status=200)

    move = Verb(
        move_referral,
        on={
            "step": Labelled(
                [(name, step.label) for name, step in referral_workflow.manual.items()]
            )
        },
    )


class ProgressNoteViewSet(ReadViewSet):
    """What providers tell of the help they give, for those on the case."""

    listed = List(ProgressNote.objects.all(), "case referral")
    serializer_class = ProgressNoteSerializer


class SessionNoteViewSet(ReadViewSet):
    """What was said in sessions with survivors, for those who may see names."""

    listed = List(SessionNote.objects.all(), "case service")
    serializer_class = SessionNoteSerializer


class ServiceRecordViewSet(ReadViewSet):
    """What was done for survivors."""

    listed = List(
        ServiceRecord.objects.all(), "case involvement kind", orders={"newest": "-provided_on"}
    )
    serializer_class = ServiceRecordSerializer

    create = Verb(record_service)
