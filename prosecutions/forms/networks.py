"""Forms about networks and the ways people were taken that differ from the plain ones."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import RecordForm, places_around
from core.forms import words_of
from core.lists.forms import ListFilter
from core.verbs.forms import form_of
from places.models import Jurisdiction
from prosecutions.enums import Leg, NetworkStatus
from prosecutions.forms.fields import CourtForm, Suggested, SuspectChoice
from prosecutions.models import Corridor, Network, NetworkMember
from prosecutions.networks import NETWORK_TABLE, countries_of, networks_in
from prosecutions.services.corridors import MOST_LEGS, Stage
from prosecutions.services.networks import add_member, begin_network, offer_networks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from casework.models import Case
    from core.access import ScopedQuerySet

THROUGH = 3  # places people were taken through, offered at once


class MemberForm(CourtForm):
    """Says of whom: the page is that of the case."""

    suspect = SuspectChoice(**words_of(NetworkMember, "suspect"))


def by_code(**words: Any) -> forms.Field:
    return forms.CharField(max_length=10, widget=Suggested(attrs={"autocomplete": "off"}), **words)


class NetworkFilter(ListFilter):
    """By the country, too, of the members that its reader sees; no other is offered."""

    table = NETWORK_TABLE

    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        super().__init__(data, user=user)
        self.offer("status", NetworkStatus.choices)
        by_name = sorted((name, code) for code, name in countries_of(user).items())
        self.offer("country", [(code, name) for name, code in by_name])

    def narrow(self, rows: ScopedQuerySet) -> ScopedQuerySet:
        networks, country = super().narrow(rows), self.cleaned_data.get("country", "")
        return networks_in(networks, country, self.user) if country else networks


BeginForm = form_of(begin_network, MemberForm)


class AddMemberForm(
    form_of(add_member, MemberForm, on={"network": by_code}, order=("network",))  # type: ignore[misc]
):
    """By hand: networks are named by their code."""

    def offer(self) -> None:
        widget: Any = self.fields["network"].widget
        widget.suggestions = [
            (row.code, f"{row.get_status_display()}, {date_format(row.identified_on, 'j M Y')}")
            for row in offer_networks(self.case, actor=self.user)
        ]

    def clean_network(self) -> Network:
        code = self.cleaned_data["network"].upper()
        network: Network | None = Network.objects.visible_to(self.user).filter(code=code).first()
        if network is None:
            raise forms.ValidationError(_("Not found, or not open to you."))
        return network


class CorridorForm(RecordForm):
    """By hand: the stages in their order, each with its place; several places to pass through."""

    network = forms.ModelChoiceField(
        Network.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
        **words_of(Corridor, "network"),
    )

    def offer(self) -> None:
        ours = Network.objects.visible_to(self.user).filter(members__case=self.case)
        self.choose("network", ours.distinct().order_by("code"))
        self.stages = self._stages()
        places = _places_in_groups(self.case)
        for name, kind in self.stages.items():
            self.fields[name] = forms.ChoiceField(
                label=_label(name, kind), choices=places, required=False
            )

    def _stages(self) -> dict[str, str]:
        """The name of each box, in order, and the kind of its leg."""
        written = [name for name in self.data if name.startswith("transit-") and self.data[name]]
        known = [name for name in self.initial if name.startswith("transit-")]
        more = min(max(THROUGH, len(written), len(known) + 1), MOST_LEGS)
        return {
            f"{kind}-{number}": kind
            for kind in Leg.values
            for number in range(1, more + 1 if kind == Leg.TRANSIT else 2)
        }

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        codes = [(kind, data.pop(name, "")) for name, kind in self.stages.items()]
        rows = Jurisdiction.objects.filter(code__in=[code for _kind, code in codes if code])
        places = {row.code: row for row in rows}
        return data | {"legs": [Stage(kind, places[code]) for kind, code in codes if code]}


def _label(name: str, kind: str) -> str:
    """What the box is called; of several for one kind, the later ones by their number."""
    what, number = str(Leg(kind).label), name.rpartition("-")[2]
    if number == "1":
        return what
    return _("%(what)s, place %(number)s") % {"what": what, "number": number}


def _places_in_groups(case: Case) -> list[Any]:
    """Every place under its country, read once for all boxes of the form."""
    rows = list(places_around(case))
    groups = itertools.groupby(rows, lambda row: row.land)
    lands = [list(group) for _land, group in groups]
    return [("", "---------")] + [
        (group[0].name, [(row.code, row.name) for row in group]) for group in lands
    ]
