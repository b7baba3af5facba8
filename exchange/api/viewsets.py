"""Webhooks: each verb that a page has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from exchange.api.serializers import (
    DeliverySerializer,
    HostSerializer,
    RenewSecretInput,
    SubscribedSerializer,
    SubscribeInput,
    WebhookSerializer,
)
from exchange.models import Delivery, Webhook, WebhookHost
from exchange.services.hosts import allow_host, ask_host, end_host
from exchange.services.webhooks import (
    pause_webhook,
    redeliver,
    renew_secret,
    resume_webhook,
    subscribe,
)

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class HostViewSet(ReadViewSet):
    """Hosts that messages may be sent to, beside those that the operators named.

    One that was ended has `ended_at`; `allowed_at` is null while it waits for a second person.
    """

    listed = List(
        WebhookHost.objects.select_related("asked_by", "allowed_by"), orders={"newest": "-asked_at"}
    )
    serializer_class = HostSerializer

    create = Verb(ask_host)
    allow = Verb(allow_host)
    end = Verb(end_host)


class WebhookViewSet(ReadViewSet):
    """Programs that are told of changes, and how their addresses do."""

    listed = List(Webhook.objects.all(), "account")
    serializer_class = WebhookSerializer
    services = {"create": subscribe, "renew_secret": renew_secret}
    inputs = {"create": SubscribeInput, "renew_secret": RenewSecretInput}
    asking = frozenset(services)  # their answers hold the secret and are kept nowhere
    takes_many = False

    # The secret is shown once, so no answer is kept.
    @extend_schema(request=SubscribeInput, responses={201: SubscribedSerializer})
    def create(self, request: SignedIn) -> Response:
        """Tell a program of changes. The secret is in this answer and nowhere else."""
        made = subscribe(actor=request.user, **self.validated())
        return Response(SubscribedSerializer(made).data, status=201)

    @extend_schema(request=RenewSecretInput, responses={201: SubscribedSerializer})
    @action(detail=True, methods=["post"], url_path="renew-secret")
    def renew_secret(self, request: SignedIn, pk: str) -> Response:
        """Replace the secret; messages are signed by both for `overlap_hours`. The new one is in
        this answer and nowhere else."""
        made = renew_secret(self.get_object(), actor=request.user, **self.validated())
        return Response(SubscribedSerializer(made).data, status=201)

    pause = Verb(pause_webhook)
    resume = Verb(resume_webhook)


class DeliveryViewSet(ReadViewSet):
    """The log: what was sent, when, and what was answered. Kept for 30 days."""

    listed = List(
        Delivery.objects.select_related("webhook").prefetch_related("log"), "webhook state"
    )
    serializer_class = DeliverySerializer

    redeliver = Verb(redeliver)
