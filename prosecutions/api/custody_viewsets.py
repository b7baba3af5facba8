from __future__ import annotations

from rest_framework import serializers
from rest_framework.serializers import RegexField

from core.api.serializers import Labelled
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from prosecutions.api.custody_serializers import CustodyClockSerializer, CustodySerializer
from prosecutions.api.serializers import ArrestSerializer
from prosecutions.columns import CustodyEndColumns
from prosecutions.corrections.api import Strikable
from prosecutions.corrections.services.records import correct_record
from prosecutions.enums import BailCondition
from prosecutions.models import Arrest, Custody, CustodyClock
from prosecutions.services.arrests import correct_arrest, record_arrest, release_arrested
from prosecutions.services.custody import begin_custody, correct_custody, end_custody, record_breach


class ArrestViewSet(Strikable):
    """Arrests of suspects. Those made in a rescue arrive with its report."""

    listed = List(
        Arrest.objects.select_related("agency", "case__jurisdiction", "case__office"),
        "case suspect attribution arrested_on",
        orders={"newest": "-arrested_on"},
    )
    serializer_class = ArrestSerializer

    create = Verb(record_arrest)
    partial_update = Verb(
        correct_arrest, keeps=("arrested_on", "arrested_at", "agency", "attribution")
    )
    release = Verb(
        release_arrested,
        body="EndCustodyInput",
        answers=CustodySerializer,
        on={
            "bail_conditions": serializers.ListField(
                child=Labelled(BailCondition), required=False, max_length=len(BailCondition)
            ),
            "bail_currency": serializers.RegexField("^[A-Z]{3}$", required=False),
        },
    )


class CustodyClockViewSet(ReadViewSet):
    """Hours that run since an arrest, until somebody records custody, release or bail."""

    listed = List(
        CustodyClock.objects.select_related("case__jurisdiction", "case__office"),
        "case",
        orders={"soonest": "court_by"},
    )
    serializer_class = CustodyClockSerializer


class CustodyViewSet(Strikable):
    """Custody of suspects, with the limits that run, and the terms of a bail."""

    listed = List(
        Custody.objects.select_related(
            "case__jurisdiction", "case__office", "provision__jurisdiction"
        ),
        "case suspect ended charge_by",
        orders={"newest": "-since"},
    )
    serializer_class = CustodySerializer

    create = Verb(begin_custody)
    partial_update = Verb(
        correct_custody, keeps=("since", "since_at", "provision", "in_court_on", "limit_reason")
    )
    release = Verb(
        end_custody,
        on={
            "bail_conditions": serializers.ListField(
                child=Labelled(BailCondition), required=False, max_length=len(BailCondition)
            ),
            "bail_currency": serializers.RegexField("^[A-Z]{3}$", required=False),
        },
    )
    breach = Verb(record_breach)
    correct_end = Verb(
        correct_record,
        says="Correct how a custody ended, the bail and its breach, or say that it never ended.",
        changes=CustodyEndColumns,
        body="CorrectEndInput",
        of="`ended_on` and `ended` empty: the person is still held; so are those of a breach.",
        on={"bail_currency": RegexField(r"^([A-Z]{3})?$", required=False, allow_blank=True)},
    )
