"""A workbook by hand: what a spreadsheet reads back, and that nothing in it acts."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree

from core.workbooks import workbook

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(body):
    package = zipfile.ZipFile(BytesIO(body))
    sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    return [
        [(cell.get("t"), "".join(cell.itertext())) for cell in row]
        for row in sheet.iter(f"{SHEET}row")
    ]


def test_numbers_stay_numbers_and_texts_are_texts_whatever_they_look_like():
    body = workbook([["place", "n"], ["=1+1", 12], ["<b>&", 0.25], [None, True]])
    assert cells(body) == [
        [("inlineStr", "place"), ("inlineStr", "n")],
        [("inlineStr", "=1+1"), (None, "12")],
        [("inlineStr", "<b>&"), (None, "0.25")],
        [("inlineStr", ""), ("inlineStr", "true")],
    ]


def test_what_no_xml_can_hold_is_left_out():
    ((cell,),) = cells(workbook([["a\x00b\x1f\ufffe कखग"]]))
    assert cell == ("inlineStr", "ab कखग")


def test_the_same_rows_are_the_same_bytes_and_every_part_is_well_formed():
    body = workbook([["a"], [1]])
    assert body == workbook([["a"], [1]])
    package = zipfile.ZipFile(BytesIO(body))
    assert package.testzip() is None
    for name in package.namelist():
        ElementTree.fromstring(package.read(name))
