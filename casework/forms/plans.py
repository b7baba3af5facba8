"""Forms about the plan of a rescue that differ from the plain ones, by what they offer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import User
from casework.forms.cases import Offering, PlaceChoice, RecordForm, SamePlace
from casework.forms.sites import site_in_words
from casework.models import Rescue, Site
from casework.services.plans import (
    carry_out_plan,
    change_plan,
    may_be_named,
    name_in_plan,
    plan_rescue,
    unname_in_plan,
)
from core.verbs.forms import form_of
from places.enums import AgencyKind
from places.models import Agency

FIRST = ("day", "hour", "jurisdiction", "site", "meeting_point", "part", "partners")


class SiteChoice(Offering, forms.ModelChoiceField):
    """A site of the case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Site.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        rows = Site.objects.visible_to(form.user).filter(case=form.case)
        self.queryset = rows.order_by("created_at")

    def label_from_instance(self, obj: Site) -> str:
        return site_in_words(obj)


class PartnerTicks(Offering, forms.ModelMultipleChoiceField):
    """Agencies in use of the country of the case; nobody goes to a rescue with a court."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Agency.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        kept = form.initial.get("partners") or []
        home = Q(jurisdiction__code__startswith=form.case.jurisdiction.country, is_active=True)
        home &= ~Q(kind=AgencyKind.COURT)
        self.queryset = Agency.objects.filter(home | Q(pk__in=kept)).order_by("name")


class RescueChoice(Offering, forms.ModelChoiceField):
    """A rescue of the case, the latest first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Rescue.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        rows = Rescue.objects.visible_to(form.user).filter(case=form.case)
        self.queryset = rows.select_related("jurisdiction").order_by("-occurred_at")

    def label_from_instance(self, obj: Rescue) -> str:
        ((_label, words),) = obj.describe()
        return str(words)


class NamingForm(RecordForm):
    """By hand: only the team of the case can be named."""

    def offer(self) -> None:
        self.choose("user", may_be_named(self.case).order_by("name"))


class UnnamingForm(RecordForm):
    """By hand: only who is named can be taken off, and not whoever made the plan."""

    def offer(self) -> None:
        stay = {str(self.user.pk), self.target.says.made_by}
        others = User.objects.filter(pk__in=set(self.target.says.team) - stay)
        self.choose("user", others.order_by("name"))


CHOICES = {"site": SiteChoice, "partners": PartnerTicks}
RescuePlanForm = form_of(
    plan_rescue, RecordForm, on={"jurisdiction": SamePlace, **CHOICES}, order=FIRST
)
PlanChangeForm = form_of(
    change_plan, RecordForm, on={"jurisdiction": PlaceChoice, **CHOICES}, order=FIRST
)
NameForm = form_of(name_in_plan, NamingForm)
UnnameForm = form_of(unname_in_plan, UnnamingForm)
CarriedOutForm = form_of(carry_out_plan, RecordForm, on={"rescue": RescueChoice})
