"""Shapes of the forms about charges. Rules live in the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import GroupedChoice, PastDay, RecordForm
from prosecutions.enums import Plea
from prosecutions.forms.suspects import SuspectChoice, suspects_of
from prosecutions.limits import FROM_MEMORY
from prosecutions.models import Charge, Provision, Suspect
from victims.models import Involvement

if TYPE_CHECKING:
    from prosecutions.models import Prosecution


class ProvisionSelect(forms.Select):
    """Says with each provision from when to when it was in force: the page offers those of the
    day that was chosen (`offence-day.js`); without JavaScript all stand there with their days."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if law := getattr(value, "instance", None):
            days = {"data-from": law.in_force_from, "data-to": law.in_force_to}
            option["attrs"] |= {key: f"{day:%Y-%m-%d}" for key, day in days.items() if day}
        return option


class ProvisionChoice(GroupedChoice):
    """Provisions under their statutes, each with the days between which it was in force."""

    widget = ProvisionSelect

    def group(self, row: Any) -> Any:
        return row.statute

    def heading(self, first: Any) -> str:
        return f"{first.statute}: {first.title}"

    def label_from_instance(self, obj: Any) -> str:
        label = f"{obj.number}: {obj.offence} ({in_force(obj)})"
        return label if obj.verified else f"{label} · {FROM_MEMORY}"


def in_force(provision: Provision) -> str:
    """“1 Jul 2024 – ”: from when to when; an open end is left open."""
    days = (provision.in_force_from, provision.in_force_to)
    since, until = (date_format(day, "j M Y") if day else "" for day in days)
    if not until:
        return _("since %(day)s") % {"day": since} if since else _("in force")
    return f"{since} – {until}" if since else _("until %(day)s") % {"day": until}


def law_of(proceeding: Prosecution) -> Any:
    """The provisions of the country whose court it is."""
    return Provision.objects.filter(jurisdiction__code__startswith=proceeding.jurisdiction.country)


def law_in_words(charge: Charge) -> str:
    """“RA9208 4 → RA9208 4-A”: what it was filed under and what it became."""
    laws = [charge.provision, charge.final_provision]
    if charge.final_provision_id == charge.provision_id:
        laws = laws[:1]
    return " → ".join(provision_in_words(law) for law in laws if law)


def provision_in_words(law: Provision) -> str:
    words = f"{law.statute} {law.number}"
    return words if law.verified else f"{words} ({FROM_MEMORY})"


class SurvivorTicks(forms.ModelMultipleChoiceField):
    """Survivors of the case, by code and age."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(
            Involvement.objects.none(),
            label=gettext_lazy("Survivors it is about"),
            help_text=gettext_lazy("As far as the charge names them."),
            required=False,
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code}, {obj.victim.in_words}"


def survivors_of(form: RecordForm) -> Any:
    rows = Involvement.objects.visible_to(form.user).filter(case=form.case)
    return rows.select_related("victim").order_by("created_at", "code")


class ChargeTicks(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.suspect.code}: {law_in_words(obj)}"


class ChargeForm(RecordForm):
    suspect = SuspectChoice(Suspect.objects.none(), label=gettext_lazy("Suspect"))
    offence_on = PastDay(label=gettext_lazy("Day of the offence"))
    provision = ProvisionChoice(
        Provision.objects.none(),
        label=gettext_lazy("Provision"),
        help_text=gettext_lazy("It must have been in force on the day of the offence."),
    )
    filed_on = PastDay(label=gettext_lazy("Filed on"))
    survivors = SurvivorTicks()

    def offer(self) -> None:
        self.choose("suspect", suspects_of(self))
        self.choose("provision", law_of(self.target))
        self.choose("survivors", survivors_of(self))


class NameSurvivorsForm(RecordForm):
    survivors = SurvivorTicks()

    def offer(self) -> None:
        self.choose("survivors", survivors_of(self))


class SomeCharges(RecordForm):
    """Which charges of a proceeding; all that may be are ticked."""

    charges = ChargeTicks(Charge.objects.none(), label=gettext_lazy("Charges"))

    def __init__(self, *args: Any, charges: Any, **kwargs: Any) -> None:
        self.waiting = charges
        super().__init__(*args, **kwargs)

    def offer(self) -> None:
        self.choose("charges", self.waiting)
        self.fields["charges"].initial = self.waiting


class FrameForm(SomeCharges):
    framed_on = PastDay(label=gettext_lazy("Day"))
    field_order = ("framed_on", "charges")


class ReviveForm(SomeCharges):
    revived_on = PastDay(label=gettext_lazy("Taken up again on"))
    field_order = ("revived_on", "charges")


class OtherLaw(RecordForm):
    """A form that may put a charge under another provision of the day of its offence."""

    law = "provision"

    def offer(self) -> None:
        now = self.target.final_provision_id or self.target.provision_id
        rows = law_of(self.target.prosecution).in_force_on(self.target.offence_on)
        self.choose(self.law, rows.exclude(pk=now))


class AmendForm(OtherLaw):
    provision = ProvisionChoice(
        Provision.objects.none(),
        label=gettext_lazy("New provision"),
        help_text=gettext_lazy("Offered is what was in force on the day of the offence."),
    )
    amended_on = PastDay(label=gettext_lazy("Changed on"))


class PleaForm(OtherLaw):
    law = "lesser"
    plea = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=Plea.choices, widget=forms.RadioSelect
    )
    pleaded_on = PastDay(label=gettext_lazy("Day"))
    lesser = ProvisionChoice(
        Provision.objects.none(),
        label=gettext_lazy("To a lesser offence"),
        help_text=gettext_lazy("Only with a plea of guilty, as in plea bargaining."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("lesser") and data.get("plea") != Plea.GUILTY:
            self.add_error("lesser", _("Only who pleads guilty pleads to a lesser offence."))
        return data
