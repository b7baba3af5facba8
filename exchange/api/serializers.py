"""Webhooks and their deliveries: shapes of requests and answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import ServiceAccount
from core.api.serializers import Input, Labelled, Text, VisibleRow
from exchange.models import Attempt, Delivery, Webhook
from exchange.nouns import Noun


class WebhookSerializer(serializers.ModelSerializer[Webhook]):
    class Meta:
        model = Webhook
        fields = (
            "id",
            "account",
            "url",
            "nouns",
            "failures",
            "retry_at",
            "paused_at",
            "paused_for",
            "version",
        )


class SubscribedSerializer(serializers.Serializer[Any]):
    """A new webhook. `secret` is given this once."""

    webhook = WebhookSerializer(source="row")
    secret = serializers.CharField()


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    class Meta:
        model = Attempt
        fields = ("at", "took_ms", "status", "failure")


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """When, what kind of row, and what came of it: never which row."""

    log = AttemptSerializer(many=True, read_only=True)

    class Meta:
        model = Delivery
        fields = (
            "id",
            "webhook",
            "event",
            "noun",
            "state",
            "attempts",
            "created_at",
            "due_at",
            "log",
            "version",
        )


class SubscribeInput(Input):
    account = VisibleRow(ServiceAccount.objects.select_related("user", "owner"))
    url = Text(max_length=500)
    nouns = serializers.ListField(child=Labelled(Noun), allow_empty=False, max_length=len(Noun))
