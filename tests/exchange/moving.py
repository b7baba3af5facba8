"""Workbooks made, filled in and taken in, for tests."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import connection

from casework.models import Case
from core.context import acting_as
from core.workbooks import Workbook
from exchange.services.workbooks import import_workbook, preview_workbook
from exchange.workbooks.giving import Giving
from exchange.workbooks.opening import Tables, tables

DOC = Path(__file__).parents[2] / "docs/how-to/move-in-by-workbook.md"
CASE = {"key": "2019/77", "programme": "csec", "jurisdiction": "IN-WB-KOL"}
CASE |= {"opened_on": "2019-03-04", "status": "rescued"}


def filled(**sheets: list[dict[str, Any]]) -> bytes:
    """A workbook as a spreadsheet program writes it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        head = list(dict.fromkeys(column for line in lines for column in line))
        for row, values in enumerate([dict(zip(head, head, strict=True)), *lines]):
            for at, column in enumerate(head):
                sheet.write(row, at, values.get(column))
    book.close()
    return out.getvalue()


def sent(content: bytes) -> str:
    return base64.b64encode(content).decode()


def looked_at(content: bytes, actor: Any) -> Any:
    with acting_as(actor.pk):
        return preview_workbook(workbook=sent(content), actor=actor)


def taken(content: bytes, actor: Any) -> Any:
    seen = looked_at(content, actor)
    assert [str(fault) for fault in seen.faults] == []
    with acting_as(actor.pk):
        return import_workbook(workbook=sent(content), digest=seen.digest, actor=actor)


def faults(content: bytes, actor: Any) -> list[tuple[str, int, str]]:
    found = looked_at(content, actor)
    assert found.digest == ""
    return [(fault.sheet, fault.row, fault.column) for fault in found.faults]


def given(office: Any, actor: Any) -> bytes:
    """The workbook of an office, as the export writes it."""
    out = io.BytesIO()
    with acting_as(actor.pk):
        book = Workbook(out)
        Giving(office, actor).write(book, lambda _sheet, _rows: None)
        book.close()
    return out.getvalue()


def lines(content: bytes) -> Tables:
    """Its cells, but for the sheet that explains the others; empty ends of lines cut off."""
    found = {}
    for name, rows in tables(content).items():
        if name != "read_me":
            ends = (max((at for at, cell in enumerate(row, 1) if cell), default=0) for row in rows)
            found[name] = [row[:end] for row, end in zip(rows, ends, strict=True)]
    return found


def emptied() -> None:
    """A database as on the first day: people, offices and places, and no case."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("truncate casework_case, victims_victim, prosecutions_perpetrator cascade")
        cursor.execute("truncate places_agency, aftercare_provider cascade")
        cursor.execute("truncate casework_referencecounter, prosecutions_network cascade")
        cursor.execute("truncate studies_study, studies_evaluation cascade")
        cursor.execute("truncate studies_externalstatistic, studies_districtsurvey")
        cursor.execute("truncate studies_programmeplace, studies_training")
        cursor.execute("set constraints all deferred")
    assert not Case.objects.exists()
