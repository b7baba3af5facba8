"""The verbs before the courts, one page each."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.views import ITS_CASE, RecordVerb
from core.services import Refused
from core.web import OncePage
from prosecutions.forms.courts import (
    AppealForm,
    ChargeForm,
    ComplaintForm,
    JudgmentForm,
    ProsecutionForm,
    SentenceForm,
    WithdrawalForm,
)
from prosecutions.models import Appeal, Charge, Judgment, Prosecution
from prosecutions.services.courts import (
    file_appeal,
    file_charge,
    open_prosecution,
    record_complaint,
    record_judgment,
    record_sentence,
    withdraw_appeal,
)

PROCEEDING = (*ITS_CASE, "jurisdiction", "court")


class CourtVerb(OncePage, RecordVerb):
    """A verb whose result stands in the section “Court”."""

    part = "court"


class RecordComplaint(CourtVerb):
    service, form_class = record_complaint, ComplaintForm
    title = gettext_lazy("Record a complaint")
    intro = gettext_lazy("The complaint to the police; in India, the FIR.")
    submit_label = gettext_lazy("Save the complaint")

    def get_initial(self) -> dict[str, Any]:
        return {"jurisdiction": self.case.jurisdiction.code}


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


class FileCharge(ProceedingVerb):
    service, form_class = file_charge, ChargeForm
    title = gettext_lazy("File a charge")
    intro = gettext_lazy("One suspect, one provision, one offence.")
    submit_label = gettext_lazy("File the charge")

    def get_initial(self) -> dict[str, Any]:
        return {"filed_on": self.target.filed_on}


class RecordJudgment(ProceedingVerb):
    service, form_class = record_judgment, JudgmentForm
    template_name = "prosecutions/judgment_form.html"
    title = gettext_lazy("Record a judgment")
    intro = gettext_lazy("What the court decided on one day, charge by charge.")
    submit_label = gettext_lazy("Save the judgment")

    def get_form_kwargs(self) -> dict[str, Any]:
        if not self.charges:
            raise Refused(_("There is no charge that this judgment could decide."))
        return super().get_form_kwargs() | {"charges": self.charges}

    @cached_property
    def charges(self) -> list[Charge]:
        rows = Charge.objects.visible_to(self.actor).filter(prosecution=self.proceeding)
        return list(
            self.decidable(rows).select_related("suspect", "provision").order_by("created_at")
        )

    def decidable(self, rows: Any) -> Any:
        return rows.undecided()


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
    intro = gettext_lazy("Against this judgment, whoever files it.")
    submit_label = gettext_lazy("Save the appeal")


class AppealVerb(ProceedingVerb):
    """A verb on an appeal."""

    model = Appeal
    beside = (*ITS_CASE, *(f"judgment__{name}" for name in JudgmentVerb.beside))

    @property
    def proceeding(self) -> Prosecution:
        proceeding: Prosecution = self.target.judgment.prosecution
        return proceeding

    def about(self) -> list[tuple[Any, Any]]:
        return [
            *super().about(),
            (_("Judgment"), date_format(self.target.judgment.decided_on, "j M Y")),
            (_("Appeal"), date_format(self.target.filed_on, "j M Y")),
        ]


class WithdrawAppeal(AppealVerb):
    service, form_class = withdraw_appeal, WithdrawalForm
    title = gettext_lazy("Withdraw an appeal")
    intro = gettext_lazy("It then counts as if it had not been filed.")
    submit_label = gettext_lazy("Record the withdrawal")


class JudgeAppeal(AppealVerb, RecordJudgment):
    service, form_class = record_judgment, JudgmentForm
    title = gettext_lazy("Record the judgment on an appeal")
    intro = gettext_lazy("What the higher court decided, charge by charge.")
    submit_label = gettext_lazy("Save the judgment")

    def decidable(self, rows: Any) -> Any:
        return rows.filter(decisions__judgment=self.target.judgment)

    def act(self, form: Any) -> str:
        record_judgment(self.proceeding, appeal=self.target, actor=self.actor, **form.cleaned_data)
        return self.after()
