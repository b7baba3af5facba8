from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import User
from casework.api.sealing_serializers import (
    ConflictSerializer,
    SealSerializer,
    VisiblePerson,
    WhyInput,
)
from casework.enums import ConflictStatus, SealStatus
from casework.models import Conflict, Seal
from casework.services.conflicts import declare_conflict, lift_conflict
from casework.services.sealing import confirm_opening, refuse_opening
from core.api.filters import choice, code, identifier
from core.api.serializers import VisibleRow
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet

if TYPE_CHECKING:
    from casework.querysets import ConflictQuerySet


class SealViewSet(ReadViewSet):
    """Cases that were sealed, and who asks to open them again. See also `cases/{id}/seal/`."""

    queryset = Seal.objects.select_related("sealed_by", "asked_by", "opened_by")
    serializer_class = SealSerializer
    filters = {"case": identifier("case"), "status": choice("status", SealStatus)}

    confirm = Verb(confirm_opening)
    refuse = Verb(refuse_opening)


class ConflictViewSet(ReadViewSet):
    """People who must not see a case, for those who watch over who knows what."""

    queryset = Conflict.objects.select_related("user", "declared_by", "lifted_by")
    serializer_class = ConflictSerializer
    filters = {
        "case": identifier("case"),
        "user": code("user__username"),
        "status": choice("status", ConflictStatus),
    }

    def get_queryset(self) -> ConflictQuerySet:
        return self.queryset.known_to(self.request.user)

    create = Verb(
        declare_conflict,
        on={
            "user": VisibleRow(User.objects.filter(is_active=True), by="username", required=False),
            "person": VisiblePerson(required=False),
        },
    )
    lift = Verb(
        lift_conflict,
        body=WhyInput,
    )
