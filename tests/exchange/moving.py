"""Workbooks made, filled in and taken in, for tests."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import connection

from casework.files.arriving import Upload
from casework.files.received import Received
from casework.models import Case
from core import jobs
from core.context import acting_as
from core.sheets.workbooks import Workbook
from exchange.models import WorkbookImport
from exchange.services.workbooks import confirm_workbook, send_workbook
from exchange.workbooks.giving import Giving
from exchange.workbooks.looking import Preview
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


def as_upload(content: bytes) -> Upload:
    return Upload("invented.xlsx", Received.of([content]), len(content))


def arrived(content: bytes, actor: Any, office: Any = None) -> WorkbookImport:
    """Sent, and not looked at yet."""
    file = as_upload(content)
    try:
        with acting_as(actor.pk):
            return send_workbook(file=file, office=office, actor=actor)
    finally:
        file.close()


def worked(row: WorkbookImport) -> WorkbookImport:
    """Its job is done, as by a worker."""
    jobs.run(WorkbookImport.objects.get(pk=row.pk).job_id)
    return WorkbookImport.objects.select_related("job", "asked_by", "office").get(pk=row.pk)


def looked_at(content: bytes, actor: Any) -> WorkbookImport:
    return worked(arrived(content, actor))


def confirmed(row: WorkbookImport, actor: Any) -> WorkbookImport:
    with acting_as(actor.pk):
        return confirm_workbook(row, version=row.version, actor=actor)


def taken(content: bytes, actor: Any) -> Preview:
    seen = looked_at(content, actor)
    wrong = [str(fault) for fault in seen.preview["faults"]]
    assert wrong == [], wrong[:5]
    done = worked(confirmed(seen, actor))
    assert (done.state, done.file) == ("taken", None)
    return Preview(done.preview["new"], done.preview["known"])


def faults(content: bytes, actor: Any) -> list[tuple[str, int, str]]:
    found = looked_at(content, actor)
    assert found.state == "faulty"
    return [(fault.sheet, fault.row, fault.column) for fault in found.preview["faults"]]


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
