"""Shapes of the forms about a site and about what was logged of a rescue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.enums import SiteKind
from casework.forms.cases import PlaceChoice, RecordForm, Today, places_of
from casework.lists import SITE_TABLE
from casework.models import Rescue, Site
from casework.services.sites import close_site, reopen_site
from core.access import CONTENT
from core.days.moments import CannotBe, check_moment
from core.forms import words_of
from core.lists.forms import ListFilter
from core.verbs.forms import form_of
from places.models import Agency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from core.access import ScopedQuerySet

CloseSiteForm = form_of(close_site, RecordForm, on={"closed_on": Today})
ReopenSiteForm = form_of(reopen_site, RecordForm, on={"reopened_on": Today})


class SiteFilter(ListFilter):
    table = SITE_TABLE
    named = {"place": "jurisdiction"}

    kind = forms.ChoiceField(label=_("Kind of site"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    state = forms.ChoiceField(label=_("Now"), required=False)

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        super().__init__(data, user=user)
        self.offer("kind", SiteKind.choices)
        self.offer("place", places_of(user).choices())
        self.offer("state", [("open", _("Not closed")), ("closed", _("Closed"))])

    def narrow(self, rows: ScopedQuerySet) -> ScopedQuerySet:
        sites: Any = super().narrow(rows)
        state, now = self.cleaned_data.get("state"), sites.open_now()
        if state == "closed":
            sites = sites.exclude(pk__in=now.values("pk"))
        return now if state == "open" else sites


class SameSiteForm(RecordForm):
    """By hand: two boxes name one site."""

    reference = forms.CharField(
        label=_("Case of the other site"),
        help_text=_("Its reference, such as MNL-2026-0004. You must be able to read both cases."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("Code of the other site"),
        help_text=_("Such as P-1."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, object]:
        """A site of a case open to this person; every other answers alike."""
        data = super().clean() or {}
        if self.errors:
            return data
        reach = self.user.scope.rows(CONTENT, case="case", office="office")
        rows = Site.objects.visible_to(self.user).filter(reach).select_related("case")
        other = rows.filter(
            case__reference=data["reference"].upper(), code=data["code"].upper()
        ).first()
        if other is None:
            raise forms.ValidationError(gettext("Not found, or not open to you."))
        return {"other": other}


class AmendRescueForm(RecordForm):
    """By hand: the moment is read by the clock of the place that is chosen."""

    occurred_at = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        **words_of(Rescue, "occurred_at"),
    )
    jurisdiction = PlaceChoice(**words_of(Rescue, "jurisdiction"))
    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(),
        label=_("Sites"),
        help_text=_("A site of this case. If it is missing, first add it to the case."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label=_("Who took part"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    led_by_agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Who of them led it"),
        empty_label=_("We did, or it is not known"),
        required=False,
    )

    def offer(self) -> None:
        sites = Site.objects.visible_to(self.user).filter(case=self.case)
        self.choose("sites", sites.order_by("created_at"))
        there = Q(pk__in=self.target.rescue_agencies.in_force().values("agency"))
        home = Q(jurisdiction__code__startswith=self.case.jurisdiction.country, is_active=True)
        agencies = Agency.objects.filter(there | home).order_by("name")
        self.choose("agencies", agencies)
        self.choose("led_by_agency", agencies)
        self.fields["sites"].label_from_instance = site_in_words  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """The clock of the place is known when the place is."""
        data = super().clean() or {}
        moment, place = data.get("occurred_at"), data.get("jurisdiction")
        if moment and place:
            try:
                data["occurred_at"] = check_moment(place.moment(moment.replace(tzinfo=None)))
            except CannotBe as words:
                self.add_error("occurred_at", str(words))
        return data


def site_in_words(site: Site) -> str:
    return f"{site.code}: {site.get_kind_display()}"
