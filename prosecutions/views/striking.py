"""Striking what was entered in error: one page, of each noun; and whom a complaint is against."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.views import VersionedVerb
from prosecutions.forms.corrections import AccusedForm, StrikeForm
from prosecutions.models import Arrest, Custody
from prosecutions.services.striking import set_accused, strike
from prosecutions.views.charges import ChargeVerb
from prosecutions.views.compensation import PaymentVerb
from prosecutions.views.corrections import ComplaintVerb, ReportVerb
from prosecutions.views.courts import ProceedingVerb
from prosecutions.views.custody import OfSuspectVerb
from prosecutions.views.hearings import HearingVerb
from prosecutions.views.suspects import SuspectVerb


class Strike(VersionedVerb):
    service, form_class = strike, StrikeForm
    title: Any = gettext_lazy("Entered in error")
    intro: Any = gettext_lazy(
        "For what is recorded twice, or of somebody else. It goes out of the case and out of every"
        " figure. What it said stays in the history, with who struck it and why."
    )
    submit_label: Any = gettext_lazy("Strike it")


class SetAccused(VersionedVerb, ComplaintVerb):
    service, form_class = set_accused, AccusedForm
    title = gettext_lazy("Whom a complaint is against")
    intro = gettext_lazy("Tick all of them. Who was named before stays in the history.")

    def get_initial(self) -> dict[str, Any]:
        return {"suspects": list(self.target.accused.values_list("suspect", flat=True))}


class StrikeComplaint(Strike, ComplaintVerb):
    pass


class StrikeReport(Strike, ReportVerb):
    def about(self) -> list[tuple[Any, Any]]:
        day = date_format(self.target.reported_on, "j M Y")
        return [*super().about(), (self.target.get_kind_display(), day)]


class StrikeSuspect(Strike, SuspectVerb):
    pass


class StrikeArrest(Strike, OfSuspectVerb):
    model = Arrest

    def about(self) -> list[tuple[Any, Any]]:
        return [*super().about(), (_("Arrested"), date_format(self.target.arrested_on, "j M Y"))]


class StrikeCustody(Strike, OfSuspectVerb):
    model = Custody

    def about(self) -> list[tuple[Any, Any]]:
        return [*super().about(), (_("In custody since"), date_format(self.target.since, "j M Y"))]


class StrikeProsecution(Strike, ProceedingVerb):
    pass


class StrikeCharge(Strike, ChargeVerb):
    pass


class StrikeHearing(Strike, HearingVerb):
    pass


class StrikePayment(Strike, PaymentVerb):
    def about(self) -> list[tuple[Any, Any]]:
        paid = f"{self.sentence.currency} {self.target.amount:,.2f}"
        day = date_format(self.target.paid_on, "j M Y")
        return [*super().about(), (_("Payment"), f"{paid}, {day}")]
