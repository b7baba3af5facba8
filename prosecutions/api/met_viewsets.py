from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from casework.models import Rescue
from core.api.serializers import Input, RowSerializer, VisibleRow, VisibleRows
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either
from prosecutions.models import Suspect, SuspectMet
from prosecutions.services.met import set_suspects_met

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class SuspectMetSerializer(RowSerializer[SuspectMet]):
    shows = "id case rescue suspect removed_at version"


class SetSuspectsMetInput(Input):
    """All suspects met and not arrested; who is missing is taken off it."""

    rescue = VisibleRow(Rescue.objects.select_related("case"))
    suspects = VisibleRows(Suspect.objects.all())


class SuspectMetViewSet(ReadViewSet):
    """Suspects who were there at a rescue and not arrested; taken off, `removed_at` says when."""

    listed = List(
        SuspectMet.objects.all(),
        "case rescue suspect",
        {"in_force": either({"removed_at__isnull": True}, {"removed_at__isnull": False})},
    )
    serializer_class = SuspectMetSerializer
    services = {"create": set_suspects_met}
    inputs = {"create": SetSuspectsMetInput}

    # Answers several rows.
    @extend_schema(request=SetSuspectsMetInput, responses={201: SuspectMetSerializer(many=True)})
    def create(self, request: SignedIn) -> Response:
        """Say which suspects were met in a rescue: all of them at once."""
        data = self.validated()

        def run() -> dict[str, object]:
            rows = set_suspects_met(data["rescue"], suspects=data["suspects"], actor=request.user)
            return SuspectMetSerializer(rows, many=True).data

        return self.once(run)
