"""Striking what was entered in error: one page, of each noun; and whom a complaint is against."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.views import RecordVerb
from prosecutions.forms.corrections import AccusedForm
from prosecutions.models import Arrest, Custody, Participation
from prosecutions.services.striking import set_accused, strike
from prosecutions.views.charges import ChargeVerb
from prosecutions.views.compensation import PaymentVerb
from prosecutions.views.corrections import (
    ComplaintVerb,
    GivenSentenceVerb,
    ReportVerb,
    StageVerb,
)
from prosecutions.views.courts import AppealVerb, ProceedingVerb
from prosecutions.views.custody import OfSuspectVerb
from prosecutions.views.hearings import HearingVerb
from prosecutions.views.networks import MemberVerb, WayVerb
from prosecutions.views.requests import RequestVerb
from prosecutions.views.survivors import AccusationVerb, OfSurvivorVerb, ProtectionVerb
from prosecutions.views.suspects import SuspectVerb


class Strike(RecordVerb):
    service = strike
    title: Any = gettext_lazy("Entered in error")
    intro: Any = gettext_lazy(
        "Use this for a record entered twice or for the wrong person. It leaves the "
        "case and every figure. Its content stays in the history, with who struck it "
        "and why."
    )
    submit_label: Any = gettext_lazy("Strike it")


class SetAccused(ComplaintVerb):
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


class StrikeStage(Strike, StageVerb):
    def about(self) -> list[tuple[Any, Any]]:
        day = date_format(self.target.reached_on, "j M Y")
        return [*super().about(), (_("Reached"), day)]


class StrikeCharge(Strike, ChargeVerb):
    pass


class StrikeSentence(Strike, GivenSentenceVerb):
    pass


class StrikeAppeal(Strike, AppealVerb):
    pass


class StrikeHearing(Strike, HearingVerb):
    pass


class StrikeParticipation(Strike, OfSurvivorVerb):
    model = Participation

    def about(self) -> list[tuple[Any, Any]]:
        day = date_format(self.target.happened_on, "j M Y")
        return [*super().about(), (self.target.get_kind_display(), day)]


class StrikeProtection(Strike, ProtectionVerb):
    pass


class StrikeAccusation(Strike, AccusationVerb):
    pass


class StrikeMember(Strike, MemberVerb):
    part = "borders"

    def after(self) -> str:
        """Without its last member nobody sees the network: back to the case."""
        return super(MemberVerb, self).after()


class StrikeWay(Strike, WayVerb):
    def about(self) -> list[tuple[Any, Any]]:
        legs = self.target.legs.select_related("jurisdiction").order_by("position")
        places = [(leg.get_kind_display(), leg.jurisdiction.name) for leg in legs]
        return [*super().about(), *places]


class StrikeRequest(Strike, RequestVerb):
    pass


class StrikePayment(Strike, PaymentVerb):
    def about(self) -> list[tuple[Any, Any]]:
        paid = f"{self.sentence.currency} {self.target.amount:,.2f}"
        day = date_format(self.target.paid_on, "j M Y")
        return [*super().about(), (_("Payment"), f"{paid}, {day}")]
