from __future__ import annotations

from core.api.serializers import RowSerializer
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either
from prosecutions.models import SuspectMet
from prosecutions.services.met import set_suspects_met


class SuspectMetSerializer(RowSerializer[SuspectMet]):
    shows = "id case rescue suspect removed_at version"


class SuspectMetViewSet(ReadViewSet):
    """Suspects who were there at a rescue and not arrested; taken off, `removed_at` says when."""

    listed = List(
        SuspectMet.objects.all(),
        "case rescue suspect",
        {"in_force": either({"removed_at__isnull": True}, {"removed_at__isnull": False})},
    )
    serializer_class = SuspectMetSerializer

    create = Verb(
        set_suspects_met,
        says="Say which suspects were met in a rescue: all of them at once.",
        of="All suspects met and not arrested; who is missing is taken off it.",
        several=True,
    )
