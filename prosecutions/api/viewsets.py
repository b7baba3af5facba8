from __future__ import annotations

from core.api.filters import choice, day, identifier
from core.api.pagination import Sort
from core.api.viewsets import ReadViewSet
from prosecutions.api.serializers import ArrestSerializer, PerpetratorSerializer, SuspectSerializer
from prosecutions.enums import PerpetratorKind, SuspectRole
from prosecutions.models import Arrest, Perpetrator, Suspect


class PerpetratorViewSet(ReadViewSet):
    """People and organisations responsible, as far as the caller's cases name them."""

    queryset = Perpetrator.objects.all()
    serializer_class = PerpetratorSerializer
    filters = {"kind": choice("kind", PerpetratorKind)}


class SuspectViewSet(ReadViewSet):
    """The role of a perpetrator in a case."""

    queryset = Suspect.objects.all()
    serializer_class = SuspectSerializer
    filters = {
        "case": identifier("case"),
        "perpetrator": identifier("perpetrator"),
        "role": choice("role", SuspectRole),
    }


class ArrestViewSet(ReadViewSet):
    """Arrests of suspects."""

    queryset = Arrest.objects.all()
    serializer_class = ArrestSerializer
    sorts = {"newest": Sort(("arrested_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "suspect": identifier("suspect"),
        "arrested_from": day("arrested_on__gte"),
        "arrested_to": day("arrested_on__lte"),
    }
