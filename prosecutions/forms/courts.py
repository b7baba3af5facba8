"""Shapes of the forms about courts. Rules live in the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import AgencyChoice, PastDay, PlaceChoice, RecordForm, places_around
from places.enums import AgencyKind
from prosecutions.enums import Appellant, Attribution, Disposition, PoliceReportKind
from prosecutions.forms.charges import law_in_words
from prosecutions.forms.suspects import SuspectChoice, SuspectTicks, suspects_of
from prosecutions.models import Complaint, Suspect
from prosecutions.services.judgment_rules import Ended

if TYPE_CHECKING:
    from prosecutions.models import Charge
    from prosecutions.services.stages import Stage

MONTHS = 1200
CURRENCIES = {
    "IN": "INR",
    "PH": "PHP",
    "KH": "KHR",
    "TH": "THB",
    "UG": "UGX",
    "KE": "KES",
    "DO": "DOP",
    "GT": "GTQ",
    "GH": "GHS",
    "GB": "GBP",
}


def offer_agencies(form: RecordForm, name: str, kind: str) -> None:
    """Those of a kind in every country, since a matter may lie in several."""
    agency: Any = form.fields[name]
    kept = getattr(form.target, f"{name}_id", None)
    agency.around(form.case.jurisdiction, kind, kept)


class ComplaintForm(RecordForm):
    number = forms.CharField(label=gettext_lazy("Number"), max_length=60)
    filed_on = PastDay(label=gettext_lazy("Date"))
    jurisdiction = PlaceChoice(label=gettext_lazy("Place"))
    agency = AgencyChoice(label=gettext_lazy("Police unit"))
    suspects = SuspectTicks(Suspect.objects.none(), label=gettext_lazy("Against"), required=False)

    def offer(self) -> None:
        self.choose("jurisdiction", places_around(self.case))
        offer_agencies(self, "agency", AgencyKind.POLICE_UNIT)
        self.choose("suspects", suspects_of(self))


class ProsecutionForm(RecordForm):
    jurisdiction = PlaceChoice(
        label=gettext_lazy("Place of the court"),
        help_text=gettext_lazy("Charges rest on the law of its country."),
    )
    court = AgencyChoice(label=gettext_lazy("Court"))
    docket = forms.CharField(label=gettext_lazy("Docket number"), max_length=60, required=False)
    filed_on = PastDay(label=gettext_lazy("Filed on"))
    complaint = forms.ModelChoiceField(
        Complaint.objects.none(), label=gettext_lazy("Rests on complaint"), required=False
    )

    def offer(self) -> None:
        self.choose("jurisdiction", places_around(self.case))
        offer_agencies(self, "court", AgencyKind.COURT)
        complaints = Complaint.objects.visible_to(self.user).filter(case=self.case)
        self.choose("complaint", complaints.order_by("filed_on"))


class PoliceReportForm(RecordForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What the police decided"),
        choices=[("", "---------"), *PoliceReportKind.choices],
    )
    reported_on = PastDay(label=gettext_lazy("Date"))
    suspects = SuspectTicks(
        Suspect.objects.none(),
        label=gettext_lazy("Sent up"),
        help_text=gettext_lazy("By a charge sheet. Whom the police left out stays unticked."),
        required=False,
    )

    def offer(self) -> None:
        waiting = suspects_of(self).filter(
            complaints__complaint=self.target, complaints__sent_up__isnull=True
        )
        self.choose("suspects", waiting)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        of_sheet = data.get("kind") == PoliceReportKind.CHARGE_SHEET
        if of_sheet and not data.get("suspects") and self.fields["suspects"].queryset.exists():  # type: ignore[attr-defined]
            self.add_error("suspects", _("Say whom the charge sheet sends up."))
        data["suspects"] = list(data.get("suspects") or ()) or None if of_sheet else None
        return data


class StageForm(RecordForm):
    """The next stage, out of those that may follow and are not recorded with something else."""

    stage = forms.ChoiceField(label=gettext_lazy("Stage"))
    reached_on = PastDay(label=gettext_lazy("Reached on"))

    def __init__(self, *args: Any, stages: list[Stage], **kwargs: Any) -> None:
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


class JudgmentForm(RecordForm):
    """A judgment and, for each charge it may decide, how that charge ended.

    One answer for the rest is enough where all ended alike.
    """

    decided_on = PastDay(label=gettext_lazy("Decided on"))
    attribution = forms.ChoiceField(
        label=gettext_lazy("Whose work led to it"),
        choices=Attribution,
        initial=Attribution.SUPPORTED,
    )
    rest = forms.ChoiceField(
        label=gettext_lazy("How every charge ended"),
        help_text=gettext_lazy("Except those you answer charge by charge."),
        choices=[("", gettext_lazy("Not decided")), *Disposition.choices],
        required=False,
    )
    rest_term = OwnWord()

    def __init__(self, *args: Any, charges: list[Charge], terms: list[str], **kwargs: Any) -> None:
        self.charges, self.terms = charges, terms
        super().__init__(*args, **kwargs)

    def offer(self) -> None:
        alike = len(self.charges) > 1
        choices = [("", _("As above") if alike else _("Not decided")), *Disposition.choices]
        for charge in self.charges:
            self.fields[f"charge-{charge.pk}"] = forms.ChoiceField(
                label=f"{charge.suspect.code}: {law_in_words(charge)}",
                help_text=(charge.final_provision or charge.provision).offence,
                choices=choices,
                required=False,
            )
            self.fields[f"term-{charge.pk}"] = OwnWord()
        if not alike:
            del self.fields["rest"], self.fields["rest_term"]

    @property
    def head(self) -> list[Any]:
        names = ("decided_on", "attribution", "rest", "rest_term")
        return [self[name] for name in names if name in self.fields]

    @property
    def decided(self) -> list[tuple[Any, Any]]:
        return [(self[f"charge-{row.pk}"], self[f"term-{row.pk}"]) for row in self.charges]

    @property
    def apart(self) -> bool:
        """Whether the charges stand open one by one: one alone, a plea, or something to correct."""
        return len(self.charges) == 1 or self.is_bound or bool(self.initial)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        rest, rest_term = data.pop("rest", ""), data.pop("rest_term", "")
        ends = []
        for charge in self.charges:
            own, term = data.pop(f"charge-{charge.pk}", ""), data.pop(f"term-{charge.pk}", "")
            if own or rest:
                ends.append(Ended(charge, own or rest, term or ("" if own else rest_term)))
            elif term:
                self.add_error(f"charge-{charge.pk}", _("Say how this charge ended, too."))
        if not ends and not self.errors:
            self.add_error(f"charge-{self.charges[0].pk}", _("Say how at least one charge ended."))
        return data | {"decisions": ends}


class CurrencyField(forms.RegexField):
    """Three letters, in either case; the country says which is offered."""

    def __init__(self) -> None:
        super().__init__(
            r"^[A-Za-z]{3}$",
            label=gettext_lazy("Currency"),
            help_text=gettext_lazy("Three letters, such as INR or USD."),
            error_messages={"invalid": gettext_lazy("A currency has three letters.")},
            required=False,
        )

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).upper()


class SentenceForm(RecordForm):
    suspect = SuspectChoice(Suspect.objects.none(), label=gettext_lazy("Convicted person"))
    months = forms.IntegerField(
        label=gettext_lazy("Imprisonment, in months"),
        min_value=0,
        max_value=MONTHS,
        required=False,
    )
    life = forms.BooleanField(label=gettext_lazy("For life"), required=False)
    suspended = forms.BooleanField(label=gettext_lazy("Suspended"), required=False)
    fine = forms.DecimalField(
        label=gettext_lazy("Fine"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    compensation = forms.DecimalField(
        label=gettext_lazy("Compensation ordered"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    currency = CurrencyField()

    def offer(self) -> None:
        ends = self.target.decisions.standing()
        convicted = ends.filter(disposition__in=Disposition.CONVICTED)
        rows = suspects_of(self).filter(pk__in=convicted.values("charge__suspect"))
        sentenced = self.target.sentences.values("suspect")
        self.choose("suspect", rows.exclude(pk__in=sentenced))
        country = self.target.prosecution.jurisdiction.country
        self.fields["currency"].initial = CURRENCIES.get(country, "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        money = data.get("fine") is not None or data.get("compensation") is not None
        if data.get("life") and data.get("months") is not None:
            self.add_error("months", _("Life has no number of months."))
        if money and not data.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("Money needs its currency."))
        if not money and not data.get("life") and data.get("months") is None and not self.errors:
            self.add_error("months", _("Say what the sentence was."))
        data["currency"] = data.get("currency", "") if money else ""
        return data


class AppealForm(RecordForm):
    filed_on = PastDay(label=gettext_lazy("Filed on"))
    appellant = forms.ChoiceField(
        label=gettext_lazy("Who appeals"), choices=[("", "---------"), *Appellant.choices]
    )
    suspect = SuspectChoice(
        Suspect.objects.none(),
        label=gettext_lazy("About which defendant"),
        help_text=gettext_lazy("Left out: about every defendant of this judgment."),
        required=False,
    )

    def offer(self) -> None:
        ends = self.target.decisions.standing()
        self.choose("suspect", suspects_of(self).filter(pk__in=ends.values("charge__suspect")))


class WithdrawalForm(RecordForm):
    withdrawn_on = PastDay(label=gettext_lazy("Withdrawn on"))
