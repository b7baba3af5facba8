"""What the list of cases is narrowed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from accounts.permissions import Perm
from casework.enums import CaseStatus, Programme, SupportLevel
from casework.forms import places_of
from casework.lists import CASE_TABLE, ME, NOBODY
from core.lists.forms import ListFilter
from desk.own_questions import answers
from desk.trail.filters import day_field
from places.enums import JurisdictionLevel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User


class CaseFilter(ListFilter):
    table = CASE_TABLE
    named = {"place": "jurisdiction", "support": "support_level"}

    team = forms.ChoiceField(label=_("Team"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    office = forms.ChoiceField(label=_("Office"), required=False)
    support = forms.ChoiceField(label=_("Support"), required=False)
    answer = forms.ChoiceField(label=_("Own questions"), required=False)
    opened_from = day_field(_("Opened from"))
    opened_to = day_field(_("Opened to"))

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        super().__init__(data, user=user)
        teams = [(ME, _("My cases"))]
        if user.has_perm(Perm.TEAM_VIEW):
            teams.append((NOBODY, _("Nobody on it")))
        places = places_of(user)
        if user.home_office is None:  # of the whole world, the countries are enough to choose from
            places = places.filter(level=JurisdictionLevel.COUNTRY)
        offices = Office.objects.filter(is_global=False)
        self.offer("team", teams)
        self.offer("status", [(s.value, s.label) for s in CaseStatus if s not in CaseStatus.FORMER])
        self.offer("programme", Programme.choices)
        self.offer("place", places.choices())
        self.offer("office", offices.values_list("code", "name"))
        self.offer("support", SupportLevel.choices)
        self.offer_or_leave("answer", answers("case", user))
