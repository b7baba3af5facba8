"""Versions of rehabilitation schemes, as programs propose them."""

from __future__ import annotations

from core.api.serializers import VisibleRow
from core.api.verbs import Verb
from core.api.viewsets import ServiceViewSet
from desk.schemes.services import propose_scheme
from places.models import Jurisdiction
from prosecutions.api.law_viewsets import LawVersionSerializer
from prosecutions.models import LawVersion


class SchemeLawViewSet(ServiceViewSet):
    """What a rehabilitation scheme pays, proposed as all law is."""

    queryset = LawVersion.objects.all()
    serializer_class = LawVersionSerializer

    create = Verb(
        propose_scheme,
        on={"country": VisibleRow(Jurisdiction.objects.all(), by="code")},
        of="`*_total`: in all; a category without it is not paid. `*_deposit`: at least, and"
        " `*_immediate`: inside the total.",
    )
