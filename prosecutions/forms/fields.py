"""Fields that several forms about police and courts use: they know what to offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from casework.forms import AgencyChoice, GroupedChoice, Offering, RecordForm
from casework.forms.money import CurrencyField
from casework.inquiry_codes import StepStatus
from casework.models import InvestigationStep, OnlineIncident
from places.currencies import currency_of
from places.enums import AgencyKind
from prosecutions.limitation import FROM_MEMORY
from prosecutions.models import Charge, Complaint, Prosecution, Provision, Suspect
from victims.models import Involvement

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from prosecutions.querysets import ProvisionQuerySet
    from prosecutions.statuses import SuspectQuerySet


def in_words(suspect: Suspect) -> str:
    """“A-1, Owner, Invented Name”: a suspect in a list of choices."""
    parts = (suspect.code, suspect.get_role_display(), suspect.perpetrator.name)
    return ", ".join(part for part in parts if part)


def suspects_of(form: RecordForm) -> SuspectQuerySet:
    rows = Suspect.objects.visible_to(form.user).filter(case=form.case)
    return rows.select_related("perpetrator").order_by("created_at", "code")


class SuspectChoice(Offering, forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Suspect.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        self.queryset = suspects_of(form)

    def label_from_instance(self, obj: Suspect) -> str:
        return in_words(obj)


class SuspectTicks(Offering, forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: object) -> None:
        super().__init__(Suspect.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        self.queryset = suspects_of(form)

    def label_from_instance(self, obj: Suspect) -> str:
        return in_words(obj)


class Suggested(forms.TextInput):
    """A text box that suggests what may stand in it."""

    suggestions: list[tuple[str, str]] = []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = super().render(name, value, (attrs or {}) | {"list": f"known-{name}"}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.suggestions)
        return format_html('{}<datalist id="known-{}">{}</datalist>', box, name, options)


class ProvisionSelect(forms.Select):
    """Says with each provision from when to when it was in force: the page offers those of the
    day that was chosen (`offence-day.js`); without JavaScript all stand there with their days."""

    def create_option(
        self, name: str, value: object, *args: Any, **kwargs: Any
    ) -> dict[str, object]:
        option = super().create_option(name, value, *args, **kwargs)
        if law := getattr(value, "instance", None):
            days = {"data-from": law.in_force_from, "data-to": law.in_force_to}
            option["attrs"] |= {key: f"{day:%Y-%m-%d}" for key, day in days.items() if day}
        return option


class ProvisionChoice(GroupedChoice):
    """Provisions under their statutes, each with the days between which it was in force."""

    widget = ProvisionSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Provision.objects.none(), **kwargs)

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


def law_of(proceeding: Prosecution) -> ProvisionQuerySet:
    """The provisions of the country whose court it is."""
    return Provision.objects.filter(jurisdiction__code__startswith=proceeding.jurisdiction.country)


def people_of(form: RecordForm) -> QuerySet[Involvement]:
    """Survivors of the case, as far as they are open to whoever fills in the form."""
    rows = Involvement.objects.visible_to(form.user).filter(case=form.case)
    return rows.select_related("victim").order_by("created_at", "code")


def survivor_in_words(person: Involvement) -> str:
    """By code and age."""
    return f"{person.code}, {person.victim.in_words}"


class SurvivorChoice(Offering, forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Involvement.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        self.queryset = people_of(form)

    def label_from_instance(self, obj: Involvement) -> str:
        return survivor_in_words(obj)


class SurvivorTicks(Offering, forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: object) -> None:
        super().__init__(Involvement.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        self.queryset = people_of(form)

    def label_from_instance(self, obj: Involvement) -> str:
        return survivor_in_words(obj)


class ChargeTicks(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: object) -> None:
        super().__init__(Charge.objects.none(), **kwargs)

    def label_from_instance(self, obj: Charge) -> str:
        return f"{obj.suspect.code}: {obj.law}"


class ProceedingChoice(Offering, forms.ModelChoiceField):
    """A proceeding of the case, by docket and court."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Prosecution.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        rows = Prosecution.objects.visible_to(form.user).filter(case=form.case)
        self.queryset = rows.select_related("court", "jurisdiction").order_by("filed_on", "pk")

    def label_from_instance(self, obj: Prosecution) -> str:
        return proceeding_in_words(obj)


def proceeding_in_words(row: Prosecution) -> str:
    """“SC 12/2026, Invented Sessions Court”."""
    court = row.court.name if row.court else str(row.jurisdiction)
    return f"{row.docket}, {court}" if row.docket else court


class ComplaintChoice(Offering, forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Complaint.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        rows = Complaint.objects.visible_to(form.user).filter(case=form.case)
        self.queryset = rows.order_by("filed_on")


class StepChoice(Offering, forms.ModelChoiceField):
    """A step of the investigation that is taken by asking."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(InvestigationStep.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        rows = InvestigationStep.objects.visible_to(form.user).filter(case=form.case)
        self.queryset = rows.exclude(status=StepStatus.DROPPED)

    def label_from_instance(self, obj: InvestigationStep) -> str:
        return f"{obj.code}: {obj.get_kind_display()}, {obj.get_status_display()}"


class IncidentChoice(Offering, forms.ModelChoiceField):
    """The abuse online that is asked about."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(OnlineIncident.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        self.queryset = OnlineIncident.objects.visible_to(form.user).filter(case=form.case)

    def label_from_instance(self, obj: OnlineIncident) -> str:
        return f"{obj.code}: {obj.get_media_display()}, {obj.get_platform_display()}"


class AnyAgency(AgencyChoice):
    """Institutions of every country, since a matter may lie in several; the one named stays."""

    column, kind = "agency_id", ""

    def offer_in(self, form: RecordForm) -> None:
        kept = getattr(form.target, self.column, None)
        self.around(form.case.jurisdiction, self.kind, kept)


class PoliceUnit(AnyAgency):
    kind = AgencyKind.POLICE_UNIT


class Court(AnyAgency):
    column, kind = "court_id", AgencyKind.COURT


class CourtCurrency(Offering, CurrencyField):
    """That of the court's country is offered, else that of the office."""

    def offer_in(self, form: RecordForm) -> None:
        there = currency_of(form.target.proceeding.jurisdiction.country)
        self.initial = there or form.case.office.currency


class CourtForm(RecordForm):
    """A form about police or courts."""

    takes: ClassVar[dict[Any, Any]] = {
        **RecordForm.takes,
        InvestigationStep: StepChoice,
        OnlineIncident: IncidentChoice,
        Prosecution: ProceedingChoice,
        Complaint: ComplaintChoice,
        Provision: ProvisionChoice,
        Suspect: SuspectChoice,
        list[Charge]: ChargeTicks,
        list[Involvement]: SurvivorTicks,
        list[Suspect]: SuspectTicks,
    }
