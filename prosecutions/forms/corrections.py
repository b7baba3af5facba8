"""Shapes of the corrections: what was entered at first, and why it is put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casework.forms import PastDay, RecordForm, places_around
from places.enums import AgencyKind
from prosecutions.enums import Correction, SuspectRole
from prosecutions.forms.charges import ChargeForm, ChargeTicks, law_of
from prosecutions.forms.courts import (
    AppealForm,
    ComplaintForm,
    ProsecutionForm,
    SentenceForm,
    agencies_of,
)
from prosecutions.forms.suspects import suspects_of
from prosecutions.models import Charge


class BecauseForm(RecordForm):
    """Why a record is put right, below what is put right."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=[("", "---------"), *Correction.choices]
    )


class CorrectSuspectForm(BecauseForm):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=SuspectRole)
    field_order = ("role", "reason")


class CorrectComplaintForm(BecauseForm, ComplaintForm):
    suspects: Any = None

    def offer(self) -> None:
        self.choose("jurisdiction", places_around(self.case))
        self.choose("agency", agencies_of(self, AgencyKind.POLICE_UNIT))


class CorrectProsecutionForm(BecauseForm, ProsecutionForm):
    pass


class CorrectChargeForm(BecauseForm, ChargeForm):
    survivors: Any = None

    def offer(self) -> None:
        self.choose("suspect", suspects_of(self))
        self.choose("provision", law_of(self.target.prosecution))


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


class ErrorForm(BecauseForm):
    """Which charges a judgment never decided."""

    charges = ChargeTicks(Charge.objects.none(), label=gettext_lazy("It did not decide"))
    field_order = ("charges", "reason")

    def offer(self) -> None:
        ends = self.target.decisions.exclude(lifted_for="error")
        rows = Charge.objects.visible_to(self.user).filter(pk__in=ends.values("charge"))
        beside = ("suspect", "provision", "final_provision")
        self.choose("charges", rows.select_related(*beside).order_by("created_at"))
