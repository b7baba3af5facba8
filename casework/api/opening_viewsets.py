from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework import serializers

from accounts.models import User
from casework.api.opening_serializers import ComingDay, DisclosureSerializer, EmergencySerializer
from casework.enums import DisclosureStatus, GlassStatus, Part
from casework.models import BreakGlass, Disclosure
from casework.services.disclosures import (
    confirm_disclosure,
    end_disclosure,
    propose_disclosure,
    refuse_disclosure,
)
from casework.services.emergencies import break_glass, end_emergency, review_glass
from core.api.filters import choice, code, identifier
from core.api.serializers import Labelled, VisibleRow
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet

if TYPE_CHECKING:
    from casework.querysets import GlassQuerySet


class DisclosureViewSet(ReadViewSet):
    """What prosecutors from outside may read of which case, on which legal basis, until when."""

    queryset = Disclosure.objects.select_related("user", "case__jurisdiction")
    serializer_class = DisclosureSerializer
    filters = {
        "case": identifier("case"),
        "user": code("user__username"),
        "status": choice("status", DisclosureStatus),
    }

    create = Verb(
        propose_disclosure,
        on={
            "user": VisibleRow(User.objects.filter(is_active=True), by="username"),
            "parts": serializers.ListField(
                child=Labelled(Part), allow_empty=False, max_length=len(Part.values)
            ),
            "until": ComingDay(),
        },
    )
    confirm = Verb(confirm_disclosure)
    refuse = Verb(refuse_disclosure)
    end = Verb(end_disclosure)


class EmergencyViewSet(ReadViewSet):
    """Cases read in an emergency, for those who watch over it; one's own, to end it."""

    queryset = BreakGlass.objects.select_related("user", "case")
    serializer_class = EmergencySerializer
    filters = {"case": identifier("case"), "status": choice("status", GlassStatus)}
    takes_many = False  # only one is open to a person at a time

    def get_queryset(self) -> GlassQuerySet:
        return self.queryset.open_to(self.request.user)

    create = Verb(break_glass, body="OpenInEmergencyInput")
    end = Verb(end_emergency)
    review = Verb(review_glass, body="ReviewInput")
