from __future__ import annotations

from accounts.models import User
from casework.api.sealing_serializers import (
    ConflictSerializer,
    SealSerializer,
    VisiblePerson,
    WhyInput,
)
from casework.models import Conflict, Seal
from casework.services.conflicts import declare_conflict, lift_conflict
from casework.services.sealing import confirm_opening, refuse_opening
from core.api.serializers import VisibleRow
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import code


class SealViewSet(ReadViewSet):
    """Cases that were sealed, and who asks to open them again. See also `cases/{id}/seal/`."""

    listed = List(Seal.objects.select_related("sealed_by", "asked_by", "opened_by"), "case status")
    serializer_class = SealSerializer

    confirm = Verb(confirm_opening)
    refuse = Verb(refuse_opening)


class ConflictViewSet(ReadViewSet):
    """People who must not see a case, for those who watch over who knows what."""

    listed = List(
        Conflict.objects.select_related("user", "declared_by", "lifted_by"),
        "case",
        {"user": code("user__username")},
        "status",
        seen="known_to",
    )
    serializer_class = ConflictSerializer

    create = Verb(
        declare_conflict,
        on={
            "user": VisibleRow(User.objects.filter(is_active=True), by="username", required=False),
            "person": VisiblePerson(required=False),
        },
    )
    lift = Verb(lift_conflict, body=WhyInput)
