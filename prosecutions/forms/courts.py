"""Shapes of the forms about suspects and courts. Rules live in the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import GroupedChoice, PastDay, PlaceChoice, RecordForm, places_around
from places.enums import AgencyKind
from places.models import Agency
from prosecutions.enums import Attribution, Disposition, SuspectRole
from prosecutions.models import Charge, Complaint, Provision, Suspect

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

SUGGESTED, MONTHS = 200, 1200
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
}


def in_words(suspect: Suspect) -> str:
    """“A-1, Owner, Invented Name”: a suspect in a list of choices."""
    parts = (suspect.code, suspect.get_role_display(), suspect.perpetrator.name)
    return ", ".join(part for part in parts if part)


class SuspectChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return in_words(obj)


class SuspectTicks(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return in_words(obj)


def suspects_of(form: RecordForm) -> Any:
    rows = Suspect.objects.visible_to(form.user).filter(case=form.case)
    return rows.select_related("perpetrator").order_by("created_at", "code")


def agencies_of(form: RecordForm, kind: str) -> Any:
    country = form.case.jurisdiction.code.partition("-")[0]
    return Agency.objects.active().within(country).filter(kind=kind).order_by("name")


class Suggested(forms.TextInput):
    """A text box that suggests what may stand in it."""

    suggestions: list[tuple[str, str]] = []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = super().render(name, value, (attrs or {}) | {"list": f"known-{name}"}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.suggestions)
        return format_html('{}<datalist id="known-{}">{}</datalist>', box, name, options)


class SuspectForm(RecordForm):
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[("", "---------"), *SuspectRole.choices]
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("In any script. Leave it empty while nobody knows it."),
        max_length=200,
        required=False,
    )
    same_as = forms.CharField(
        label=gettext_lazy("Same person as"),
        help_text=gettext_lazy("Case and code of a suspect already known, as KOL-2026-0147 A-1."),
        max_length=40,
        required=False,
        widget=Suggested(attrs={"autocomplete": "off"}),
    )

    def offer(self) -> None:
        rows = self._known().order_by("-created_at")[:SUGGESTED]
        widget: Any = self.fields["same_as"].widget
        widget.suggestions = [(f"{row.case.reference} {row.code}", in_words(row)) for row in rows]

    def _known(self) -> Any:
        rows = Suspect.objects.visible_to(self.user).exclude(case=self.case)
        return rows.select_related("case", "perpetrator")

    def clean_same_as(self) -> Suspect | None:
        reference, _space, code = self.cleaned_data["same_as"].upper().partition(" ")
        if not reference:
            return None
        known = self._known().filter(case__reference=reference, code=code.strip()).first()
        if known is None:
            raise forms.ValidationError(_("Not found, or not open to you."))
        return known

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("same_as") and data.get("name"):
            self.add_error("name", _("Leave the name empty: the person is already known."))
        return data


class NameForm(RecordForm):
    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("In any script."), max_length=200
    )


class ComplaintForm(RecordForm):
    number = forms.CharField(label=gettext_lazy("Number"), max_length=60)
    filed_on = PastDay(label=gettext_lazy("Date"))
    jurisdiction = PlaceChoice(label=gettext_lazy("Place"))
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Police unit"), required=False
    )
    suspects = SuspectTicks(Suspect.objects.none(), label=gettext_lazy("Against"), required=False)

    def offer(self) -> None:
        self.choose("jurisdiction", places_around(self.case))
        self.choose("agency", agencies_of(self, AgencyKind.POLICE_UNIT))
        self.choose("suspects", suspects_of(self))


class ProsecutionForm(RecordForm):
    jurisdiction = PlaceChoice(
        label=gettext_lazy("Place of the court"),
        help_text=gettext_lazy("Charges rest on the law of its country."),
    )
    court = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Court"), required=False
    )
    docket = forms.CharField(label=gettext_lazy("Docket number"), max_length=60, required=False)
    filed_on = PastDay(label=gettext_lazy("Filed on"))
    complaint = forms.ModelChoiceField(
        Complaint.objects.none(), label=gettext_lazy("Rests on complaint"), required=False
    )

    def offer(self) -> None:
        self.choose("jurisdiction", places_around(self.case))
        self.choose("court", agencies_of(self, AgencyKind.COURT))
        complaints = Complaint.objects.visible_to(self.user).filter(case=self.case)
        self.choose("complaint", complaints.order_by("filed_on"))


class ProvisionChoice(GroupedChoice):
    """Provisions under their statutes, each with the days between which it was in force."""

    def group(self, row: Any) -> Any:
        return row.statute

    def heading(self, first: Any) -> str:
        return f"{first.statute}: {first.title}"

    def label_from_instance(self, obj: Any) -> str:
        label = f"{obj.number}: {obj.offence} ({in_force(obj)})"
        return label if obj.verified else f"{label} · {_('from memory, to be checked')}"


def in_force(provision: Provision) -> str:
    """“1 Jul 2024 – ”: from when to when; an open end is left open."""
    days = (provision.in_force_from, provision.in_force_to)
    since, until = (date_format(day, "j M Y") if day else "" for day in days)
    if not until:
        return _("since %(day)s") % {"day": since} if since else _("in force")
    return f"{since} – {until}" if since else _("until %(day)s") % {"day": until}


class ChargeForm(RecordForm):
    suspect = SuspectChoice(Suspect.objects.none(), label=gettext_lazy("Suspect"))
    offence_on = PastDay(label=gettext_lazy("Day of the offence"))
    provision = ProvisionChoice(
        Provision.objects.none(),
        label=gettext_lazy("Provision"),
        help_text=gettext_lazy("It must have been in force on the day of the offence."),
    )
    filed_on = PastDay(label=gettext_lazy("Filed on"))

    def offer(self) -> None:
        country = self.target.jurisdiction.code.partition("-")[0]
        self.choose("suspect", suspects_of(self))
        self.choose("provision", Provision.objects.filter(jurisdiction__code__startswith=country))


class JudgmentForm(RecordForm):
    """A judgment and, for each charge it may decide, how that charge ended."""

    decided_on = PastDay(label=gettext_lazy("Decided on"))
    attribution = forms.ChoiceField(
        label=gettext_lazy("Whose work led to it"),
        choices=Attribution,
        initial=Attribution.SUPPORTED,
    )

    def __init__(self, *args: Any, charges: list[Charge], **kwargs: Any) -> None:
        self.charges = {f"charge-{charge.pk}": charge for charge in charges}
        super().__init__(*args, **kwargs)

    def offer(self) -> None:
        choices = [("", _("Not decided")), *Disposition.choices]
        for name, charge in self.charges.items():
            law = f"{charge.provision.statute} {charge.provision.number}"
            self.fields[name] = forms.ChoiceField(
                label=f"{charge.suspect.code}: {law}",
                help_text=charge.provision.offence,
                choices=choices,
                required=False,
            )

    @property
    def head(self) -> list[Any]:
        return [self["decided_on"], self["attribution"]]

    @property
    def decided(self) -> list[Any]:
        return [self[name] for name in self.charges]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ended = {name: data.pop(name, "") for name in self.charges}
        decisions = [(self.charges[name], end) for name, end in ended.items() if end]
        if not decisions and not self.errors:
            self.add_error(next(iter(self.charges)), _("Say how at least one charge ended."))
        return data | {"decisions": decisions}


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
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Three letters, such as INR or USD."),
        error_messages={"invalid": gettext_lazy("A currency has three letters.")},
        required=False,
    )

    def offer(self) -> None:
        convicted = self.target.decisions.filter(disposition__in=Disposition.CONVICTED)
        rows = suspects_of(self).filter(pk__in=convicted.values("charge__suspect"))
        sentenced = self.target.sentences.values("suspect")
        self.choose("suspect", rows.exclude(pk__in=sentenced))
        country = self.target.prosecution.jurisdiction.code.partition("-")[0]
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
        data["currency"] = data.get("currency", "").upper() if money else ""
        return data


class AppealForm(RecordForm):
    filed_on = PastDay(label=gettext_lazy("Filed on"))


class WithdrawalForm(RecordForm):
    withdrawn_on = PastDay(label=gettext_lazy("Withdrawn on"))
