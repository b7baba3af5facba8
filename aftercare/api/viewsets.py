from __future__ import annotations

from aftercare.api.serializers import ProviderSerializer, ReferralSerializer
from aftercare.enums import Need, ReferralStatus
from aftercare.models import Provider, Referral
from core.api.filters import choice, code, identifier
from core.api.pagination import Sort
from core.api.viewsets import ReadViewSet


class ProviderViewSet(ReadViewSet):
    """Shelters, clinics and other services. Addresses are not kept."""

    queryset = Provider.objects.select_related("jurisdiction")
    serializer_class = ProviderSerializer
    sorts = {"name": Sort(("name", "id"))}
    filters = {"jurisdiction": code("jurisdiction__code")}


class ReferralViewSet(ReadViewSet):
    """Referrals of survivors to services."""

    queryset = Referral.objects.all()
    serializer_class = ReferralSerializer
    filters = {
        "case": identifier("case"),
        "involvement": identifier("involvement"),
        "need": choice("need", Need),
        "status": choice("status", ReferralStatus),
    }
