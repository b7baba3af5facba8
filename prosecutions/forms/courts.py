"""Forms about courts that differ from the plain ones of their verbs. Rules live in the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.verbs.forms import form_of
from prosecutions.enums import PoliceReportKind
from prosecutions.forms.fields import (
    Court,
    CourtForm,
    PoliceUnit,
    suspects_of,
)
from prosecutions.services.complaints import record_complaint, record_police_report
from prosecutions.services.courts import (
    file_appeal,
    open_prosecution,
)
from prosecutions.services.stages import reach_stage

if TYPE_CHECKING:
    from prosecutions.services.stages import Stage

ComplaintForm = form_of(
    record_complaint,
    CourtForm,
    on={"agency": PoliceUnit},
    order=("number", "filed_on", "jurisdiction", "agency"),
)
ProsecutionForm = form_of(
    open_prosecution,
    CourtForm,
    on={"court": Court},
    order=("jurisdiction", "court", "docket", "filed_on"),
)


class PoliceReportForm(form_of(record_police_report, CourtForm)):  # type: ignore[misc]
    """By hand: a charge sheet says whom it sends up, out of those who wait for it."""

    def offer(self) -> None:
        waiting = suspects_of(self).filter(
            complaints__complaint=self.target, complaints__sent_up__isnull=True
        )
        self.choose("suspects", waiting)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        of_sheet = data.get("kind") == PoliceReportKind.CHARGE_SHEET
        if of_sheet and not data.get("suspects") and self.fields["suspects"].queryset.exists():
            self.add_error("suspects", _("Tick the people whom the charge sheet names."))
        data["suspects"] = list(data.get("suspects") or ()) or None if of_sheet else None
        return data


class StageForm(
    form_of(  # type: ignore[misc]
        reach_stage, CourtForm, on={"stage": forms.ChoiceField(label=gettext_lazy("Stage"))}
    )
):
    """By hand: the next stage, out of those that may follow and are not recorded otherwise."""

    def __init__(self, *args: object, stages: list[Stage], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["stage"]
        choices.choices = [(stage.code, stage.words) for stage in stages]


class AppealForm(form_of(file_appeal, CourtForm)):  # type: ignore[misc]
    """By hand: the defendants of the judgment."""

    def offer(self) -> None:
        ends = self.target.decisions.standing()
        self.choose("suspect", suspects_of(self).filter(pk__in=ends.values("charge__suspect")))
