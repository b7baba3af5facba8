from __future__ import annotations

from core.api.filters import choice, code, identifier
from core.api.viewsets import ReadViewSet
from victims.api.serializers import InvolvementSerializer, VictimSerializer
from victims.enums import Outcome, Sex
from victims.models import Involvement, Victim


class VictimViewSet(ReadViewSet):
    """People harmed, by code and age."""

    queryset = Victim.objects.all()
    serializer_class = VictimSerializer
    filters = {"code": code("code"), "sex": choice("sex", Sex)}


class InvolvementViewSet(ReadViewSet):
    """The part of a person in a case."""

    queryset = Involvement.objects.all()
    serializer_class = InvolvementSerializer
    filters = {
        "case": identifier("case"),
        "victim": identifier("victim"),
        "rescue": identifier("rescue"),
        "outcome": choice("outcome", Outcome),
    }
