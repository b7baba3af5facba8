from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.filters import choice, day, identifier
from core.api.viewsets import ReadViewSet
from core.pagination import Sort
from prosecutions.api.corrections import CorrectEndInput
from prosecutions.api.custody_serializers import (
    BeginCustodyInput,
    CorrectArrestInput,
    CorrectCustodyInput,
    CustodyClockSerializer,
    CustodySerializer,
    EndCustodyInput,
    RecordArrestInput,
    RecordBreachInput,
)
from prosecutions.api.serializers import ArrestSerializer
from prosecutions.api.striking import Strikable, StrikeInput
from prosecutions.enums import Attribution, Release
from prosecutions.models import Arrest, Custody, CustodyClock
from prosecutions.services.arrests import correct_arrest, record_arrest, release_arrested
from prosecutions.services.corrections import correct_record
from prosecutions.services.custody import (
    begin_custody,
    correct_custody,
    end_custody,
    record_breach,
)
from prosecutions.services.striking import strike


class ArrestViewSet(Strikable):
    """Arrests of suspects. Those made in a rescue arrive with its report."""

    queryset = Arrest.objects.select_related("agency", "case__jurisdiction", "case__office")
    serializer_class = ArrestSerializer
    sorts = {"newest": Sort(("arrested_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "suspect": identifier("suspect"),
        "attribution": choice("attribution", Attribution),
        "arrested_from": day("arrested_on__gte"),
        "arrested_to": day("arrested_on__lte"),
    }
    services = {
        "create": record_arrest,
        "partial_update": correct_arrest,
        "release": release_arrested,
        "strike": strike,
    }
    inputs = {
        "create": RecordArrestInput,
        "partial_update": CorrectArrestInput,
        "release": EndCustodyInput,
        "strike": StrikeInput,
    }

    @extend_schema(request=RecordArrestInput, responses={201: ArrestSerializer})
    def create(self, request: Any) -> Response:
        """Record an arrest made apart from a rescue. From its hour on custody is presumed."""
        return self.create_with(record_arrest)

    @extend_schema(request=CorrectArrestInput, responses=ArrestSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right the day and hour of an arrest, by whom, or whose work it was."""
        kept = ("arrested_on", "arrested_at", "agency", "attribution")
        return self.change_with(correct_arrest, keeps=kept)

    @extend_schema(request=EndCustodyInput, responses=CustodySerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Any, pk: Any) -> Response:
        """Record at once that somebody was held from the arrest on, and how that ended."""
        return self.change_with(release_arrested, CustodySerializer)


class CustodyClockViewSet(ReadViewSet):
    """Hours that run since an arrest, until somebody records custody, release or bail."""

    queryset = CustodyClock.objects.select_related("case__jurisdiction", "case__office")
    serializer_class = CustodyClockSerializer
    sorts = {"soonest": Sort(("court_by", "id"))}
    filters = {"case": identifier("case")}


class CustodyViewSet(Strikable):
    """Custody of suspects, with the limits that run, and the terms of a bail."""

    queryset = Custody.objects.select_related(
        "case__jurisdiction", "case__office", "provision__jurisdiction"
    )
    serializer_class = CustodySerializer
    sorts = {"newest": Sort(("since", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "suspect": identifier("suspect"),
        "ended": choice("ended", Release),
        "charge_by_from": day("charge_by__gte"),
        "charge_by_to": day("charge_by__lte"),
    }
    services = {
        "create": begin_custody,
        "partial_update": correct_custody,
        "release": end_custody,
        "breach": record_breach,
        "correct_end": correct_record,
        "strike": strike,
    }
    inputs = {
        "create": BeginCustodyInput,
        "partial_update": CorrectCustodyInput,
        "release": EndCustodyInput,
        "breach": RecordBreachInput,
        "correct_end": CorrectEndInput,
        "strike": StrikeInput,
    }
    versioned = Strikable.versioned | {"correct_end"}

    @extend_schema(request=BeginCustodyInput, responses={201: CustodySerializer})
    def create(self, request: Any) -> Response:
        """Record that a suspect is held."""
        return self.create_with(begin_custody)

    @extend_schema(request=CorrectCustodyInput, responses=CustodySerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right since when, for what, when before a court, and until when."""
        kept = ("since", "since_at", "provision", "in_court_on", "limit_reason")
        return self.change_with(correct_custody, keeps=kept)

    @extend_schema(request=EndCustodyInput, responses=CustodySerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Any, pk: Any) -> Response:
        """Record the release of a suspect."""
        return self.change_with(end_custody)

    @extend_schema(request=RecordBreachInput, responses=CustodySerializer)
    @action(detail=True, methods=["post"])
    def breach(self, request: Any, pk: Any) -> Response:
        """Record that somebody broke the bail."""
        return self.change_with(record_breach)

    @extend_schema(request=CorrectEndInput, responses=CustodySerializer)
    @action(detail=True, methods=["post"], url_path="correct-end")
    def correct_end(self, request: Any, pk: Any) -> Response:
        """Put right how a custody ended, the bail and its breach, or say that it never ended."""
        return self.change_with(correct_record)
