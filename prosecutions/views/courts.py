"""The verbs before the courts, one page each."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models.records import ITS_CASE
from core.services import Refused
from prosecutions.enums import Disposition, Plea
from prosecutions.forms.courts import (
    AppealForm,
    ComplaintForm,
    JudgmentForm,
    PoliceReportForm,
    ProsecutionForm,
    SentenceForm,
    StageForm,
)
from prosecutions.models import Appeal, Charge, ChargeDecision, Complaint, Judgment, Prosecution
from prosecutions.services.complaints import record_complaint, record_police_report
from prosecutions.services.courts import (
    file_appeal,
    open_prosecution,
    record_judgment,
    record_sentence,
    withdraw_appeal,
)
from prosecutions.services.judgment_rules import appealed_charges
from prosecutions.services.stages import reach_stage
from prosecutions.stages import StageTable
from prosecutions.views.warned import WarnedVerb

MOST_TERMS = 50
PROCEEDING = (*ITS_CASE, "jurisdiction", "court__jurisdiction")


class CourtVerb(WarnedVerb):
    """A verb whose result stands in the section “Court”."""

    once = True
    part = "court"


class RecordComplaint(CourtVerb):
    service, form_class = record_complaint, ComplaintForm
    title = gettext_lazy("Record a complaint")
    intro = gettext_lazy("The complaint to the police; in India, the FIR.")
    submit_label = gettext_lazy("Save the complaint")

    def get_initial(self) -> dict[str, Any]:
        return {"jurisdiction": self.case.jurisdiction.code}


class RecordPoliceReport(CourtVerb):
    model: Any = Complaint
    beside = ITS_CASE
    service, form_class = record_police_report, PoliceReportForm
    title = gettext_lazy("Record what the police decided")
    intro = gettext_lazy("A charge sheet, a closure, or that they took the matter up again.")
    submit_label = gettext_lazy("Save the report")

    def get_initial(self) -> dict[str, Any]:
        accused = self.target.accused.filter(sent_up__isnull=True)
        return {"suspects": list(accused.values_list("suspect", flat=True))}

    def about(self) -> list[tuple[Any, Any]]:
        row = self.target
        last = row.reports.order_by("reported_on", "created_at").last()
        return [
            (_("Complaint"), row.number),
            (_("Filed"), date_format(row.filed_on, "j M Y")),
            (_("Police"), last.get_kind_display() if last else _("investigating")),
        ]


class OpenProsecution(CourtVerb):
    service, form_class = open_prosecution, ProsecutionForm
    title = gettext_lazy("Open a prosecution")
    intro = gettext_lazy("A proceeding was filed before a court. The case moves on with it.")
    submit_label = gettext_lazy("Open the prosecution")

    def get_initial(self) -> dict[str, Any]:
        return {"jurisdiction": self.case.jurisdiction.code}


class ProceedingVerb(CourtVerb):
    """A verb on a proceeding, which its page names."""

    model: Any = Prosecution
    beside: tuple[str, ...] = PROCEEDING

    @property
    def proceeding(self) -> Prosecution:
        proceeding: Prosecution = self.target
        return proceeding

    def about(self) -> list[tuple[Any, Any]]:
        row = self.proceeding
        return [
            (_("Court"), row.court.name if row.court else row.jurisdiction.name),
            (_("Docket"), row.docket or _("none")),
            (_("Filed"), date_format(row.filed_on, "j M Y")),
        ]


class ReachStage(ProceedingVerb):
    service, form_class = reach_stage, StageForm
    title = gettext_lazy("Record the stage")
    intro = gettext_lazy("Filing, charges framed and judgment are recorded with their own forms.")
    submit_label = gettext_lazy("Save the stage")

    def about(self) -> list[tuple[Any, Any]]:
        words = self.table.words_of(self.now) if self.now else _("none recorded")
        return [*super().about(), (_("Stage"), words)]

    def get_form_kwargs(self) -> dict[str, Any]:
        stages = self.table.offered(self.now)
        if not stages:
            raise Refused(_("The next stage follows from charges framed or from a judgment."))
        return super().get_form_kwargs() | {"stages": stages}

    @cached_property
    def table(self) -> StageTable:
        return StageTable.of(self.proceeding)

    @cached_property
    def now(self) -> str:
        rows = Prosecution.objects.visible_to(self.actor).filter(pk=self.proceeding.pk)
        return rows.with_stage().get().stage or ""


class RecordJudgment(ProceedingVerb):
    service, form_class = record_judgment, JudgmentForm
    template_name = "prosecutions/judgment_form.html"
    title = gettext_lazy("Record a judgment")
    intro = gettext_lazy("What the court decided on one day, charge by charge.")
    submit_label = gettext_lazy("Save the judgment")

    def get_form_kwargs(self) -> dict[str, Any]:
        if not self.charges:
            raise Refused(_("There is no charge that this judgment could decide."))
        return super().get_form_kwargs() | {"charges": self.charges, "terms": self.terms}

    @cached_property
    def charges(self) -> list[Charge]:
        rows = Charge.objects.visible_to(self.actor).filter(prosecution=self.proceeding)
        beside = ("suspect", "provision", "final_provision")
        return list(self.decidable(rows).select_related(*beside).order_by("created_at"))

    @property
    def terms(self) -> list[str]:
        """Words that courts of this country used before, as far as this person may see them."""
        country = self.proceeding.jurisdiction.country
        rows = ChargeDecision.objects.visible_to(self.actor).exclude(local_term="")
        there = rows.filter(judgment__prosecution__jurisdiction__code__startswith=country)
        return list(there.order_by("local_term").values_list("local_term", flat=True).distinct())[
            :MOST_TERMS
        ]

    def decidable(self, rows: Any) -> Any:
        return rows.undecided()

    def get_initial(self) -> dict[str, Any]:
        """Who pleaded guilty is convicted on plea, unless somebody says otherwise."""
        guilty = [row for row in self.charges if row.plea == Plea.GUILTY]
        return {f"charge-{row.pk}": Disposition.CONVICTED_PLEA for row in guilty}


class OfProceedingVerb(ProceedingVerb):
    """A verb on a row of a proceeding."""

    beside = (*ITS_CASE, *(f"prosecution__{name}" for name in PROCEEDING))

    @property
    def proceeding(self) -> Prosecution:
        proceeding: Prosecution = self.target.prosecution
        return proceeding


class JudgmentVerb(OfProceedingVerb):
    """A verb on a judgment."""

    model = Judgment

    def about(self) -> list[tuple[Any, Any]]:
        return [*super().about(), (_("Judgment"), date_format(self.target.decided_on, "j M Y"))]


class RecordSentence(JudgmentVerb):
    service, form_class = record_sentence, SentenceForm
    title = gettext_lazy("Record a sentence")
    intro = gettext_lazy("Of one person whom this judgment convicted.")
    submit_label = gettext_lazy("Save the sentence")


class FileAppeal(JudgmentVerb):
    service, form_class = file_appeal, AppealForm
    title = gettext_lazy("File an appeal")
    intro = gettext_lazy("Against this judgment: for one defendant, the others are not touched.")
    submit_label = gettext_lazy("Save the appeal")


class AppealVerb(ProceedingVerb):
    """A verb on an appeal."""

    model = Appeal
    beside = (*ITS_CASE, "suspect", *(f"judgment__{name}" for name in JudgmentVerb.beside))

    @property
    def proceeding(self) -> Prosecution:
        proceeding: Prosecution = self.target.judgment.prosecution
        return proceeding

    def about(self) -> list[tuple[Any, Any]]:
        return [
            *super().about(),
            (_("Judgment"), date_format(self.target.judgment.decided_on, "j M Y")),
            (_("Appeal"), date_format(self.target.filed_on, "j M Y")),
            (_("Who appeals"), self.target.get_appellant_display() or _("not recorded")),
            (_("About"), self.target.suspect.code if self.target.suspect else _("all defendants")),
        ]


class WithdrawAppeal(AppealVerb):
    service = withdraw_appeal
    title = gettext_lazy("Withdraw an appeal")
    intro = gettext_lazy("It then counts as if it had not been filed.")
    submit_label = gettext_lazy("Record the withdrawal")


class JudgeAppeal(AppealVerb, RecordJudgment):
    service, form_class = record_judgment, JudgmentForm
    title = gettext_lazy("Record the judgment on an appeal")
    intro = gettext_lazy("What the higher court decided, charge by charge.")
    submit_label = gettext_lazy("Save the judgment")

    def decidable(self, rows: Any) -> Any:
        return rows.filter(pk__in=appealed_charges(self.target))

    def get_initial(self) -> dict[str, Any]:
        return {}

    def act(self, form: Any) -> str:
        record_judgment(self.proceeding, appeal=self.target, actor=self.actor, **form.cleaned_data)
        return self.after()
