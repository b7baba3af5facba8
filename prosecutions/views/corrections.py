"""Putting right what is recorded of police and courts: one page for every noun."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.views import ITS_CASE, VersionedVerb
from prosecutions.forms.corrections import (
    CorrectAppealForm,
    CorrectChargeForm,
    CorrectComplaintForm,
    CorrectEndForm,
    CorrectJudgmentForm,
    CorrectProsecutionForm,
    CorrectReportForm,
    CorrectSentenceForm,
    CorrectStageForm,
    CorrectSuspectForm,
    ErrorForm,
    TakeOffForm,
)
from prosecutions.models import Complaint, Custody, PoliceReport, Sentence, StageReached
from prosecutions.services.corrections import correct_record, enter_in_error, take_off_list
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
from prosecutions.views.suspects import SuspectVerb


class Correct(VersionedVerb):
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


class CorrectStage(Correct, OfProceedingVerb):
    model, form_class = StageReached, CorrectStageForm
    title = gettext_lazy("Correct the day of a stage")

    def about(self) -> list[tuple[Any, Any]]:
        words = StageTable.of(self.proceeding).words_of(self.target.stage)
        return [*super().about(), (_("Stage"), words)]


class TakeOffList(VersionedVerb, HearingVerb, BackToDocket):
    service, form_class = take_off_list, TakeOffForm
    title = gettext_lazy("Take a hearing off the list")
    intro = gettext_lazy("For a hearing that was listed by mistake. It stays in the history.")
    submit_label = gettext_lazy("Take it off the list")


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


class EnterInError(VersionedVerb, JudgmentVerb):
    service, form_class = enter_in_error, ErrorForm
    title = gettext_lazy("Entered in error")
    intro = gettext_lazy("The charges are open again, as before. Then record what was decided.")
    submit_label = gettext_lazy("It was entered in error")


class CorrectAppeal(Correct, AppealVerb):
    form_class = CorrectAppealForm
    title = gettext_lazy("Correct an appeal")


class CorrectSentence(Correct, ProceedingVerb):
    model = Sentence
    beside = (*ITS_CASE, "suspect", *(f"judgment__{name}" for name in JudgmentVerb.beside))
    form_class = CorrectSentenceForm
    title = gettext_lazy("Correct a sentence")

    @property
    def proceeding(self) -> Any:
        return self.target.judgment.prosecution

    def about(self) -> list[tuple[Any, Any]]:
        day = date_format(self.target.judgment.decided_on, "j M Y")
        who = (_("Suspect"), self.target.suspect.code)
        return [*super().about(), (_("Judgment"), day), who]
