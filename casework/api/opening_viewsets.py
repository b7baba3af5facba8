from __future__ import annotations

from rest_framework import serializers

from accounts.models import User
from casework.api.opening_serializers import ComingDay, DisclosureSerializer, EmergencySerializer
from casework.enums import Part
from casework.models import BreakGlass, Disclosure
from casework.services.disclosures import (
    confirm_disclosure,
    end_disclosure,
    propose_disclosure,
    refuse_disclosure,
)
from casework.services.emergencies import break_glass, end_emergency, review_glass
from core.api.serializers import Labelled, VisibleRow
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import code


class DisclosureViewSet(ReadViewSet):
    """What prosecutors from outside may read of which case, on which legal basis, until when."""

    listed = List(
        Disclosure.objects.select_related("user", "case__jurisdiction"),
        "case",
        {"user": code("user__username")},
        "status",
    )
    serializer_class = DisclosureSerializer

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

    listed = List(BreakGlass.objects.select_related("user", "case"), "case status", seen="open_to")
    serializer_class = EmergencySerializer
    takes_many = False  # only one is open to a person at a time

    create = Verb(break_glass, body="OpenInEmergencyInput")
    end = Verb(end_emergency)
    review = Verb(review_glass, body="ReviewInput")
