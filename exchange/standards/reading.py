"""What a file says, person by person, and every fault in it with row, column and reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.idempotency import digest_of
from core.refusals import gettext as _
from exchange.standards import rules, sheets, submissions
from exchange.standards.htcds import (
    ADDRESS,
    ADDRESSES,
    CASE,
    FIELDS,
    KEYS,
    PERSON,
    HtcdsRecord,
    column,
)
from exchange.standards.sheets import Fault
from exchange.standards.values import NotAValue, written

if TYPE_CHECKING:
    from exchange.standards.htcds import Values
    from exchange.standards.sheets import Table

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
LEFT_OUT = "-"  # in the place of a field
UNNAMED = "cas_ReasonForOutgoingReferral"  # its code is left empty in a template of the standard
BESIDE = ("cas_ReferredPrimaryCaseWorker", "cas_OutgoingReferralDate")


@dataclass
class Read:
    """The people of a file by their keys, or why it cannot be taken."""

    people: dict[tuple[str, str], HtcdsRecord] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # columns that are no answers

    def fault(self, row: int, name: str, reason: str) -> None:
        self.faults.append(Fault(row, name, reason))


def read(text: str) -> Read:
    """Every line, looked at; all faults at once. Raises `NotATable`."""
    table = sheets.rows(text)
    if len(table) < 2:
        raise sheets.NotATable(_("There is no line below the names of the columns."))
    reading = Read()
    names, first = _columns(table, reading)
    if reading.faults:
        return reading
    keyed = CASE in names
    for number, cells in enumerate(table[first:], first + 1):
        if any(cells):
            whole = "" if keyed else _whole(table[0], cells)
            _line(reading, number, names, cells, whole)
    rules.check(reading.people, reading.fault)
    reading.faults.sort(key=lambda fault: (fault.row, fault.column))
    return reading


def _columns(table: Table, reading: Read) -> tuple[list[str], int]:
    """The field each column is, and the index of the first line of people."""
    heads = list(table[0])
    labels = table[1] if _is_labels(table[1]) else []
    names = [_named(heads, at) for at in range(len(heads))]
    reading.left_out = submissions.left_out(heads)
    for at, name in enumerate(names):
        if heads[at] in reading.left_out:
            names[at] = LEFT_OUT
        elif not name and heads[at]:
            reading.fault(1, heads[at][:60], _("HTCDS 2.0 has no such field."))
    if labels:
        names = [
            _by_label(name, labels[at] if at < len(labels) else "") for at, name in enumerate(names)
        ]
    for name in {name for name in names if name not in ("", LEFT_OUT) and names.count(name) > 1}:
        reading.fault(1, name, _("This column is listed twice."))
    if (CASE in names) != (PERSON in names):
        reading.fault(1, CASE, _("Give both case_id and person_id, or neither."))
    if not reading.faults and not any(name in FIELDS for name in names):
        reading.fault(1, "", _("No column of HTCDS 2.0 is named in the first line."))
    return names, 2 if labels else 1


def _named(heads: list[str], at: int) -> str:
    if heads[at]:
        return column(heads[at])
    beside = [column(heads[near]) for near in (at - 1, at + 1) if 0 <= near < len(heads)]
    return UNNAMED if any(name in BESIDE for name in beside) and UNNAMED not in heads else ""


def _is_labels(cells: list[str]) -> bool:
    """Whether the second line names the columns once more, in words."""
    words = {f.label for f in FIELDS.values()} | set(ADDRESS)
    texts = [cell for cell in cells if cell]
    return len(texts) > 1 and sum(
        cell in words or cell.split()[-1] in ADDRESS for cell in texts
    ) * 2 > len(texts)


def _by_label(name: str, label: str) -> str:
    """Where codes and words disagree in the templates, whoever typed below them read the words."""
    if name == "prs_Title" and label == "Second Name":
        return "prs_SecondName"
    of = next((prefix for prefix in ADDRESSES if name.startswith(prefix)), "")
    line = next((ours for words, ours in ADDRESS.items() if label and label.endswith(words)), "")
    return f"{of}{line}" if of and line and name.removeprefix(of) in ADDRESS.values() else name


def _line(reading: Read, number: int, names: list[str], cells: list[str], whole: str) -> None:
    facts: Values = {}
    keys = {CASE: "", PERSON: ""}
    for at, raw in enumerate(cells):
        name = names[at] if at < len(names) else ""
        if raw and name != LEFT_OUT and (text := _text(reading, number, name, raw)):
            if name in KEYS:
                keys[name] = text
            else:
                _value(reading, number, name, text, facts)
    if whole:  # nobody gave keys
        of = digest_of(whole.encode()).hex()[:32]
        keys = {CASE: f"row-{of}", PERSON: f"row-{of}"}
    for name, key in keys.items():
        if not KEY.fullmatch(key) and (key or name == CASE):
            reading.fault(number, name, _("Letters, digits, dots, hyphens; 60 at most."))
            return
    _add(reading, number, HtcdsRecord(keys[CASE], keys[PERSON]), facts)


def _whole(heads: list[str], cells: list[str]) -> str:
    """By what a line without keys is known: the number of its submission, or all it says. What a
    tool counts or judges in passing changes from one export to the next."""
    if number := submissions.number_of(heads, cells):
        return number
    passing = submissions.ABOUT_IT.difference(submissions.MOMENTS)
    own = [cell for at, cell in enumerate(cells) if at >= len(heads) or heads[at] not in passing]
    return "\x1f".join(own)


def _text(reading: Read, number: int, name: str, raw: str) -> str:
    """What a cell says, where it may say anything."""
    if not name:
        reading.fault(number, "", _("This cell is not below the name of a column."))
    elif raw[0].isalnum():
        return raw  # neither a formula nor what was to be one
    elif sheets.is_formula(raw):
        reading.fault(number, name, _("A formula. Paste what it works out, as values."))
    else:
        return sheets.unquoted(raw)
    return ""


def _value(reading: Read, number: int, name: str, text: str, facts: Values) -> None:
    try:
        if value := written(FIELDS[name], text):
            facts[name] = value
    except NotAValue as exc:
        reading.fault(number, name, str(exc))


def _add(reading: Read, number: int, record: HtcdsRecord, facts: Values) -> None:
    """To what further lines of the same person said."""
    record = reading.people.setdefault(record.key, record)
    record.rows.append(number)
    parts: dict[str, Values] = {}
    for name, value in facts.items():
        if part := FIELDS[name].part:
            parts.setdefault(part, {})[name] = value
        elif record.said.setdefault(name, value) != value:
            where = {"row": record.rows[0]}
            reading.fault(
                number, name, _("Line %(row)s says something else about this person.") % where
            )
    for part, values in parts.items():
        record.parts.setdefault(part, []).append(values)
        record.part_rows.setdefault(part, []).append(number)
