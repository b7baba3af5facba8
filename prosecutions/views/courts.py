"""The verbs before the courts, one page each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.services import Refused
from prosecutions.enums import Disposition, Plea
from prosecutions.forms.courts import (
    ComplaintForm,
    JudgmentForm,
    PoliceReportForm,
    ProsecutionForm,
    StageForm,
)
from prosecutions.models import Appeal, Charge, ChargeDecision, Complaint, Prosecution
from prosecutions.services.complaints import record_complaint, record_police_report
from prosecutions.services.courts import (
    open_prosecution,
    record_judgment,
)
from prosecutions.services.judgment_rules import appealed_charges
from prosecutions.services.stages import reach_stage
from prosecutions.stages import StageTable
from prosecutions.views.warned import CourtVerb

if TYPE_CHECKING:
    from django.forms import BaseForm

    from core.access import ScopedQuerySet
    from prosecutions.querysets import ChargeQuerySet

MOST_TERMS = 50


class RecordComplaint(CourtVerb):
    """By hand: it begins with the place of the case."""

    service, form_class = record_complaint, ComplaintForm
    title = gettext_lazy("Record a complaint")
    intro = gettext_lazy("The complaint to the police; in India, the FIR.")
    submit_label = gettext_lazy("Save the complaint")

    def get_initial(self) -> dict[str, object]:
        return {"jurisdiction": self.case.jurisdiction.code}


class RecordPoliceReport(CourtVerb):
    """By hand: who is not before a court is ticked, and the last report is shown."""

    model, service, form_class = Complaint, record_police_report, PoliceReportForm
    title = gettext_lazy("Record what the police decided")
    intro = gettext_lazy("A charge sheet, a closure, or that they took the matter up again.")
    submit_label = gettext_lazy("Save the report")

    def get_initial(self) -> dict[str, object]:
        accused = self.target.accused.filter(sent_up__isnull=True)
        return {"suspects": list(accused.values_list("suspect", flat=True))}

    def about(self) -> list[tuple[Any, Any]]:
        last = self.target.reports.order_by("reported_on", "created_at").last()
        decided = last.get_kind_display() if last else _("investigating")
        return [*super().about(), (_("Police"), decided)]


class OpenProsecution(CourtVerb):
    """By hand: it begins with the place of the case."""

    service, form_class = open_prosecution, ProsecutionForm
    title = gettext_lazy("Open a prosecution")
    intro = gettext_lazy("A proceeding was filed before a court. The case moves on with it.")
    submit_label = gettext_lazy("Open the prosecution")

    def get_initial(self) -> dict[str, object]:
        return {"jurisdiction": self.case.jurisdiction.code}


class ReachStage(CourtVerb):
    """By hand: which stages come next."""

    model: Any = Prosecution
    service, form_class = reach_stage, StageForm
    title = gettext_lazy("Record the stage")
    intro = gettext_lazy("Filing, charges framed and judgment are recorded with their own forms.")
    submit_label = gettext_lazy("Save the stage")

    def about(self) -> list[tuple[Any, Any]]:
        words = self.table.words_of(self.now) if self.now else _("none recorded")
        return [*super().about(), (_("Stage"), words)]

    def get_form_kwargs(self) -> dict[str, object]:
        stages = self.table.offered(self.now)
        if not stages:
            raise Refused(_("The next stage follows from charges framed or from a judgment."))
        return super().get_form_kwargs() | {"stages": stages}

    @cached_property
    def table(self) -> StageTable:
        return StageTable.of(self.target.proceeding)

    @cached_property
    def now(self) -> str:
        rows = Prosecution.objects.visible_to(self.actor).filter(pk=self.target.proceeding.pk)
        return rows.with_stage().get().stage or ""


class RecordJudgment(CourtVerb):
    """By hand: charge by charge."""

    model: Any = Prosecution
    service, form_class = record_judgment, JudgmentForm
    template_name = "prosecutions/judgment_form.html"
    title = gettext_lazy("Record a judgment")
    intro = gettext_lazy("What the court decided on one day, charge by charge.")
    submit_label = gettext_lazy("Save the judgment")

    def get_form_kwargs(self) -> dict[str, object]:
        if not self.charges:
            raise Refused(_("There is no charge that this judgment could decide."))
        return super().get_form_kwargs() | {"charges": self.charges, "terms": self.terms}

    @cached_property
    def charges(self) -> list[Charge]:
        rows = Charge.objects.visible_to(self.actor).filter(prosecution=self.target.proceeding)
        beside = ("suspect", "provision", "final_provision")
        return list(self.decidable(rows).select_related(*beside).order_by("created_at"))

    @property
    def terms(self) -> list[str]:
        """Words that courts of this country used before, as far as this person may see them."""
        country = self.target.proceeding.jurisdiction.country
        rows = ChargeDecision.objects.visible_to(self.actor).exclude(local_term="")
        there = rows.filter(judgment__prosecution__jurisdiction__code__startswith=country)
        return list(there.order_by("local_term").values_list("local_term", flat=True).distinct())[
            :MOST_TERMS
        ]

    def decidable(self, rows: ChargeQuerySet) -> ChargeQuerySet:
        return rows.undecided()

    def get_initial(self) -> dict[str, object]:
        """Who pleaded guilty is convicted on plea, unless somebody says otherwise."""
        guilty = [row for row in self.charges if row.plea == Plea.GUILTY]
        return {f"charge-{row.pk}": Disposition.CONVICTED_PLEA for row in guilty}


class JudgeAppeal(RecordJudgment):
    """By hand: the same of the charges of an appeal."""

    model = Appeal
    title = gettext_lazy("Record the judgment on an appeal")
    intro = gettext_lazy("What the higher court decided, charge by charge.")
    submit_label = gettext_lazy("Save the judgment")

    def decidable(self, rows: ScopedQuerySet) -> Any:
        return rows.filter(pk__in=appealed_charges(self.target))

    def get_initial(self) -> dict[str, object]:
        return {}

    def act(self, form: BaseForm) -> str:
        about = self.target.proceeding
        record_judgment(about, appeal=self.target, actor=self.actor, **form.cleaned_data)
        return self.after()
