from __future__ import annotations

from rest_framework import serializers

from aftercare.models import Provider, Referral
from core.api.serializers import shown_as


class ProviderSerializer(serializers.ModelSerializer[Provider]):
    jurisdiction = shown_as("code")
    services = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Provider
        fields = ("id", "name", "jurisdiction", "services", "is_active", "version")


class ReferralSerializer(serializers.ModelSerializer[Referral]):
    class Meta:
        model = Referral
        fields = ("id", "case", "involvement", "need", "urgency", "provider", "status", "version")
