"""Webhooks, for the system administrator. No page shows which row something was about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web import FormPage, Page
from exchange.forms import SubscribeForm
from exchange.models import Delivery, Webhook
from exchange.services.webhooks import (
    Subscribed,
    pause_webhook,
    read_webhook,
    read_webhooks,
    redeliver,
    resume_webhook,
    subscribe,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


class Webhooks(Page):
    permission = read_webhooks.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        shown = {"webhooks": read_webhooks(actor=self.actor)}
        return render(request, "exchange/webhooks.html", shown)


class WebhookPage(Page):
    model, service = Webhook, read_webhook

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return render(request, "exchange/webhook.html", read_webhook(self.target, actor=self.actor))


class Subscribe(FormPage):
    """Makes a subscription and shows its secret in the answer itself: nobody sees it again."""

    once = False  # its answer is shown, and kept nowhere
    permission, service, form_class = subscribe.permission, subscribe, SubscribeForm
    template_name = "people/form.html"
    made: Subscribed | None = None

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {
            "title": _("Add a webhook"),
            "intro": _("The program is told that something changed, and fetches it with its key."),
            "submit_label": _("Add"),
            "back_url": reverse("exchange:webhooks"),
        }
        return super().get_context_data(**words, **kwargs)

    def form_valid(self, form: object) -> HttpResponse:
        answer = super().form_valid(form)
        if self.made is None:
            return answer
        shown = {"webhook": self.made.row, "secret": self.made.secret}
        return render(self.request, "exchange/secret.html", shown)

    def act(self, form: BaseForm) -> str:
        self.made = subscribe(actor=self.actor, **form.cleaned_data)
        return self.made.row.get_absolute_url()


class WebhookVerb(FormPage):
    """A button of a subscription that asks once more."""

    model, template_name = Webhook, "people/form.html"
    title: Any = ""
    intro: Any = ""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {
            "title": self.title,
            "intro": self.intro,
            "submit_label": self.title,
            "about": [(_("Address"), self.target.url)],
            "back_url": self.target.get_absolute_url(),
        }
        return super().get_context_data(**words, **kwargs)


class PauseWebhook(WebhookVerb):
    service = pause_webhook
    title = gettext_lazy("Pause this webhook")
    intro = gettext_lazy("No more changes are told, and none are kept for later.")


class ResumeWebhook(WebhookVerb):
    service = resume_webhook
    title = gettext_lazy("Resume this webhook")
    intro = gettext_lazy("What changed meanwhile, the program asks for with updated_since.")


class Redeliver(Page):
    model, service = Delivery, redeliver

    def before(self) -> str:
        return str(self.target.webhook.get_absolute_url())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        redeliver(self.target, actor=self.actor)
        return HttpResponseRedirect(self.before())
