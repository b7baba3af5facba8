"""The register of outside addresses, one of them, and the steps between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.days import clock
from core.verbs.forms import form_of
from core.web import FormPage, Page
from reports.outside.models import OutsideAddress, offices_of
from reports.outside.services import propose_address, read_address

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from accounts.models import Office

MOST = 200


class OutsideAddresses(Page):
    """What waits first, then what holds, then what ended."""

    permission = OutsideAddress.access.view

    def get(self, request: HttpRequest) -> HttpResponse:
        every = OutsideAddress.objects.visible_to(self.actor).select_related("office")
        rows = list(every.order_by("-created_at", "-id")[:MOST])
        rows.sort(key=lambda row: (row.ended_at is not None, row.confirmed_at is not None))
        context = {
            "rows": rows,
            "proposes": self.actor.has_perm(Perm.RELEASE_PROPOSE),
            "filled_by": (Perm.RELEASE_PROPOSE,),
        }
        return render(request, "reports/outside/addresses.html", context)


class OneAddress(Page):
    model, service = OutsideAddress, read_address

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        address = read_address(self.target, actor=self.actor)
        waits = not address.confirmed_at and not address.ended_at
        context = {
            "address": address,
            "about": address.describe(),
            "letters": address.letters.shown()[:MOST],
            "confirms": waits and address.proposed_by_id != self.actor.pk,
        }
        return render(request, "reports/outside/address.html", context)


class AddressPage(FormPage):
    """A verb on an address: above it stands what it is about."""

    template_name = "reports/verb.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        about: dict[str, object] = {"back_url": reverse("reports:outside")}
        if self.is_about_a_row:
            back = self.target.get_absolute_url()
            about = {"about": self.target.describe(), "back_url": back}
        return super().get_context_data(**(about | kwargs))


class ProposeAddress(AddressPage):
    """By hand: the offices that are offered are those of the person."""

    service, submit_label = propose_address, gettext_lazy("Propose")
    form_class = form_of(
        propose_address, order=("office", "organisation", "email", "contact", "language")
    )

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        mine = offices_of(self.actor, Perm.RELEASE_PROPOSE).exclude(closed_on__lte=clock.today())
        form.fields["office"].queryset = mine.order_by("name")
        return form

    def get_initial(self) -> dict[str, object]:
        home: Office | None = self.actor.home_office
        return super().get_initial() | ({"office": home.code} if home else {})
