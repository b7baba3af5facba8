"""Exports, as they wait for a second person; and a workbook that was looked at."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.models import Job
from exchange.models import Export, ExportedCase, WorkbookImport
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


def workbook_import(asked_by: Any = None, **fields: Any) -> WorkbookImport:
    """Looked at, and without a fault."""
    who = asked_by or factories.user("case_manager")
    values: dict[str, Any] = {"office": who.home_office or factories.office(), "size": 1_000}
    values |= {"file": uuid.uuid4(), "data_key": "an invented key"}
    values |= {"found": '{"new": {"cases": 1}, "known": 0, "faults": []}'}
    values |= {"expires_at": timezone.now() + timedelta(days=1)}
    values["job"] = Job.objects.create(kind="look-at-workbook", state="done", requested_by=who)
    return WorkbookImport.objects.create(asked_by=who, **(values | fields))


FACTORIES: dict[Any, Any] = {
    Export: written,
    ExportedCase: exported_case,
    WorkbookImport: workbook_import,
}
