"""Shapes of the forms about networks and the ways people were taken."""

from __future__ import annotations

import itertools
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import PastDay, RecordForm, places_around
from places.models import Jurisdiction
from prosecutions.enums import Leg, NetworkRole
from prosecutions.forms.suspects import Suggested, SuspectChoice, suspects_of
from prosecutions.models import Network, Suspect
from prosecutions.services.corridors import MOST_LEGS, Stage
from prosecutions.services.networks import offer_networks

THROUGH = 3  # places people were taken through, offered at once
ROLES = [("", "---------"), *NetworkRole.choices]


class MemberForm(RecordForm):
    suspect = SuspectChoice(Suspect.objects.none(), label=gettext_lazy("Suspect"))
    role = forms.ChoiceField(label=gettext_lazy("What they do in the network"), choices=ROLES)

    def offer(self) -> None:
        self.choose("suspect", suspects_of(self))


class BeginForm(MemberForm):
    identified_on = PastDay(
        label=gettext_lazy("Identified on"),
        help_text=gettext_lazy("The day it was first known that these people work together."),
    )


class AddMemberForm(MemberForm):
    network = forms.CharField(
        label=gettext_lazy("Network"),
        help_text=gettext_lazy("Its code, such as N-7K2QXA."),
        max_length=10,
        widget=Suggested(attrs={"autocomplete": "off"}),
    )
    known_on = PastDay(label=gettext_lazy("Known as a member since"))
    field_order = ("network", "suspect", "role", "known_on")

    def offer(self) -> None:
        super().offer()
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


class ChangeMemberForm(RecordForm):
    role = forms.ChoiceField(label=gettext_lazy("What they do in the network"), choices=NetworkRole)
    left_on = PastDay(
        label=gettext_lazy("No member since"),
        help_text=gettext_lazy("Only if it was found that this person does not belong to it."),
        required=False,
    )


class CorridorForm(RecordForm):
    """The stages in their order, each with its place; several places to pass through."""

    network = forms.ModelChoiceField(
        Network.objects.none(),
        label=gettext_lazy("Network, if this is its way"),
        required=False,
        empty_label=gettext_lazy("None"),
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

    def clean(self) -> dict[str, Any]:
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


def _places_in_groups(case: Any) -> list[Any]:
    """Every place under its country, read once for all boxes of the form."""
    rows = list(places_around(case))
    groups = itertools.groupby(rows, lambda row: row.land)
    found = [list(group) for _land, group in groups]
    return [("", "---------")] + [
        (group[0].name, [(row.code, row.name) for row in group]) for group in found
    ]
