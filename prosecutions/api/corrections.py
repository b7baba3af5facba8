"""Putting right what is recorded of police and courts: one PATCH for every noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from core.api.serializers import (
    Amount,
    Day,
    Hour,
    Input,
    Labelled,
    Text,
    Truth,
    VisibleRow,
    WholeNumber,
)
from core.api.viewsets import ReadViewSet
from places.models import Agency, Jurisdiction
from prosecutions.enums import (
    Accused,
    AccusedEnd,
    Appellant,
    BailCondition,
    Breach,
    Correction,
    Direction,
    HearingPurpose,
    Leg,
    Measure,
    MeasureAnswer,
    NetworkRole,
    Plea,
    PoliceReportKind,
    Release,
    RequestAnswer,
    RequestKind,
    SuspectRole,
)
from prosecutions.models import Complaint, Prosecution, Provision, Suspect
from prosecutions.services.corrections import correct_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.response import Response


class BecauseInput(Input):
    """What is not sent stays as it is."""

    reason = Labelled(Correction)


class CorrectSuspectInput(BecauseInput):
    role = Labelled(SuspectRole, required=False)
    identified_on = Day(required=False)


class CorrectComplaintInput(BecauseInput):
    number = Text(max_length=60, required=False)
    filed_on = Day(required=False)
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code", required=False)
    agency = VisibleRow(Agency.objects.all(), required=False, allow_null=True)


class CorrectReportInput(BecauseInput):
    kind = Labelled(PoliceReportKind, required=False)
    reported_on = Day(required=False)


class CorrectEndInput(BecauseInput):
    """`ended_on` and `ended` empty: the person is still held; so are those of a breach."""

    ended_on = Day(required=False, allow_null=True)
    ended = Labelled(Release, required=False, allow_blank=True)
    bail_conditions = serializers.ListField(
        child=Labelled(BailCondition), required=False, max_length=len(BailCondition)
    )
    sureties = WholeNumber(min_value=0, max_value=99, required=False, allow_null=True)
    bail_amount = Amount(required=False, allow_null=True)
    bail_currency = serializers.RegexField(r"^([A-Z]{3})?$", required=False, allow_blank=True)
    breached_on = Day(required=False, allow_null=True)
    breach = Labelled(Breach, required=False, allow_blank=True)


class CorrectStageInput(BecauseInput):
    reached_on = Day()


class CorrectListingInput(BecauseInput):
    listed_on = Day(required=False)
    listed_at = Hour(required=False, allow_null=True)
    purpose = Labelled(HearingPurpose, required=False)


class CorrectProsecutionInput(BecauseInput):
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code", required=False)
    filed_on = Day(required=False)
    docket = Text(max_length=60, required=False, allow_blank=True)
    court = VisibleRow(Agency.objects.all(), required=False, allow_null=True)
    complaint = VisibleRow(Complaint.objects.all(), required=False, allow_null=True)


class CorrectChargeInput(BecauseInput):
    suspect = VisibleRow(Suspect.objects.all(), required=False)
    provision = VisibleRow(Provision.objects.select_related("jurisdiction"), required=False)
    offence_on = Day(required=False)
    filed_on = Day(required=False)
    framed_on = Day(required=False, allow_null=True)
    plea = Labelled(Plea, required=False, allow_blank=True)
    pleaded_on = Day(required=False, allow_null=True)
    final_provision = VisibleRow(
        Provision.objects.select_related("jurisdiction"), required=False, allow_null=True
    )
    amended_on = Day(required=False, allow_null=True)


class CorrectJudgmentInput(BecauseInput):
    decided_on = Day()


class CorrectAppealInput(BecauseInput):
    filed_on = Day(required=False)
    appellant = Labelled(Appellant, required=False)
    suspect = VisibleRow(Suspect.objects.all(), required=False, allow_null=True)


class CorrectSentenceInput(BecauseInput):
    months = WholeNumber(min_value=0, max_value=1200, required=False, allow_null=True)
    life = Truth(required=False)
    suspended = Truth(required=False)
    fine = Amount(required=False, allow_null=True)
    compensation = Amount(required=False, allow_null=True)
    currency = serializers.RegexField(r"^[A-Z]{3}$", required=False)


class CorrectNetworkInput(BecauseInput):
    identified_on = Day()


class CorrectMemberInput(BecauseInput):
    role = Labelled(NetworkRole, required=False)
    known_on = Day(required=False)
    left_on = Day(required=False, allow_null=True)


class CorrectLegInput(BecauseInput):
    kind = Labelled(Leg, required=False)
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code", required=False)


class CorrectRequestInput(BecauseInput):
    """`answer` and `answered_on` empty: it was not answered; so are those of reminders."""

    direction = Labelled(Direction, required=False)
    kind = Labelled(RequestKind, required=False)
    jurisdiction = VisibleRow(Jurisdiction.objects.all(), by="code", required=False)
    agency = VisibleRow(
        Agency.objects.select_related("jurisdiction"), required=False, allow_null=True
    )
    prosecution = VisibleRow(Prosecution.objects.all(), required=False, allow_null=True)
    asked_on = Day(required=False)
    reminders = WholeNumber(min_value=0, max_value=99, required=False)
    reminded_on = Day(required=False, allow_null=True)
    answer = Labelled(RequestAnswer, required=False, allow_blank=True)
    answered_on = Day(required=False, allow_null=True)


class CorrectProtectionInput(BecauseInput):
    """`answer` and `answered_on` empty: it waits."""

    kind = Labelled(Measure, required=False)
    asked_on = Day(required=False)
    prosecution = VisibleRow(
        Prosecution.objects.select_related("jurisdiction"), required=False, allow_null=True
    )
    answer = Labelled(MeasureAnswer, required=False, allow_blank=True)
    answered_on = Day(required=False, allow_null=True)


class CorrectAccusationInput(BecauseInput):
    """`ended` and `ended_on` empty: it has not ended."""

    offence = Labelled(Accused, required=False)
    accused_on = Day(required=False)
    ended = Labelled(AccusedEnd, required=False, allow_blank=True)
    ended_on = Day(required=False, allow_null=True)


class Correctable(ReadViewSet):
    """A noun whose records can be put right."""

    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right what is recorded, with the reason. The former values stay in the history."""
        return self.change_with(correct_record, self.as_shown)

    def as_shown(self, row: Any) -> Any:
        return self.get_serializer(self.get_queryset().get(pk=row.pk))


def correctable(shape: type[BecauseInput], shown: Any) -> Callable[[Any], Any]:
    """Says what is taken and what is answered."""
    return extend_schema_view(partial_update=extend_schema(request=shape, responses=shown))
