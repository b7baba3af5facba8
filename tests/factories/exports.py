"""Exports, as they wait for a second person."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from exchange.models import Export, ExportedCase
from tests import factories


def export(asked_by: Any = None, **fields: Any) -> Export:
    who = asked_by or factories.user("data_officer")
    values: dict[str, Any] = {"what": "cases", "format": "csv", "identifiers": False}
    values |= {
        "reason": "figures",
        "decision": "waiting",
        "office": who.home_office or factories.office(),
    }
    return Export.objects.create(asked_by=who, **(values | fields))


def exported_case(of: Export | None = None) -> ExportedCase:
    return ExportedCase.objects.create(export=of or written(), of_case=uuid.uuid4(), level=1)


def written() -> Export:
    """With a file: its key stands only beside it."""
    return export(file=uuid.uuid4(), data_key="an invented key", expires_at=timezone.now())


FACTORIES: dict[Any, Any] = {Export: written, ExportedCase: exported_case}
