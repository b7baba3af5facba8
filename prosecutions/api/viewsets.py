from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.filters import choice, identifier
from core.api.viewsets import ReadViewSet
from prosecutions.api.serializers import (
    AddSuspectInput,
    MergeInput,
    NameSuspectInput,
    PerpetratorSerializer,
    SuspectSerializer,
)
from prosecutions.enums import PerpetratorKind, SuspectRole, SuspectStatus
from prosecutions.models import Perpetrator, Suspect
from prosecutions.services.suspects import add_suspect, merge_perpetrators, name_suspect


class PerpetratorViewSet(ReadViewSet):
    """People and organisations responsible, as far as the caller's cases name them."""

    queryset = Perpetrator.objects.all()
    serializer_class = PerpetratorSerializer
    filters = {"kind": choice("kind", PerpetratorKind)}
    services = {"merge": merge_perpetrators}
    inputs = {"merge": MergeInput}

    @extend_schema(request=MergeInput, responses=PerpetratorSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Any, pk: Any) -> Response:
        """Say that another record is this same person."""
        return self.change_with(merge_perpetrators)


class SuspectViewSet(ReadViewSet):
    """The role of a perpetrator in a case; `status` is derived from the record."""

    queryset = Suspect.objects.with_status()
    serializer_class = SuspectSerializer
    filters = {
        "case": identifier("case"),
        "perpetrator": identifier("perpetrator"),
        "role": choice("role", SuspectRole),
        "status": choice("status", SuspectStatus),
    }
    services = {"create": add_suspect, "write_name": name_suspect}
    versioned = frozenset({"write_name"})
    inputs = {"create": AddSuspectInput, "write_name": NameSuspectInput}

    @extend_schema(request=AddSuspectInput, responses={201: SuspectSerializer})
    def create(self, request: Any) -> Response:
        """Add a suspect to a case."""
        return self.create_with(add_suspect)

    @extend_schema(request=NameSuspectInput, responses=PerpetratorSerializer)
    @action(detail=True, methods=["post"], url_path="name")
    def write_name(self, request: Any, pk: Any) -> Response:
        """Write down who the suspect is. If-Match is the version of the perpetrator."""
        return self.change_with(name_suspect, PerpetratorSerializer)
