"""Putting right what is recorded of police and courts: one page for every noun."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models.records import ITS_CASE
from casework.views import RecordVerb
from prosecutions.forms.corrections import (
    CorrectAccusationForm,
    CorrectAppealForm,
    CorrectChargeForm,
    CorrectComplaintForm,
    CorrectEndForm,
    CorrectJudgmentForm,
    CorrectLegForm,
    CorrectListingForm,
    CorrectMemberForm,
    CorrectNetworkForm,
    CorrectProsecutionForm,
    CorrectProtectionForm,
    CorrectReportForm,
    CorrectRequestForm,
    CorrectSentenceForm,
    CorrectStageForm,
    CorrectSuspectForm,
    ErrorForm,
)
from prosecutions.models import (
    Accusation,
    Complaint,
    CorridorLeg,
    Custody,
    Network,
    PoliceReport,
    ProtectiveMeasure,
    Sentence,
    StageReached,
)
from prosecutions.services.corrections import correct_record, enter_in_error, take_off_list
from prosecutions.services.hearing_corrections import take_back_result
from prosecutions.services.networks import case_of_ours
from prosecutions.stages import StageTable
from prosecutions.views.charges import ChargeVerb
from prosecutions.views.courts import (
    AppealVerb,
    CourtVerb,
    JudgmentVerb,
    OfProceedingVerb,
    ProceedingVerb,
)
from prosecutions.views.custody import OfSuspectVerb
from prosecutions.views.hearings import BackToDocket, HearingVerb
from prosecutions.views.networks import MemberVerb
from prosecutions.views.requests import RequestVerb
from prosecutions.views.survivors import OfSurvivorVerb
from prosecutions.views.suspects import SuspectVerb


class Correct(RecordVerb):
    """The form shows what is recorded; what somebody else changed meanwhile stands beside it."""

    service = correct_record
    intro: Any = gettext_lazy("The former values stay in the history, with who changed them.")
    submit_label = gettext_lazy("Save the correction")

    def get_initial(self) -> dict[str, Any]:
        row, names = self.target, set(self.get_form_class().base_fields) - {"reason"}
        values = {name: getattr(row, name) for name in names if hasattr(row, name)}
        place = values.get("jurisdiction")
        return values | ({"jurisdiction": place.code} if place else {})


class CorrectSuspect(Correct, SuspectVerb):
    form_class = CorrectSuspectForm
    title = gettext_lazy("Correct a suspect")


class ComplaintVerb(CourtVerb):
    """A verb on a complaint."""

    model: Any = Complaint
    beside: tuple[str, ...] = ITS_CASE

    @property
    def complaint(self) -> Complaint:
        complaint: Complaint = self.target
        return complaint

    def about(self) -> list[tuple[Any, Any]]:
        row = self.complaint
        return [(_("Complaint"), row.number), (_("Filed"), date_format(row.filed_on, "j M Y"))]


class CorrectComplaint(Correct, ComplaintVerb):
    beside, form_class = (*ITS_CASE, "jurisdiction"), CorrectComplaintForm
    title = gettext_lazy("Correct a complaint")


class ReportVerb(ComplaintVerb):
    """A verb on a report of the police."""

    model: Any = PoliceReport
    beside = (*ITS_CASE, "complaint")

    @property
    def complaint(self) -> Complaint:
        complaint: Complaint = self.target.complaint
        return complaint


class CorrectReport(Correct, ReportVerb):
    form_class = CorrectReportForm
    title = gettext_lazy("Correct a report of the police")


class CorrectEnd(Correct, OfSuspectVerb):
    model, form_class = Custody, CorrectEndForm
    title = gettext_lazy("Correct a release or the bail")

    def about(self) -> list[tuple[Any, Any]]:
        return [*super().about(), (_("In custody since"), date_format(self.target.since, "j M Y"))]


class StageVerb(OfProceedingVerb):
    """A verb on a stage that was reached."""

    model = StageReached

    def about(self) -> list[tuple[Any, Any]]:
        words = StageTable.of(self.proceeding).words_of(self.target.stage)
        return [*super().about(), (_("Stage"), words)]


class CorrectStage(Correct, StageVerb):
    form_class = CorrectStageForm
    title = gettext_lazy("Correct the day of a stage")


class TakeOffList(HearingVerb, BackToDocket):
    service = take_off_list
    title = gettext_lazy("Take a hearing off the list")
    intro = gettext_lazy("For a hearing that was listed by mistake. It stays in the history.")
    submit_label = gettext_lazy("Take it off the list")


class CorrectListing(Correct, HearingVerb):
    form_class = CorrectListingForm
    title = gettext_lazy("Correct when and what for a hearing was")


class TakeBackResult(HearingVerb):
    service = take_back_result
    title = gettext_lazy("Take back the result of a hearing")
    intro = gettext_lazy(
        "For a result of another matter. The next hearing that was listed with it goes off the"
        " list, and the true result is due."
    )
    submit_label = gettext_lazy("Take the result back")

    def about(self) -> list[tuple[Any, Any]]:
        return [*super().about(), (_("Result"), self.target.get_result_display())]


class CorrectProsecution(Correct, ProceedingVerb):
    form_class = CorrectProsecutionForm
    title = gettext_lazy("Correct a prosecution")


class CorrectCharge(Correct, ChargeVerb):
    form_class = CorrectChargeForm
    template_name = "prosecutions/charge_form.html"
    title = gettext_lazy("Correct a charge")


class CorrectJudgment(Correct, JudgmentVerb):
    form_class = CorrectJudgmentForm
    title = gettext_lazy("Correct the day of a judgment")


class EnterInError(JudgmentVerb):
    service, form_class = enter_in_error, ErrorForm
    title = gettext_lazy("Entered in error")
    intro = gettext_lazy("The charges are open again, as before. Then record what was decided.")
    submit_label = gettext_lazy("It was entered in error")


class CorrectAppeal(Correct, AppealVerb):
    form_class = CorrectAppealForm
    title = gettext_lazy("Correct an appeal")


class GivenSentenceVerb(ProceedingVerb):
    """A verb on a sentence and what it says."""

    model = Sentence
    beside = (*ITS_CASE, "suspect", *(f"judgment__{name}" for name in JudgmentVerb.beside))

    @property
    def proceeding(self) -> Any:
        return self.target.judgment.prosecution

    def about(self) -> list[tuple[Any, Any]]:
        day = date_format(self.target.judgment.decided_on, "j M Y")
        who = (_("Suspect"), self.target.suspect.code)
        return [*super().about(), (_("Judgment"), day), who]


class CorrectSentence(Correct, GivenSentenceVerb):
    form_class = CorrectSentenceForm
    title = gettext_lazy("Correct a sentence")


class CorrectNetwork(Correct):
    """A network lies in no one case: the page is that of a case of theirs with a member of it."""

    model, beside, form_class = Network, (), CorrectNetworkForm
    title = gettext_lazy("Correct the day a network was identified")

    @cached_property
    def case(self) -> Any:
        return case_of_ours(self.target, self.actor)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"target": self.case}

    def about(self) -> list[tuple[Any, Any]]:
        return [(_("Network"), self.target.code)]

    def after(self) -> str:
        return reverse("prosecutions:network", args=[self.target.pk])


class CorrectMember(Correct, MemberVerb):
    form_class = CorrectMemberForm
    title = gettext_lazy("Correct a member of a network")


class CorrectLeg(Correct):
    model, form_class, part = CorridorLeg, CorrectLegForm, "borders"
    beside = (*ITS_CASE, "jurisdiction")
    title = gettext_lazy("Correct a place on a way")


class CorrectRequest(Correct, RequestVerb):
    form_class = CorrectRequestForm
    title = gettext_lazy("Correct a request or its answer")


class CorrectProtection(Correct, OfSurvivorVerb):
    model, form_class = ProtectiveMeasure, CorrectProtectionForm
    title = gettext_lazy("Correct what protects a survivor")


class CorrectAccusation(Correct, OfSurvivorVerb):
    model, form_class = Accusation, CorrectAccusationForm
    title = gettext_lazy("Correct an accusation of a survivor")
