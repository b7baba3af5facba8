"""What a program is told, and what came of it; what came with a file."""

from __future__ import annotations

import uuid
from itertools import count
from typing import Any

from django.utils import timezone

from backups.models import Backup, Drill
from backups.stores import name_at
from exchange import signing
from exchange.models import Attempt, Delivery, Imported, Webhook, WebhookHost
from tests import factories
from tests.factories.people import service_account

_numbers = count(1)


def webhook(account: Any = None, **fields: Any) -> Webhook:
    values: dict[str, Any] = {"url": "https://hooks.example.org/in", "nouns": ["cases"]}
    values |= {"account": account or service_account(), "secret": signing.new_secret()}
    return Webhook.objects.create(**(values | fields))


def host(**fields: Any) -> WebhookHost:
    """Asked for by somebody who may."""
    values = {"host": f"h{next(_numbers)}.example.org", "asked_by": factories.user("system_admin")}
    return WebhookHost.objects.create(**(values | fields))


def delivery(of: Webhook | None = None, *, tried: bool = True, **fields: Any) -> Delivery:
    values: dict[str, Any] = {"noun": "cases", "row": uuid.uuid4(), "event": uuid.uuid4()}
    values |= {"webhook": of or webhook(), "written_in": 1, "state": "delivered"}
    made: Delivery = Delivery.objects.create(**(values | fields))
    if tried:
        attempt(made)
    return made


def attempt(of: Delivery | None = None) -> Attempt:
    return Attempt.objects.create(delivery=of or delivery(), took_ms=12, status=200)


def imported(case: Any = None, **fields: Any) -> Imported:
    """Of a survivor."""
    person = fields.pop("involvement", None) or factories.involvement(case)
    values = {"source": "Invented partner", "outside_case": "C-1"}
    values |= {"outside_person": f"P-{person.pk}", "digest": "0" * 64, "kept": {}}
    return Imported.objects.create(case=person.case, involvement=person, **(values | fields))


def backup(**fields: Any) -> Backup:
    at = fields.pop("made_at", None) or timezone.now()
    values: dict[str, Any] = {"made_at": at, "name": name_at(at), "place": "/srv/backups"}
    values |= {"seconds": 12, "size": 5_000_000, "files": 3, "without_file": 0}
    made: Backup = Backup.objects.create(**(values | {"keys": "1: 0a1b 2c3d"} | fields))
    return made


def drill(**fields: Any) -> Drill:
    at = fields.pop("drilled_at", None) or timezone.now()
    values: dict[str, Any] = {"drilled_at": at, "backup": name_at(at), "seconds": 34}
    made: Drill = Drill.objects.create(**(values | fields))
    return made


FACTORIES = {
    Imported: imported,
    Webhook: webhook,
    WebhookHost: host,
    Delivery: delivery,
    Attempt: attempt,
    Backup: backup,
    Drill: drill,
}
