"""Shapes of the corrections: what was entered at first, and why it is put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casework.forms import PastDay, PlaceChoice, RecordForm, places_around
from places.enums import AgencyKind
from prosecutions.enums import (
    AccusedEnd,
    Breach,
    Correction,
    Leg,
    MeasureAnswer,
    Plea,
    Release,
    RequestAnswer,
    SuspectRole,
)
from prosecutions.forms.charges import ChargeForm, ChargeTicks, ProvisionChoice, law_of
from prosecutions.forms.courts import (
    AppealForm,
    ComplaintForm,
    PoliceReportForm,
    ProsecutionForm,
    SentenceForm,
    offer_agencies,
)
from prosecutions.forms.custody import ReleaseForm
from prosecutions.forms.hearings import HearingForm
from prosecutions.forms.networks import ChangeMemberForm
from prosecutions.forms.requests import RequestForm
from prosecutions.forms.survivors import AccusationForm, ProtectionForm
from prosecutions.forms.suspects import SuspectTicks, suspects_of
from prosecutions.models import Charge, Provision, Suspect


class BecauseForm(RecordForm):
    """Why a record is put right, below what is put right."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=[("", "---------"), *Correction.choices]
    )


class CorrectSuspectForm(BecauseForm):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=SuspectRole)
    identified_on = PastDay(label=gettext_lazy("Day we learned of the person"))
    field_order = ("role", "identified_on", "reason")


class CorrectComplaintForm(BecauseForm, ComplaintForm):
    suspects: Any = None

    def offer(self) -> None:
        self.choose("jurisdiction", places_around(self.case))
        offer_agencies(self, "agency", AgencyKind.POLICE_UNIT)


class AccusedForm(BecauseForm):
    suspects = SuspectTicks(Suspect.objects.none(), label=gettext_lazy("Against"), required=False)
    field_order = ("suspects", "reason")

    def offer(self) -> None:
        self.choose("suspects", suspects_of(self))


class CorrectReportForm(BecauseForm, PoliceReportForm):
    suspects: Any = None

    def offer(self) -> None:
        """Whom a sheet sends up is said when it is recorded."""

    def clean(self) -> dict[str, Any]:
        return BecauseForm.clean(self) or {}


class CorrectEndForm(BecauseForm, ReleaseForm):
    """How a custody ended, or that it did not."""

    ended_on = PastDay(label=gettext_lazy("Released on"), required=False)
    ended = forms.ChoiceField(
        label=gettext_lazy("How it ended"),
        choices=[("", gettext_lazy("Not at all: the person is still held")), *Release.choices],
        required=False,
    )
    breached_on = PastDay(label=gettext_lazy("Bail broken on"), required=False)
    breach = forms.ChoiceField(
        label=gettext_lazy("How it was broken"),
        choices=[("", gettext_lazy("Not broken")), *Breach.choices],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Without a sum there is no currency."""
        said = super().clean() or self.cleaned_data
        return said | ({} if said.get("bail_amount") is not None else {"bail_currency": ""})


class CorrectStageForm(BecauseForm):
    reached_on = PastDay(label=gettext_lazy("Reached on"))
    field_order = ("reached_on", "reason")


class TakeOffForm(BecauseForm):
    """Why a hearing was never listed."""


class CorrectListingForm(BecauseForm, HearingForm):
    """Day, hour and purpose of a hearing that has its result."""


class TakeBackForm(BecauseForm):
    """Why a result was none of this hearing."""


class StrikeForm(BecauseForm):
    """Why a record should not be there."""


class CorrectProsecutionForm(BecauseForm, ProsecutionForm):
    pass


class CorrectChargeForm(BecauseForm, ChargeForm):
    survivors: Any = None
    framed_on = PastDay(label=gettext_lazy("Framed, or arraigned, on"), required=False)
    plea = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=[("", "---------"), *Plea.choices], required=False
    )
    pleaded_on = PastDay(label=gettext_lazy("Answered on"), required=False)
    final_provision = ProvisionChoice(
        Provision.objects.none(), label=gettext_lazy("New provision"), required=False
    )
    amended_on = PastDay(label=gettext_lazy("Changed on"), required=False)

    def offer(self) -> None:
        self.choose("suspect", suspects_of(self))
        for name in ("provision", "final_provision"):
            self.choose(name, law_of(self.target.prosecution))


class CorrectJudgmentForm(BecauseForm):
    decided_on = PastDay(label=gettext_lazy("Decided on"))
    field_order = ("decided_on", "reason")


class CorrectAppealForm(BecauseForm, AppealForm):
    def offer(self) -> None:
        decided = self.target.judgment.decisions.values("charge__suspect")
        self.choose("suspect", suspects_of(self).filter(pk__in=decided))


class CorrectSentenceForm(BecauseForm, SentenceForm):
    suspect: Any = None

    def offer(self) -> None:
        """What the sentence was, of the same person."""


class CorrectNetworkForm(BecauseForm):
    identified_on = PastDay(label=gettext_lazy("Identified on"))
    field_order = ("identified_on", "reason")


class CorrectMemberForm(BecauseForm, ChangeMemberForm):
    known_on = PastDay(label=gettext_lazy("Known as a member since"))
    field_order = ("role", "known_on", "left_on", "reason")


class CorrectLegForm(BecauseForm):
    kind = forms.ChoiceField(label=gettext_lazy("What happened there"), choices=Leg)
    jurisdiction = PlaceChoice(label=gettext_lazy("Place"))
    field_order = ("kind", "jurisdiction", "reason")

    def offer(self) -> None:
        self.choose("jurisdiction", places_around(self.case))


class CorrectRequestForm(BecauseForm, RequestForm):
    """A request, its reminders and its answer, or that none came."""

    step: Any = None
    incident: Any = None
    reminders = forms.IntegerField(
        label=gettext_lazy("How often reminded"), min_value=0, max_value=99, required=False
    )
    reminded_on = PastDay(label=gettext_lazy("Day of the last reminder"), required=False)
    answer = forms.ChoiceField(
        label=gettext_lazy("The answer"),
        choices=[("", gettext_lazy("Not answered")), *RequestAnswer.choices],
        required=False,
    )
    answered_on = PastDay(label=gettext_lazy("Answered on"), required=False)

    def offer(self) -> None:
        self.offer_others()

    def clean_reminders(self) -> int:
        return self.cleaned_data["reminders"] or 0


class CorrectProtectionForm(BecauseForm, ProtectionForm):
    answer = forms.ChoiceField(
        label=gettext_lazy("The answer"),
        choices=[("", gettext_lazy("Not answered")), *MeasureAnswer.choices],
        required=False,
    )
    answered_on = PastDay(label=gettext_lazy("Answered on"), required=False)


class CorrectAccusationForm(BecauseForm, AccusationForm):
    ended = forms.ChoiceField(
        label=gettext_lazy("How it ended"),
        choices=[("", gettext_lazy("Not ended")), *AccusedEnd.choices],
        required=False,
    )
    ended_on = PastDay(label=gettext_lazy("Ended on"), required=False)


class ErrorForm(BecauseForm):
    """Which charges a judgment never decided."""

    charges = ChargeTicks(Charge.objects.none(), label=gettext_lazy("It did not decide"))
    field_order = ("charges", "reason")

    def offer(self) -> None:
        ends = self.target.decisions.exclude(lifted_for="error")
        rows = Charge.objects.visible_to(self.user).filter(pk__in=ends.values("charge"))
        beside = ("suspect", "provision", "final_provision")
        self.choose("charges", rows.select_related(*beside).order_by("created_at"))
