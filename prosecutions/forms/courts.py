"""Forms about courts that differ from the plain ones of their verbs. Rules live in the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import begins
from core.verb_forms import form_of
from prosecutions.enums import Attribution, Disposition, PoliceReportKind
from prosecutions.forms.fields import (
    Court,
    CourtCurrency,
    CourtForm,
    PoliceUnit,
    suspects_of,
)
from prosecutions.services.complaints import record_complaint, record_police_report
from prosecutions.services.courts import (
    file_appeal,
    open_prosecution,
    record_judgment,
    record_sentence,
)
from prosecutions.services.judgment_rules import Ended
from prosecutions.services.stages import reach_stage

if TYPE_CHECKING:
    from django.forms import BoundField

    from prosecutions.models import Charge
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


class OwnWord(forms.CharField):
    """The word the court itself used; `known-terms` of the page suggests those used before."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("The court’s own word"),
            max_length=80,
            required=False,
            widget=forms.TextInput(attrs={"list": "known-terms", "autocomplete": "off"}),
        )


class JudgmentForm(
    form_of(  # type: ignore[misc]
        record_judgment,
        CourtForm,
        on={
            "attribution": begins(Attribution.SUPPORTED, forms.ChoiceField),
            "decisions": None,
            "appeal": None,
        },
    )
):
    """By hand: a judgment and, for each charge it may decide, how that charge ended.

    One answer for the rest is enough where all ended alike.
    """

    rest = forms.ChoiceField(
        label=gettext_lazy("How every charge ended"),
        help_text=gettext_lazy("Except those you answer charge by charge."),
        choices=[("", gettext_lazy("Not decided")), *Disposition.choices],
        required=False,
    )
    rest_term = OwnWord()

    def __init__(
        self, *args: object, charges: list[Charge], terms: list[str], **kwargs: object
    ) -> None:
        self.charges, self.terms = charges, terms
        super().__init__(*args, **kwargs)

    def offer(self) -> None:
        alike = len(self.charges) > 1
        choices = [("", _("As above") if alike else _("Not decided")), *Disposition.choices]
        for charge in self.charges:
            self.fields[f"charge-{charge.pk}"] = forms.ChoiceField(
                label=f"{charge.suspect.code}: {charge.law}",
                help_text=(charge.final_provision or charge.provision).offence,
                choices=choices,
                required=False,
            )
            self.fields[f"term-{charge.pk}"] = OwnWord()
        if not alike:
            del self.fields["rest"], self.fields["rest_term"]

    @property
    def head(self) -> list[BoundField]:
        names = ("decided_on", "attribution", "rest", "rest_term")
        return [self[name] for name in names if name in self.fields]

    @property
    def decided(self) -> list[tuple[object, object]]:
        return [(self[f"charge-{row.pk}"], self[f"term-{row.pk}"]) for row in self.charges]

    @property
    def apart(self) -> bool:
        """Whether the charges stand open one by one: one alone, a plea, or something to correct."""
        return len(self.charges) == 1 or self.is_bound or bool(self.initial)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        rest, rest_term = data.pop("rest", ""), data.pop("rest_term", "")
        ends = []
        for charge in self.charges:
            own, term = data.pop(f"charge-{charge.pk}", ""), data.pop(f"term-{charge.pk}", "")
            if own or rest:
                ends.append(Ended(charge, own or rest, term or ("" if own else rest_term)))
            elif term:
                self.add_error(f"charge-{charge.pk}", _("Enter how this charge ended as well."))
        if not ends and not self.errors:
            self.add_error(
                f"charge-{self.charges[0].pk}", _("Enter how at least one charge ended.")
            )
        return data | {"decisions": ends}


class MoneyNamed(CourtForm):
    """A sentence says something, and money has its currency."""

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        money = data.get("fine") is not None or data.get("compensation") is not None
        if data.get("life") and data.get("months") is not None:
            self.add_error("months", _("A life sentence cannot also have a number of months."))
        if money and not data.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("Enter the currency of the amount."))
        if not money and not data.get("life") and data.get("months") is None and not self.errors:
            self.add_error("months", _("Enter the sentence."))
        data["currency"] = data.get("currency", "") if money else ""
        return data


class SentenceForm(form_of(record_sentence, MoneyNamed, on={"currency": CourtCurrency})):  # type: ignore[misc]
    """By hand: those who were convicted and have no sentence yet."""

    def offer(self) -> None:
        ends = self.target.decisions.standing()
        convicted = ends.filter(disposition__in=Disposition.CONVICTED)
        rows = suspects_of(self).filter(pk__in=convicted.values("charge__suspect"))
        sentenced = self.target.sentences.values("suspect")
        self.choose("suspect", rows.exclude(pk__in=sentenced))


class AppealForm(form_of(file_appeal, CourtForm)):  # type: ignore[misc]
    """By hand: the defendants of the judgment."""

    def offer(self) -> None:
        ends = self.target.decisions.standing()
        self.choose("suspect", suspects_of(self).filter(pk__in=ends.values("charge__suspect")))
