"""What a program is told, and what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from exchange import signing
from exchange.models import Attempt, Delivery, Webhook
from tests.factories.people import service_account


def webhook(account: Any = None, **fields: Any) -> Webhook:
    values: dict[str, Any] = {"url": "https://hooks.example.org/in", "nouns": ["cases"]}
    values |= {"account": account or service_account(), "secret": signing.new_secret()}
    return Webhook.objects.create(**(values | fields))


def delivery(of: Webhook | None = None, *, tried: bool = True, **fields: Any) -> Delivery:
    values: dict[str, Any] = {"noun": "cases", "row": uuid.uuid4(), "event": uuid.uuid4()}
    values |= {"webhook": of or webhook(), "written_in": 1, "state": "delivered"}
    made: Delivery = Delivery.objects.create(**(values | fields))
    if tried:
        attempt(made)
    return made


def attempt(of: Delivery | None = None) -> Attempt:
    return Attempt.objects.create(delivery=of or delivery(), took_ms=12, status=200)


FACTORIES = {Webhook: webhook, Delivery: delivery, Attempt: attempt}
