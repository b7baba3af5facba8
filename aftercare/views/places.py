"""Providers: the list that finds a bed tonight, one page each; and where survivors sleep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.list_views import page_of
from accounts.permissions import Perm
from aftercare.forms.places import (
    ChangeProviderForm,
    ProviderFilter,
    ProviderForm,
    ProvidersForm,
    StaffForm,
    as_entered,
)
from aftercare.models import Provider, ProviderStaff
from aftercare.provider_search import ahead, beds_by_time, providers_in_words
from aftercare.services.providers import (
    change_provider,
    read_free,
    read_occupancy,
    register_provider,
    register_providers,
)
from aftercare.services.reach import answers_for
from aftercare.services.staff import add_staff, end_staff, read_staff
from core.lists.pagination import BadPage
from core.web import FormPage, Page
from places.history import history_of
from places.views.lists import TablePage

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from core.access import ScopedQuerySet


class Providers(Page):
    """Who gives care, by what is needed, for whom, and with a bed tonight."""

    permission = Perm.REFERRAL_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            page = page_of(ProviderFilter(request.GET.dict(), user=self.actor))
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(reverse("aftercare:providers"))
        context = {
            "list": page,
            "providers": providers_in_words(page.rows, self.actor),
            "manages": self.actor.has_perm(Perm.PROVIDER_MANAGE),
        }
        return render(request, "aftercare/providers.html", context)


class ProviderPage(Page):
    """What a provider offers to whom, and how full it was month by month."""

    model, service = Provider, read_occupancy

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("jurisdiction")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        today = self.target.jurisdiction.today
        (row,) = providers_in_words([self.target], self.actor)
        months = read_occupancy(self.target, today=today, actor=self.actor)
        manages = answers_for(self.target.jurisdiction, self.actor)
        context = {
            "row": row,
            "months": months,
            "ahead": ahead(read_free(self.target, today=today, actor=self.actor)),
            "beds": beds_by_time(self.target),
            "manages": manages,
            "history": history_of(self.target) if manages else [],
            "staff": read_staff(self.target, actor=self.actor) if manages else [],
        }
        return render(request, "aftercare/provider.html", context)


class _ProviderForm(FormPage):
    """What both forms of a provider need."""

    form_class = ProviderForm
    template_name = "aftercare/provider_form.html"

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"user": self.actor}


class RegisterProvider(_ProviderForm):
    once = True
    permission = register_provider.permission

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {"title": _("Add a provider"), "submit_label": _("Add the provider")}
        return super().get_context_data(**(words | kwargs))

    def act(self, form: BaseForm) -> str:
        return register_provider(actor=self.actor, **form.cleaned_data).get_absolute_url()


class ProvidersTable(TablePage):
    service, form_class, listed = register_providers, ProvidersForm, "aftercare:providers"


class ChangeProvider(_ProviderForm, FormPage):
    model, service, form_class = Provider, change_provider, ChangeProviderForm

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("jurisdiction")

    def get_initial(self) -> dict[str, object]:
        return as_entered(self.target)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {"title": _("Change a provider"), "version": self.version or self.target.version}
        return super().get_context_data(**(words | kwargs))

    def act(self, form: BaseForm) -> str:
        change_provider(self.target, version=self.version, actor=self.actor, **form.cleaned_data)
        return self.after()


class AddStaff(FormPage):
    """Who may sign in for a provider."""

    model, service, form_class = Provider, add_staff, StaffForm
    template_name = "aftercare/staff_form.html"


class EndStaff(Page):
    """The button beside a person of a provider."""

    model, service = ProviderStaff, end_staff

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("provider", "user")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        end_staff(self.target, actor=self.actor)
        return HttpResponseRedirect(self.before())
