"""Webhooks, for the system administrator. No page shows which row something was about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.web import FormPage, Page
from exchange.forms import SubscribeForm
from exchange.models import Delivery, Webhook
from exchange.services.hosts import read_hosts
from exchange.services.webhooks import (
    Subscribed,
    read_webhook,
    read_webhooks,
    redeliver,
    renew_secret,
    subscribe,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


class Webhooks(Page):
    permission = read_webhooks.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "webhooks": read_webhooks(actor=self.actor),
            "hosts": read_hosts(actor=self.actor),
            "of_operators": sorted(settings.WEBHOOK_HOSTS),
        }
        return render(request, "exchange/webhooks.html", context)


class WebhookPage(Page):
    model, service = Webhook, read_webhook

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return render(request, "exchange/webhook.html", read_webhook(self.target, actor=self.actor))


class Subscribe(FormPage):
    """Makes a subscription and shows its secret in the answer itself: nobody sees it again."""

    once = keeps_drafts = False  # its answer is shown, and kept nowhere
    permission, service, form_class = subscribe.permission, subscribe, SubscribeForm
    template_name = "people/form.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {
            "title": _("Add a webhook"),
            "intro": _("The program is told that something changed, and fetches it with its key."),
            "submit_label": _("Add"),
            "back_url": reverse("exchange:webhooks"),
        }
        return super().get_context_data(**words, **kwargs)

    def act(self, form: BaseForm) -> str:
        self.given_back = subscribe(actor=self.actor, **form.cleaned_data)
        return str(self.given_back.row.get_absolute_url())

    def answer(self, url: str, form: object) -> HttpResponse:
        return show_secret(self, self.given_back)


class WebhookVerb(FormPage):
    """A button of a subscription that asks once more."""

    template_name = "people/form.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {
            "submit_label": self.service.label,
            "about": [(_("Address"), self.target.url)],
            "back_url": self.target.get_absolute_url(),
        }
        return super().get_context_data(**words, **kwargs)


class HostVerb(FormPage):
    """Asks for a host, allows or ends it."""

    template_name = "people/form.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        about = self.target.describe() if self.is_about_a_row else []
        words = {"submit_label": self.service.label, "about": about, "back_url": self.after()}
        return super().get_context_data(**words, **kwargs)

    def after(self) -> str:
        return reverse("exchange:webhooks")


class RenewSecret(WebhookVerb):
    """Shows the new secret in the answer itself: nobody sees it again."""

    model, service = Webhook, renew_secret
    once = keeps_drafts = False  # its answer is shown, and kept nowhere

    def act(self, form: BaseForm) -> str:
        self.given_back = renew_secret(self.target, actor=self.actor, **form.cleaned_data)
        return self.before()

    def answer(self, url: str, form: object) -> HttpResponse:
        return show_secret(self, self.given_back)


def show_secret(page: Page, made: Subscribed) -> HttpResponse:
    context = {"webhook": made.row, "secret": made.secret}
    return render(page.request, "exchange/secret.html", context)


class Redeliver(Page):
    model, service = Delivery, redeliver

    def before(self) -> str:
        return str(self.target.webhook.get_absolute_url())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        redeliver(self.target, actor=self.actor)
        return HttpResponseRedirect(self.before())
