"""The verbs before the courts, one page each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.views import RecordVerb
from core import refusals
from core.services import Refused
from prosecutions.enums import Disposition, HearingPurpose, HearingResult, Plea
from prosecutions.forms.courts import (
    ComplaintForm,
    PoliceReportForm,
    ProsecutionForm,
    StageForm,
)
from prosecutions.forms.judgments import JudgmentForm
from prosecutions.forms.shares import SharesForm
from prosecutions.models import (
    Appeal,
    Charge,
    ChargeDecision,
    Complaint,
    Hearing,
    Prosecution,
    Sentence,
)
from prosecutions.services.complaints import record_complaint, record_police_report
from prosecutions.services.courts import (
    open_prosecution,
    record_judgment,
)
from prosecutions.services.judgment_rules import appealed_charges
from prosecutions.services.shares import share_compensation
from prosecutions.services.stages import reach_stage
from prosecutions.stages import StageTable
from prosecutions.views.charges import charges_of
from prosecutions.views.compensation import compensation
from prosecutions.warned import warned

if TYPE_CHECKING:
    from datetime import date

    from django.forms import BaseForm

    from accounts.models import User

MOST_TERMS = 50


@warned
class RecordComplaint(RecordVerb):
    """By hand: it begins with the place of the case."""

    service, form_class = record_complaint, ComplaintForm
    submit_label = gettext_lazy("Save the complaint")

    def get_initial(self) -> dict[str, object]:
        return {"jurisdiction": self.case.jurisdiction.code}


@warned
class RecordPoliceReport(RecordVerb):
    """By hand: who is not before a court is ticked, and the last report is shown."""

    model, service, form_class = Complaint, record_police_report, PoliceReportForm
    submit_label = gettext_lazy("Save the report")

    def get_initial(self) -> dict[str, object]:
        accused = self.target.accused.filter(sent_up__isnull=True)
        return {"suspects": list(accused.values_list("suspect", flat=True))}

    def about(self) -> list[tuple[Any, Any]]:
        last = self.target.reports.order_by("reported_on", "created_at").last()
        decided = last.get_kind_display() if last else _("investigating")
        return [*super().about(), (_("Police"), decided)]


@warned
class OpenProsecution(RecordVerb):
    """By hand: it begins with the place of the case."""

    service, form_class = open_prosecution, ProsecutionForm
    submit_label = gettext_lazy("Open the prosecution")

    def get_initial(self) -> dict[str, object]:
        return {"jurisdiction": self.case.jurisdiction.code}


@warned
class ReachStage(RecordVerb):
    """By hand: which stages come next."""

    model: Any = Prosecution
    service, form_class = reach_stage, StageForm
    submit_label = gettext_lazy("Save the stage")

    def about(self) -> list[tuple[Any, Any]]:
        words = self.table.words_of(self.now) if self.now else _("none recorded")
        return [*super().about(), (_("Stage"), words)]

    def get_form_kwargs(self) -> dict[str, object]:
        stages = self.table.offered(self.now)
        if not stages:
            raise Refused(
                refusals.gettext("The next stage follows from charges framed or from a judgment.")
            )
        return super().get_form_kwargs() | {"stages": stages}

    @cached_property
    def table(self) -> StageTable:
        return StageTable.of(self.target.proceeding)

    @cached_property
    def now(self) -> str:
        rows = Prosecution.objects.visible_to(self.actor).filter(pk=self.target.proceeding.pk)
        return rows.with_stage().get().stage or ""


@warned
class ShareCompensation(RecordVerb):
    """By hand: what is ordered and paid stands above the boxes of the survivors."""

    model: Any = Sentence
    service, form_class = share_compensation, SharesForm

    def about(self) -> list[tuple[Any, Any]]:
        return compensation(self.target)


@warned
class RecordJudgment(RecordVerb):
    """By hand: charge by charge, and the sentence of each person convicted."""

    model: Any = Prosecution
    service, form_class = record_judgment, JudgmentForm
    template_name = "prosecutions/judgment_form.html"
    title = gettext_lazy("Record a judgment")
    intro = gettext_lazy("What the court decided on one day, and the sentences it gave.")
    submit_label = gettext_lazy("Save the judgment")

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | offered(self.charges, self.target, self.actor)

    @cached_property
    def charges(self) -> list[Charge]:
        return list(charges_of(self.target, self.actor).undecided())

    def get_initial(self) -> dict[str, object]:
        """Who pleaded guilty is convicted on plea, and the day is that of the hearing for it,
        unless somebody says otherwise."""
        guilty = [row for row in self.charges if row.plea == Plea.GUILTY]
        pleas: dict[str, object] = {
            f"charge-{row.pk}": Disposition.CONVICTED_PLEA for row in guilty
        }
        return pleas | {"decided_on": self._heard_on()}

    def _heard_on(self) -> date | None:
        """The day of the last hearing, where it was for the judgment."""
        rows = Hearing.objects.visible_to(self.actor).filter(prosecution=self.target)
        rows = rows.filter(listed_on__lte=self.case.jurisdiction.today)
        rows = rows.exclude(result__in=(HearingResult.ADJOURNED, HearingResult.VACATED))
        last = rows.order_by("-listed_on").values_list("purpose", "listed_on").first()
        return last[1] if last and last[0] == HearingPurpose.JUDGMENT else None


@warned
class JudgeAppeal(RecordVerb):
    """By hand: the same of the charges of an appeal."""

    model: Any = Appeal
    service, form_class = record_judgment, JudgmentForm
    template_name = "prosecutions/judgment_form.html"
    title = gettext_lazy("Record the judgment on an appeal")
    button = gettext_lazy("Record its judgment")
    intro = gettext_lazy("What the higher court decided, and the sentences it gave.")
    submit_label = gettext_lazy("Save the judgment")

    def get_form_kwargs(self) -> dict[str, object]:
        about = self.target.proceeding
        charges = charges_of(about, self.actor).filter(pk__in=appealed_charges(self.target))
        return super().get_form_kwargs() | offered(list(charges), about, self.actor)

    def act(self, form: BaseForm) -> str:
        about = self.target.proceeding
        record_judgment(about, appeal=self.target, actor=self.actor, **form.cleaned_data)
        return self.after()


def offered(charges: list[Charge], prosecution: Prosecution, reader: User) -> dict[str, object]:
    """What a judgment may decide, and words that courts of this country used before, as far as
    this person may see them."""
    if not charges:
        raise Refused(refusals.gettext("There is no charge for this judgment to decide."))
    country = prosecution.jurisdiction.country
    rows = ChargeDecision.objects.visible_to(reader).exclude(local_term="")
    there = rows.filter(judgment__prosecution__jurisdiction__code__startswith=country)
    terms = there.order_by("local_term").values_list("local_term", flat=True).distinct()
    return {"charges": charges, "terms": list(terms[:MOST_TERMS])}
