"""An XLSX workbook written from front to back, a row at a time: text and numbers, no formulas.

Texts stand in the rows themselves and are marked as texts, so nothing of the file has to be kept
in memory until its end. One that begins like a formula bears the sign that keeps it a text when
somebody edits the cell.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from core.spreadsheets import is_formula

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ROWS = 1_048_576
LONGEST = 32_767  # signs of a cell
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SHEET_NAME = 31  # signs
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PLAIN = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf {PLAIN}/></cellStyleXfs>'
    f'<cellXfs count="2"><xf {PLAIN} xfId="0"/><xf {PLAIN} xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


class TooManyRows(Exception):
    """More than a sheet can hold."""


class Workbook:
    """Sheets one after the other into a file that cannot be gone back in."""

    def __init__(self, file: Any, footer: str) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._footer = _text(footer).replace("&amp;", "&amp;&amp;")
        self._titles, self._rows = list[str](), 0
        self._sheet: Any = None

    def begin(self, title: str) -> None:
        self._titles.append(title[:SHEET_NAME])
        name = f"xl/worksheets/sheet{len(self._titles)}.xml"
        self._sheet, self._rows = self._zip.open(name, "w"), 0
        self._write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>')

    def row(self, values: Sequence[Any]) -> None:
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise TooManyRows
        self._write(f"<row>{''.join(map(_cell, values))}</row>")

    def end(self) -> None:
        print_on = f"<headerFooter><oddFooter>&amp;C{self._footer}</oddFooter></headerFooter>"
        self._write(f"</sheetData>{print_on}</worksheet>")
        self._sheet.close()

    def close(self) -> None:
        numbers = range(1, len(self._titles) + 1)
        self._zip.writestr("[Content_Types].xml", _types(numbers))
        self._zip.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        self._zip.writestr("xl/workbook.xml", _book(self._titles))
        parts = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
        rels = _relations([*parts, ("styles", "styles.xml")])
        self._zip.writestr("xl/_rels/workbook.xml.rels", rels)
        self._zip.writestr("xl/styles.xml", STYLES)
        self._zip.close()

    def _write(self, text: str) -> None:
        self._sheet.write(text.encode())


def _text(text: str) -> str:
    # A carriage return that is not written as such is read back as a new line.
    return escape(NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text), {"\r": "&#13;"})


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    style = ' s="1"' if is_formula(value) else ""
    if len(value) > LONGEST:
        value = value[: LONGEST - 1] + "…"
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'


def _types(numbers: Any) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers]
    said = "".join(
        f'<Override PartName="{name}" ContentType="{KIND}.{kind}+xml"/>' for name, kind in parts
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{said}</Types>"
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    said = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'


def _book(titles: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="rId{n}"/>'
        for n, title in enumerate(titles, 1)
    )
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
