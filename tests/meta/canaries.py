"""A value in every field by which it is known again, wherever it turns up.

A canary has eight characters and looks like a code, to fit into one; the register says table,
field and relation. Keys of rows are canaries, too, so that a row without a text is not overlooked.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection
from django.db.models import CharField, ForeignKey, TextField

from core.access import PersonRows
from core.fields import EncryptedTextField
from core.names import LatinKeyField, NameKeyField
from tests.meta.matrix import KINDS, NAMED, reads, sees
from tests.meta.relations import RELATIONS, Person, Relation, may, own
from tests.meta.tables import LEVELS, OWN, PARTS, table, walled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MARK = re.compile(r"ZQ-\d{5}", re.IGNORECASE)
KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
# No room for a canary, each with its reason.
TOO_SHORT = {
    "victims_victim.nationality": "a code of two letters",
    "prosecutions_perpetrator.nationality": "a code of two letters",
    "prosecutions_sentence.currency": "a code of three letters",
    "prosecutions_custody.bail_currency": "a code of three letters",
    "casework_onlineincident.currency": "a code of three letters",
    "aftercare_compensationclaim.currency": "a code of three letters",
    "casework_onlineincident.customer_country": "a code of two letters",
    "prosecutions_custodyclock.country": "a code of two letters",
}
RECEIVED = "sent to own provider"  # a relation only the other side of a referral has
# What that side reads and writes.
RECEIVED_TABLES = {"aftercare_referral", "aftercare_progressnote", "victims_withdrawal"}

# Columns of JSON that hold words, and under which key one more stands.
IN_JSON = {"aftercare_referral": ("shown", "code"), "questions_reply": ("answers", "invented")}


@dataclass(frozen=True)
class Canary:
    table: str
    field: str
    relation: str
    owner: Any = None  # the person the row is about, where that opens it

    def __str__(self) -> str:
        return f"{self.table}.{self.field}@{self.relation}"


class Register:
    """Which canary says what."""

    def __init__(self) -> None:
        self.known: dict[str, Canary] = {}

    def plant(self, rows: Sequence[Any], relations: Sequence[str]) -> None:
        """Put a canary into every field that has room for one, of these rows of one table."""
        for row, relation in zip(rows, relations, strict=True):
            self._mark(row, relation)
        if rows and texts(type(rows[0])):
            write(rows)

    def _mark(self, row: Any, relation: str) -> None:
        name = table(type(row))
        owner = row.user_id if name in OWN else None
        self.known[str(row.pk)] = Canary(name, "id", relation, owner)
        for field in texts(type(row)):
            if field.name == "number" and name == "aftercare_releasecertificate" and not row.number:
                continue  # only an issued one has a number, by a constraint
            mark = f"ZQ-{len(self.known):05d}"
            self.known[mark] = Canary(name, field.name, relation, owner)
            of_a_question = name == "questions_replywords"
            setattr(row, field.name, json.dumps({"invented": mark}) if of_a_question else mark)
        if name in IN_JSON:
            column, key = IN_JSON[name]
            mark = f"ZQ-{len(self.known):05d}"
            self.known[mark] = Canary(name, column, relation)
            setattr(row, column, {**getattr(row, column), key: mark})

    def seen_in(self, text: str, sent: str = "") -> set[Canary]:
        """The canaries in an answer; keys that were asked by are known already."""
        marks = {mark.upper() for mark in MARK.findall(text)}
        keys = set(KEY.findall(text)) - set(KEY.findall(sent))
        return {self.known[word] for word in marks | keys if word in self.known}


def texts(model: Any) -> list[Any]:
    """Fields with words or codes of their own: no choices, no keys."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | EncryptedTextField)
        and not isinstance(field, LatinKeyField)  # made of the name, which has a canary
        and not field.choices
        and f"{table(model)}.{field.name}" not in TOO_SHORT
    ]


def write(rows: Sequence[Any]) -> None:
    """As `save` of each row of this table would, in one statement."""
    meta, marked = type(rows[0])._meta, texts(type(rows[0]))
    fields = [
        field
        for field in meta.concrete_fields
        if field in marked
        or isinstance(field, NameKeyField)
        or getattr(field, "auto_now", False)
        or field.name == IN_JSON.get(meta.db_table, ("",))[0]
    ]
    several = [meta.pk, *fields]
    one = ", ".join(f"%s::{field.db_type(connection)}" for field in several)
    sets = ", ".join(f'"{field.column}" = new."{field.column}"' for field in fields)
    names = ", ".join(f'"{field.column}"' for field in several)
    values = [
        field.get_db_prep_save(field.pre_save(row, add=False), connection)
        for row in rows
        for field in several
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {meta.db_table} as old set {sets}"
            f" from (values {', '.join(f'({one})' for _row in rows)}) as new ({names})"
            f' where old."{meta.pk.column}" = new."{meta.pk.column}"',
            values,
        )


# Rows under another, with the key of that one: whoever sees the one has seen the key of both.
SAME_KEY = {
    "casework_leadwords": "casework_lead",
    "casework_stepwords": "casework_investigationstep",
    "casework_closingwords": "casework_closing",
    "questions_replywords": "questions_reply",
}


def pointing_at() -> dict[str, set[str]]:
    """For each table those whose rows tell its keys."""
    found: dict[str, set[str]] = {table(model): set() for model in walled()}
    for model in walled():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and table(field.related_model) in found:
                found[table(field.related_model)].add(table(model))
    for under, above in [*SAME_KEY.items(), *person_links()]:
        found[under].add(above)
    return found


def person_links() -> set[tuple[str, str]]:
    """Rows that are known by the person they hang from."""
    return {
        (table(apps.get_model(m.access.through)), table(m))
        for m in walled()
        if isinstance(m.access, PersonRows)
    }


POINTING = pointing_at()


def allowed(person: Person, user: Any, canary: Canary) -> bool:
    """Whether the matrix opens to this person what the canary stands in."""
    roles = [role for role, _at in person.roles]
    if canary.relation == RECEIVED and "provider_partner" in roles:
        return canary.table in RECEIVED_TABLES
    if canary.field == "id":
        return in_trail(person, canary) or any(
            readable(person, user, canary, name) for name in {canary.table, *POINTING[canary.table]}
        )
    return readable(person, user, canary, canary.table)


def readable(person: Person, user: Any, canary: Canary, name: str) -> bool:
    relation, kind = standing(canary.relation), KINDS.get(name) or PARTS[name]
    if name in NAMED or not any(reads(role, kind) for role, _at in person.roles):
        return False
    if canary.owner is not None and canary.owner == user.pk:
        return own(person, relation, name)
    return may(person, relation, LEVELS[name], PARTS.get(name))


def standing(relation: str) -> Relation:
    """Whoever is not of its provider stands to a referral as to any row of its case."""
    return RELATIONS["other office" if relation == RECEIVED else relation]


def in_trail(person: Person, canary: Canary) -> bool:
    """The trail names rows, without content, to those who watch over who knows what."""
    for role, at in person.roles:
        level = sees(role, standing(canary.relation).to(at))
        least = {"auditor": 0, "safeguarding_lead": 1, "case_manager": 3}.get(role)
        if least is not None and level >= least:
            return True
    return False


def leaked(person: Person, user: Any, seen: Iterable[Canary]) -> list[str]:
    return sorted({str(canary) for canary in seen if not allowed(person, user, canary)})
