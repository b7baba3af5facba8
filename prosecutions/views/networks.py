"""Networks and the ways people were taken: the pages, and one page for each verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.list_views import page_of
from casework.views import RecordVerb
from core.forms import DayField
from core.lists.pagination import BadPage
from core.web import Page
from prosecutions.drawing import network_picture
from prosecutions.forms.networks import (
    AddMemberForm,
    BeginForm,
    CorridorForm,
    NetworkFilter,
)
from prosecutions.models import Corridor, Network
from prosecutions.services.corridors import replace_corridor
from prosecutions.services.networks import (
    add_member,
    begin_network,
    mark_network,
    read_network,
    read_networks,
)

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


class Networks(Page):
    """Every network of which the reader sees a member, the newest first."""

    permission = read_networks.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            page = page_of(NetworkFilter(request.GET.dict(), user=self.actor))
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(reverse("prosecutions:networks"))
        context = {"list": page, "networks": read_networks(page.rows, actor=self.actor)}
        return render(request, "prosecutions/networks.html", context)


class NetworkPage(Page):
    """One network: members, ways, cases, and the picture of them."""

    model, service = Network, read_network

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        context = read_network(self.target, day=self._day(), actor=self.actor)
        return render(request, "prosecutions/network.html", context | network_picture(context))

    def _day(self) -> date | None:
        """The day in the address; today, where it is none."""
        try:
            day: date | None = DayField(required=False).clean(self.request.GET.get("as_of", ""))
        except ValidationError:
            return None
        return day


class MarkNetwork(Page):
    """The buttons that say how a network stands now."""

    model, service = Network, mark_network

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        status = request.POST.get("status", "")
        mark_network(self.target, status=status, version=self.version, actor=self.actor)
        return HttpResponseRedirect(reverse("prosecutions:network", args=[pk]))


class BeginNetwork(RecordVerb):
    """By hand: its form chooses the suspect of the case."""

    service, form_class, part = begin_network, BeginForm, "borders"
    submit_label = gettext_lazy("Begin the network")

    def act(self, form: BaseForm) -> str:
        data = dict(form.cleaned_data)
        begin_network(data.pop("suspect"), actor=self.actor, **data)
        return self.after()


class AddMember(RecordVerb):
    """By hand: its form chooses the suspect of the case."""

    service, form_class, part = add_member, AddMemberForm, "borders"
    submit_label = gettext_lazy("Add the member")

    def act(self, form: BaseForm) -> str:
        data = dict(form.cleaned_data)
        add_member(data.pop("suspect"), actor=self.actor, **data)
        return self.after()


class ReplaceCorridor(RecordVerb):
    """By hand: its places stand in another table."""

    model, service, form_class = Corridor, replace_corridor, CorridorForm
    button = gettext_lazy("Change this route")
    submit_label = gettext_lazy("Save the route")

    def get_initial(self) -> dict[str, object]:
        initial: dict[str, Any] = {"network": self.target.network_id}
        for leg in self.target.legs.select_related("jurisdiction"):
            number = sum(name.startswith(f"{leg.kind}-") for name in initial) + 1
            initial[f"{leg.kind}-{number}"] = leg.jurisdiction.code
        return initial
