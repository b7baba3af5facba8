"""Files that are no workbook, or more than one: refused by a process with limits."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from exchange.standards.sheets import NotATable
from exchange.workbooks import opening
from exchange.workbooks.opening import Most, tables
from exchange.workbooks.unpack import FORMULA
from tests.exchange.moving import filled


def altered(content: bytes, name: str, text: bytes) -> bytes:
    """The same workbook with one part more, or another one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(out, "w", 8) as made:
        for part in book.namelist():
            if part != name:
                made.writestr(part, book.read(part))
        made.writestr(name, text)
    return out.getvalue()


def far_corner() -> bytes:
    """One cell at the end of everything: four kilobytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("cases").write("XFD1048576", "x")
    book.close()
    return out.getvalue()


PLAIN = filled(cases=[{"key": "1"}])
HOSTILE = {
    "nothing": b"",
    "no zip": b"PK\x03\x04",
    "This is not a workbook": altered(b"PK\x05\x06" + bytes(18), "a.txt", b"x"),
    "a far corner": far_corner(),
    "inflated": altered(PLAIN, "xl/media/x", bytes(31_000_000)),
    "an entity": altered(PLAIN, "xl/x.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'),
    "out of the way": altered(PLAIN, "../x", b"x"),
    "many columns": filled(cases=[{f"c{n}": "x" for n in range(201)}]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name):
    with pytest.raises(NotATable):
        tables(HOSTILE[name])


def test_a_sheet_and_a_workbook_have_at_most_so_many_lines():
    three, four = ([{"key": n} for n in range(many)] for many in (3, 4))
    assert len(tables(filled(cases=three), Most(rows=3))["cases"]) == 4
    with pytest.raises(NotATable, match="A sheet has at most 3 lines"):
        tables(filled(cases=four), Most(rows=3))
    assert len(tables(filled(cases=three, team=three), Most(lines=6))) == 2
    with pytest.raises(NotATable, match="at most 6 lines in all"):
        tables(filled(cases=three, team=four), Most(lines=6))


def test_one_text_in_every_cell_is_not_unpacked_a_thousand_times():
    """It stands once in the file; and no cell is longer than a cell can be."""
    text = "x" * 32_000
    content = filled(cases=[{"key": text, "a": text, "b": text} for _ in range(40)])
    assert len(content) < 100_000
    assert len(tables(content)["cases"]) == 41
    with pytest.raises(NotATable, match="far larger than it looks"):
        tables(content, Most(text=3_000_000))
    longer = altered(
        filled(cases=[{"key": "y"}]),
        "xl/sharedStrings.xml",
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<si><t>key</t></si><si><t>" + b"x" * 100_000 + b"</t></si></sst>",
    )
    assert len(tables(longer)["cases"][1][0]) == 32_768


def test_whoever_waits_says_so_meanwhile(monkeypatch):
    monkeypatch.setattr(opening, "PATIENCE", 0.001)
    said = []
    tables(PLAIN, waiting=lambda: said.append(1))
    assert said


def test_cells_are_read_as_what_they_are():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, day = book.add_worksheet("cases"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ["1", 2, 2.5, True, "=1+1"])
    sheet.write(0, 5, 43528, day)
    sheet.write_string(0, 6, "=1+1")
    sheet.write_string(0, 7, "+234 555")
    book.close()
    cells = ["1", "2", "2.5", "true", FORMULA, "2019-03-04", "=1+1", "+234 555"]
    assert tables(out.getvalue()) == {"cases": [cells]}
