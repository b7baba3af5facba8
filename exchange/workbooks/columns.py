"""A column of the workbook: a field of a record as text, and back.

Raises `ValueError` with words for whoever filled the cell in.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.fields import EncryptedTextField
from exchange.workbooks.checks import CHECKS
from exchange.workbooks.kinds import KEYED, TAKES, WHO
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from collections.abc import Mapping

# What is no sheet is named by what everybody knows it by.
NAMED: dict[str, tuple[str, ...]] = {
    "places.Jurisdiction": ("code",),
    "accounts.User": ("username",),
    "prosecutions.Provision": ("jurisdiction__code", "statute", "number", "in_force_from"),
    "instruments.Instrument": ("code", "edition"),
    "aftercare.SchemeRate": ("scheme__code", "category"),
    "questions.QuestionSet": ("code", "edition"),
}
# Codes that a table of data says, not the field.
OTHER_CODES: dict[str, Any] = {"prosecutions.StageReached.stage": StageTable.choices}
BY_ITSELF = ("victims.Involvement.identified_on", "prosecutions.Suspect.identified_on")  # today
BETWEEN = " | "
AS_LONG_AS_IDS = 36  # signs
GROUP = "victims.Sibling.group"  # no row of its own: who has the same text belongs together
TRUTHS = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}
OWN_CODE = re.compile(r"[A-Z]-[0-9]{1,5}")


class Names:
    """Places, people, provisions and instruments by what they are called, read once each."""

    def __init__(self) -> None:
        self._of: dict[str, dict[Any, str]] = {}
        self._ids: dict[str, dict[str, Any]] = {}

    def of(self, model: Any) -> dict[Any, str]:
        label = model._meta.label
        if label not in self._of:
            rows = model._default_manager.values_list("pk", *NAMED[label])
            self._of[label] = {pk: BETWEEN.join(map(_plain, parts)).strip() for pk, *parts in rows}
        return self._of[label]

    def find(self, model: Any, name: str) -> object:
        label = model._meta.label
        if label not in self._ids:
            self._ids[label] = {text: pk for pk, text in self.of(model).items()}
        return self._ids[label].get(name)


@dataclass(frozen=True)
class Column:
    """One column. `letter`: it holds codes like L-1, which are counted on where none is given."""

    field: Any
    letter: str = ""

    @cached_property
    def name(self) -> str:
        return str(self.field.name)

    @cached_property
    def place(self) -> str:
        """Of which table, under which name."""
        return str(self.field)

    @cached_property
    def refers(self) -> str:
        """The record it names, if it names one."""
        return str(self.field.related_model._meta.label) if self.field.is_relation else ""

    @cached_property
    def is_user(self) -> bool:
        return self.refers == "accounts.User"

    @cached_property
    def is_group(self) -> bool:
        return self.place == GROUP

    @cached_property
    def keyed(self) -> tuple[str, str] | None:
        return KEYED.get(self.place) or KEYED.get(self.name)

    @cached_property
    def is_code(self) -> bool:
        """Counted on by itself in a case."""
        return self.name == "code" and bool(self.letter)

    @cached_property
    def is_plain(self) -> bool:
        """It says a value of its own, which is kept as it stands and may be read once for all."""
        named = self.refers or self.is_group or self.keyed
        return not (named or isinstance(self.field, EncryptedTextField))

    @cached_property
    def codes(self) -> list[str]:
        if str(self.field) in OTHER_CODES:
            return [str(code) for code, _label in OTHER_CODES[str(self.field)]()]
        of = self.field.base_field if self.takes_several else self.field
        return [str(code) for code, _label in of.flatchoices if code != ""]

    @cached_property
    def takes_several(self) -> bool:
        return isinstance(self.field, ArrayField)

    @cached_property
    def is_day(self) -> bool:
        moment = isinstance(self.field, models.DateTimeField)
        return isinstance(self.field, models.DateField) and not moment

    @cached_property
    def has_default(self) -> bool:
        default = self.field.has_default() or self.field.db_default is not models.NOT_PROVIDED
        return default or self.place in BY_ITSELF

    @cached_property
    def required(self) -> bool:
        field = self.field
        may_be_empty = field.null or field.blank or self.has_default
        return not (may_be_empty or self.is_code or self.is_user)

    @property
    def takes(self) -> str:
        """In words, for the sheet that explains the others."""
        if self.keyed:
            return self.keyed[0]
        if self.is_group:
            return "any text, the same for all who belong together; never a name"
        if self.refers:
            return WHO.get(self.refers, "key of the row")
        if self.is_code:
            return f"code such as {self.letter}-7; empty: counted on"
        if str(self.field) in CHECKS:
            return CHECKS[str(self.field)][1]
        if self.takes_several:
            return "codes, a semicolon between them"
        if self.codes:
            return "one of the codes"
        return next((words for kind, words in TAKES if isinstance(self.field, kind)), "text")

    def found_in(self, sheets: Mapping[str, Any]) -> str:
        """Its codes, or the sheet of the rows it names."""
        if self.keyed:
            return self.keyed[1]
        if self.refers in sheets:
            return str(sheets[self.refers].name)
        return ", ".join(self.codes)

    def say(self, row: object, names: Names, cases: Mapping[object, str]) -> str:
        """The field of a row as text."""
        value = getattr(row, self.field.attname)
        if value is None or value == "":
            return ""
        if self.refers in NAMED:
            return names.of(self.field.related_model)[value]
        if self.refers == "casework.Case":
            return cases[value]
        if self.keyed:
            return cases.get(value, str(value))
        if isinstance(self.field, models.JSONField):
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
        return _plain(value)

    def empty(self) -> object:
        """What a row has where the cell is empty; raises where it must not be."""
        if self.required:
            raise ValueError(_("This is required."))
        if self.field.null:
            return None
        if self.field.has_default():
            return self.field.get_default()
        if self.field.db_default is not models.NOT_PROVIDED:
            return NOT_SAID
        return [] if self.takes_several else ""

    def read(self, text: str) -> Any:
        """The value of a cell that names no other row."""
        if self.is_code and not re.fullmatch(f"{self.letter}-[0-9]{{1,5}}", text.strip()):
            words = _("Write a code like %(letter)s-7, or leave it empty to have it numbered.")
            raise ValueError(words % {"letter": self.letter})
        value = self._read(text.strip() if self.is_code else text)
        check, _words = CHECKS.get(self.place, (None, ""))
        return check(value) if check else value

    def _read(self, text: str) -> object:
        field = self.field
        if isinstance(field, EncryptedTextField):
            return text
        if self.takes_several:
            return self._codes([part.strip() for part in text.split(";") if part.strip()])
        if self.codes:
            return field.to_python(self._codes([text.strip()])[0])
        for kind, read in READ:
            if isinstance(field, kind):
                return read(text.strip())
        free = isinstance(field, models.CharField | models.TextField)
        try:
            return field.clean(text if free else text.strip(), None)
        except ValidationError as exc:
            raise ValueError(" ".join(exc.messages)) from None

    def _codes(self, codes: list[str]) -> list[str]:
        if self.codes and not set(codes) <= set(self.codes):
            raise ValueError(
                _("Not one of the codes: %(codes)s.") % {"codes": ", ".join(self.codes)}
            )
        return codes


class NotSaid:
    """An empty cell of a field that the database fills by itself."""


NOT_SAID = NotSaid()


def id_of(key: str) -> uuid.UUID | None:
    """The id that a key of ours is."""
    try:
        return uuid.UUID(key) if len(key) == AS_LONG_AS_IDS else None
    except ValueError:
        return None


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _truth(text: str) -> bool:
    if text.lower() not in TRUTHS:
        raise ValueError(_("Write true or false."))
    return TRUTHS[text.lower()]


def _json(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise ValueError(_("This is not JSON.")) from None


def _digest(text: str) -> bytes:
    if not re.fullmatch("[0-9a-fA-F]{64}", text):
        raise ValueError(_("A SHA-256 has 64 hexadecimal digits."))
    return bytes.fromhex(text)


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise ValueError(_("Write a moment like 2026-03-31T09:30:00+00:00."))
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


READ: list[tuple[Any, Any]] = [
    (models.BooleanField, _truth),
    (models.JSONField, _json),
    (models.DateTimeField, _moment),
    (models.BinaryField, _digest),
]
