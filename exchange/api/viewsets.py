"""Webhooks: each verb that a page has."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.filters import choice, identifier
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet
from exchange.api.serializers import (
    DeliverySerializer,
    SubscribedSerializer,
    SubscribeInput,
    WebhookSerializer,
)
from exchange.models import Delivery, DeliveryState, Webhook
from exchange.services.webhooks import pause_webhook, redeliver, resume_webhook, subscribe


class WebhookViewSet(ReadViewSet):
    """Programs that are told of changes, and how their addresses do."""

    queryset = Webhook.objects.all()
    serializer_class = WebhookSerializer
    filters = {"account": identifier("account")}
    services = {"create": subscribe, "pause": pause_webhook, "resume": resume_webhook}
    inputs = {"create": SubscribeInput, "pause": Nothing, "resume": Nothing}
    asking = frozenset({"create"})  # its answer holds the secret and is kept nowhere
    takes_many = False

    @extend_schema(request=SubscribeInput, responses={201: SubscribedSerializer})
    def create(self, request: Any) -> Response:
        """Tell a program of changes. The secret is in this answer and nowhere else."""
        made = subscribe(actor=request.user, **self.validated())
        return Response(SubscribedSerializer(made).data, status=201)

    @extend_schema(request=None, responses=WebhookSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Any, pk: Any) -> Response:
        """Tell nothing more; what changes meanwhile is not kept for later."""
        return self.change_with(pause_webhook)

    @extend_schema(request=None, responses=WebhookSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Any, pk: Any) -> Response:
        """Tell again, from now on."""
        return self.change_with(resume_webhook)


class DeliveryViewSet(ReadViewSet):
    """The log: what was sent, when, and what was answered. Kept for 30 days."""

    queryset = Delivery.objects.select_related("webhook").prefetch_related("log")
    serializer_class = DeliverySerializer
    filters = {"webhook": identifier("webhook"), "state": choice("state", DeliveryState)}
    services = {"redeliver": redeliver}
    inputs = {"redeliver": Nothing}

    @extend_schema(request=None, responses=DeliverySerializer)
    @action(detail=True, methods=["post"])
    def redeliver(self, request: Any, pk: Any) -> Response:
        """Send it once more, with the same id."""
        return self.change_with(redeliver)
