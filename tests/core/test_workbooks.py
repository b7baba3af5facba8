"""Workbooks: what a spreadsheet reads back, that nothing in them acts, what writing costs."""

from __future__ import annotations

import builtins
import tempfile
import tracemalloc
import zipfile
from io import BytesIO
from xml.etree import ElementTree

import openpyxl
import pytest

from core.sheets import workbooks
from core.sheets.workbooks import TooManyRows, Workbook, workbook

FORMULAS = ["=1+1", " =2", "+3", "-4", "@x", "＝8", '=HYPERLINK("http://x.example")']


class Drain:
    """A file that can only be written on, and keeps nothing."""

    size = 0

    def write(self, data):
        self.size += len(data)
        return len(data)

    def flush(self):
        pass


def read(body):
    """By a library that shares nothing with who wrote it."""
    return openpyxl.load_workbook(BytesIO(body))


def values(body):
    return [list(row) for row in read(body).active.iter_rows(values_only=True)]


def test_numbers_stay_numbers_and_texts_are_texts_whatever_they_look_like():
    lines = [["place", "n"], ["<b>&", 12], ["012", 0.25], [None, True], [" a\nb ", -3]]
    assert values(workbook(lines)) == lines


def test_what_looks_like_a_coded_sign_is_not_decoded():
    sheet = zipfile.ZipFile(BytesIO(workbook([["_x0041_"]]))).read("xl/worksheets/sheet1.xml")
    assert b">_x005F_x0041_<" in sheet  # Excel shows _x0041_ and not A


def test_what_begins_like_a_formula_is_text_and_stays_one_when_edited():
    book = read(workbook([["=A1"], *([text] for text in FORMULAS), ["plain"]]))
    head, *cells, plain = [row[0] for row in book.active.iter_rows()]
    assert [cell.value for cell in cells] == FORMULAS
    assert {cell.data_type for cell in (head, *cells)} == {"s"}
    assert all(cell.quotePrefix for cell in (head, *cells))
    assert not plain.quotePrefix
    assert not any(cell.hyperlink for cell in cells)


def test_what_a_number_of_a_spreadsheet_cannot_hold_is_text():
    _head, *rest = values(workbook([["n"], [2**53], [2**53 + 1], [float("inf")], [float("nan")]]))
    assert rest == [[2**53], ["9007199254740993"], ["inf"], ["nan"]]


def test_what_no_xml_can_hold_is_replaced_and_a_long_text_ends_visibly():
    ((cell,),) = values(workbook([["a\x00b\x1f\ufffe कखग"]]))
    assert cell == "a\ufffdb\ufffd\ufffd कखग"
    ((cell,),) = values(workbook([["x" * 40_000]]))
    assert (len(cell), cell[-1]) == (32_767, "…")


def test_the_head_is_bold_and_stays_in_sight_on_every_sheet():
    file = BytesIO()
    book = Workbook(file, footer="Invented & mark")
    for title in ("cases", "a title that is longer than a sheet may be called"):
        book.begin(title, ["one", "two"])
        book.row([1, 2])
        book.end()
    book.close()
    found = read(file.getvalue())
    assert found.sheetnames == ["cases", "a title that is longer than a s"]
    for sheet in found:
        assert sheet.freeze_panes == "A2"
        assert [[cell.font.b for cell in row] for row in sheet.iter_rows()] == [
            [True] * 2,
            [False] * 2,
        ]
        assert sheet.oddFooter.center.text == "Invented && mark"


def test_the_same_rows_are_the_same_bytes_and_every_part_is_well_formed():
    body = workbook([["a"], [1]])
    assert body == workbook(iter([["a"], [1]]))
    package = zipfile.ZipFile(BytesIO(body))
    assert package.testzip() is None
    assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for name in package.namelist():
        ElementTree.fromstring(package.read(name))


def test_a_sheet_that_is_full_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    assert len(values(workbook([["n"], [1], [2]]))) == 3
    with pytest.raises(TooManyRows):
        workbook([["n"], [1], [2], [3]])


def _written(rows):
    drain = Drain()
    book = Workbook(drain, footer="mark")
    book.begin("list", ["a", "b", "c"])
    for number in range(rows):
        book.row([number, f"Invented person {number}", "mark"])
    book.end()
    book.close()
    return drain.size


def test_nothing_is_put_aside_on_a_disk(monkeypatch):
    """X2: names stand in no file of ours that is not locked, not for a moment."""

    def refuse(*args, **kwargs):
        raise AssertionError("A file was opened.")

    for module, name in ((builtins, "open"), (tempfile, "mkstemp"), (tempfile, "TemporaryFile")):
        monkeypatch.setattr(module, name, refuse)
    size = _written(2_000)
    monkeypatch.undo()
    assert size > 5_000


def test_memory_does_not_grow_with_the_rows():
    _written(10)  # what is made once
    tracemalloc.start()
    try:
        few = _peak(500)
        many = _peak(10_000)
    finally:
        tracemalloc.stop()
    assert many < few + 100_000, (few, many)


def _peak(rows):
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    _written(rows)
    return tracemalloc.get_traced_memory()[1] - before
