"""An XLSX workbook written from front to back, a row at a time: text and numbers, no formulas.

Texts stand in the rows themselves and are marked as texts, so nothing of a sheet is kept in memory
or on a disk until its end. One that begins like a formula bears the sign that keeps it a text when
somebody edits the cell.

Why no library. XlsxWriter keeps all rows in memory (184 MB for 100,000), or writes each as clear
text to a temporary file, which a killed worker leaves behind; an export holds names and goes
straight through two encryptions. It remains the better choice where charts are wanted and no names
are inside.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse

from core.sheets.spreadsheets import is_formula

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576
LONGEST = 32_767  # signs of a cell
EXACT = 2**53  # a spreadsheet reckons in floating point: larger whole numbers are text
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # a spreadsheet would take it for one sign
SHEET_NAME = 31  # signs
MADE = (1980, 1, 1, 0, 0, 0)  # the same rows are the same bytes
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEAD_STAYS = (  # in sight, however far down one reads
    '<sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews>"
)
FACE = 'numFmtId="0" fillId="0" borderId="0"'
DAY, HIDDEN = 4, ' state="hidden"'
STYLES = (  # of a cell: 0 plain, 1 a text like a formula; 2 and 3 the same in bold; 4 a day
    f'<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf {FACE} fontId="0"/></cellStyleXfs>'
    f'<cellXfs count="5"><xf {FACE} fontId="0" xfId="0"/>'
    f'<xf {FACE} fontId="0" xfId="0" quotePrefix="1"/>'
    f'<xf {FACE} fontId="1" xfId="0" applyFont="1"/>'
    f'<xf {FACE} fontId="1" xfId="0" applyFont="1" quotePrefix="1"/>'
    '<xf numFmtId="164" fillId="0" borderId="0" fontId="0" xfId="0" applyNumberFormat="1"/>'
    "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


@dataclass(frozen=True)
class Choice:
    """The cells of a column, the first being 1, offer what stands in a range of a sheet. `only`:
    and take nothing else."""

    column: int
    source: str
    only: bool


class TooManyRows(Exception):
    """More than a sheet can hold."""


class Workbook:
    """Sheets one after the other into a file that cannot be gone back in.

    `footer`: stands under every printed page of every sheet.
    """

    def __init__(self, file: Any, footer: str = "") -> None:
        self._zip, self._footer = zipfile.ZipFile(file, "w"), footer
        self._titles, self._hidden, self._rows = list[str](), set[str](), 0
        self._sheet: Any = None

    def begin(
        self, title: str, head: Sequence[object], *, days: Iterable[int] = (), hidden: bool = False
    ) -> None:
        """Begin a sheet with the names of its columns. `days`: those, the first being 1, whose
        cells take a day as a spreadsheet reckons with it."""
        self._titles.append(title[:SHEET_NAME])
        if hidden:
            self._hidden.add(title)
        part = _part(f"xl/worksheets/sheet{len(self._titles)}.xml")
        self._sheet, self._rows = self._zip.open(part, "w"), 0
        self._write(f'{XML}<worksheet xmlns="{MAIN}">{HEAD_STAYS}{_columns(days)}<sheetData>')
        self._line(head, bold=True)

    def row(self, values: Iterable[object]) -> None:
        """Raises `TooManyRows`."""
        self._line(values)

    def end(self, choices: Sequence[Choice] = ()) -> None:
        """End a sheet."""
        self._write(f"</sheetData>{_choices(choices)}{_footer(self._footer)}</worksheet>")
        self._sheet.close()

    def close(self) -> None:
        """Say which sheets there are; after the last."""
        numbers = range(1, len(self._titles) + 1)
        sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        self._add("[Content_Types].xml", _types(numbers))
        self._add("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        self._add("xl/workbook.xml", _book(self._titles, self._hidden))
        self._add("xl/_rels/workbook.xml.rels", _relations([*sheets, ("styles", "styles.xml")]))
        self._add("xl/styles.xml", STYLES)
        self._zip.close()

    def _line(self, values: Iterable[object], *, bold: bool = False) -> None:
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise TooManyRows
        self._write(f"<row>{''.join(_cell(value, bold=bold) for value in values)}</row>")

    def _write(self, text: str) -> None:
        self._sheet.write(text.encode())

    def _add(self, name: str, body: str) -> None:
        self._zip.writestr(_part(name), XML + body)


def workbook(rows: Iterable[Sequence[object]], title: str = "Figures") -> bytes:
    """One sheet, its first row the head."""
    file, lines = BytesIO(), iter(rows)
    book = Workbook(file)
    book.begin(title, next(lines))
    for line in lines:
        book.row(line)
    book.end()
    book.close()
    return file.getvalue()


def as_xlsx(name: str, rows: Iterable[Sequence[object]], title: str = "Figures") -> HttpResponse:
    """The same as an answer."""
    return HttpResponse(
        workbook(rows, title),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, MADE)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _cell(value: object, *, bold: bool) -> str:
    look = 2 * bold + is_formula(value)
    style = f' s="{look}"' if look else ""
    if value is None or value == "":
        return f"<c{style}/>"
    if isinstance(value, bool):
        return f'<c{style} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float) and -EXACT <= value <= EXACT:
        return f"<c{style}><v>{value!r}</v></c>"
    text = str(value)
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    content = _text(CODED.sub("_x005F_", text))
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{content}</t></is></c>'


def _text(text: str) -> str:
    # A carriage return that is not written as such is read back as a new line.
    return escape(NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text), {"\r": "&#13;"})


def _columns(days: Iterable[int]) -> str:
    looks = "".join(
        f'<col min="{at}" max="{at}" width="12" style="{DAY}" customWidth="1"/>' for at in days
    )
    return f"<cols>{looks}</cols>" if looks else ""


def _choices(choices: Sequence[Choice]) -> str:
    """Below the head, to the last line of a sheet."""
    lists = "".join(
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="{int(choice.only)}"'
        f' sqref="{(at := _letters(choice.column))}2:{at}{MOST_ROWS}">'
        f"<formula1>{_text(choice.source)}</formula1></dataValidation>"
        for choice in choices
    )
    return f'<dataValidations count="{len(choices)}">{lists}</dataValidations>' if lists else ""


def _letters(column: int) -> str:
    """What a spreadsheet calls a column: A, Z, AA."""
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


def _footer(text: str) -> str:
    words = _text(text).replace("&amp;", "&amp;&amp;")  # one alone begins an instruction
    footer = f"<headerFooter><oddFooter>&amp;C{words}</oddFooter></headerFooter>"
    return footer if text else ""


def _types(numbers: Iterable[int]) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{KIND}.{kind}+xml"/>' for name, kind in parts
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'


def _book(titles: Sequence[str], hidden: Container[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}"'
        f'{HIDDEN if title in hidden else ""} r:id="rId{number}"/>'
        for number, title in enumerate(titles, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
