"""Forms of the corrections: what was entered at first, and why it is put right."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.money import CaseCurrency, CurrencyField
from core.forms import DayField, code_or, optional, radios, ticks, when
from core.verbs.forms import form_of
from prosecutions import columns
from prosecutions.corrections.services.records import correct_record, enter_in_error
from prosecutions.corrections.services.striking import set_accused
from prosecutions.enums import Release
from prosecutions.forms.fields import (
    AnyAgency,
    Court,
    CourtForm,
    PoliceUnit,
    SuspectTicks,
    law_of,
    suspects_of,
)
from prosecutions.forms.judgments import SentenceTyped, imprisonment
from prosecutions.forms.requests import ASKED_BY_US
from prosecutions.models import (
    Accusation,
    Appeal,
    AssistanceRequest,
    Charge,
    Complaint,
    CorridorLeg,
    Custody,
    Hearing,
    Judgment,
    Network,
    NetworkMember,
    PoliceReport,
    Prosecution,
    ProtectiveMeasure,
    Sentence,
    StageReached,
    Suspect,
)


def correction(
    table: object, changes: object, base: type[forms.Form] = CourtForm, **fields: Any
) -> Any:
    """Every column of a record that can be put right, and why it is, below them."""
    order = fields.pop("order", changes.__annotations__)
    return form_of(
        correct_record, base, table=table, changes=changes, on=fields, order=(*order, "reason")
    )


CorrectSuspectForm = correction(Suspect, columns.SuspectColumns)
CorrectComplaintForm = correction(Complaint, columns.ComplaintColumns, agency=PoliceUnit)
CorrectReportForm = correction(PoliceReport, columns.PoliceReportColumns)
CorrectStageForm = correction(StageReached, columns.StageColumns)
CorrectListingForm = correction(
    Hearing,
    columns.ListingColumns,
    listed_on=partial(DayField, ahead=True),
    order=("listed_on", "listed_at", "purpose", "room", "judge", "counsel"),
)
CorrectProsecutionForm = correction(
    Prosecution,
    columns.ProsecutionColumns,
    court=Court,
    order=("jurisdiction", "court", "docket", "filed_on", "complaint"),
)
CorrectJudgmentForm = correction(Judgment, columns.JudgmentColumns)
CorrectSentenceForm = correction(
    Sentence, columns.SentenceColumns, SentenceTyped, months=imprisonment, currency=CurrencyField
)
CorrectNetworkForm = correction(Network, columns.NetworkColumns)
CorrectMemberForm = correction(NetworkMember, columns.MemberColumns)
CorrectLegForm = correction(CorridorLeg, columns.LegColumns)
CorrectProtectionForm = correction(
    ProtectiveMeasure,
    columns.ProtectionColumns,
    kind=radios,
    answer=code_or(_("Not answered")),
)
CorrectAccusationForm = correction(
    Accusation, columns.AccusationColumns, offence=radios, ended=code_or(_("Not ended"))
)
AccusedForm = form_of(
    set_accused, CourtForm, on={"suspects": optional(SuspectTicks)}, order=("suspects",)
)


class CorrectEndForm(
    correction(  # type: ignore[misc]
        Custody,
        columns.CustodyEndColumns,
        ended=code_or(_("Not at all: the person is still held")),
        bail_conditions=optional(ticks),
        bail_currency=CaseCurrency,
        breach=code_or(_("Not broken")),
    )
):
    """By hand: how a custody ended, or that it did not; without a sum there is no currency."""

    applies = dict.fromkeys(
        ("bail_conditions", "sureties", "bail_amount", "bail_currency", "breached_on", "breach"),
        when(ended=Release.ON_BAIL),
    )

    def clean(self) -> dict[str, object]:
        values = super().clean() or self.cleaned_data
        return values | ({} if values.get("bail_amount") is not None else {"bail_currency": ""})


class CorrectChargeForm(
    correction(  # type: ignore[misc]
        Charge,
        columns.ChargeColumns,
        order=(
            *("suspect", "offence_on", "provision", "filed_on", "framed_on"),
            *("plea", "pleaded_on", "final_provision", "amended_on"),
        ),
    )
):
    """By hand: the law is that of the court."""

    def offer(self) -> None:
        for name in ("provision", "final_provision"):
            self.choose(name, law_of(self.target.prosecution))


class CorrectAppealForm(correction(Appeal, columns.AppealColumns)):  # type: ignore[misc]
    """By hand: the defendants of the judgment."""

    def offer(self) -> None:
        decided = self.target.judgment.decisions.values("charge__suspect")
        self.choose("suspect", suspects_of(self).filter(pk__in=decided))


class CorrectRequestForm(
    correction(  # type: ignore[misc]
        AssistanceRequest,
        columns.RequestColumns,
        direction=ASKED_BY_US,
        agency=AnyAgency,
        reminders=optional(
            lambda initial=None, **words: forms.IntegerField(min_value=0, max_value=99, **words)
        ),
        answer=code_or(_("Not answered")),
    )
):
    """By hand: left empty, nobody was reminded."""

    def clean_reminders(self) -> int:
        return self.cleaned_data["reminders"] or 0


class ErrorForm(form_of(enter_in_error, CourtForm, order=("charges",))):  # type: ignore[misc]
    """By hand: which charges a judgment never decided."""

    def offer(self) -> None:
        ends = self.target.decisions.exclude(lifted_for="error")
        rows = Charge.objects.visible_to(self.user).filter(pk__in=ends.values("charge"))
        beside = ("suspect", "provision", "final_provision")
        self.choose("charges", rows.select_related(*beside).order_by("created_at"))
