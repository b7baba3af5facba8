"""A closed case with a row of every table that can lead to one, and what is to be found of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from django.apps import apps
from django.db import connection
from django.utils import timezone
from pghistory.models import Event

from casework.files.received import path_of
from casework.models import Case, CaseRecord, DocumentVersion, OpenedCase
from core import drafts
from core.access import PersonRows
from core.fields import EncryptedTextField
from core.keys import crypto
from core.models import IdempotencyKey, Job
from retention.declared import TABLES
from retention.fates import Deed
from retention.models import LegalHold
from tests import factories
from tests.factories import FACTORIES, exports, papers, programs

if TYPE_CHECKING:
    from pathlib import Path

# Of these ids stay, as their line says; whoever has one finds no row by it.
IDS_STAY = {name for name, fate in TABLES.items() if fate.deed is Deed.IDS}
TABLES_THERE = """
select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
"""


def of_cases() -> list[Any]:
    """The models of rows of cases and of persons; a hold would keep the case."""
    return [
        model
        for model in apps.get_models()
        if not issubclass(model, Event)
        and model not in (Case, LegalHold)
        and (
            issubclass(model, CaseRecord) or isinstance(getattr(model, "access", None), PersonRows)
        )
    ]


def filled() -> Any:
    """A case with at least one row of each, and what is told of it elsewhere."""
    case = factories.case()
    for model in of_cases():
        FACTORIES[model](case)
    told_of(case)
    Case.objects.filter(pk=case.pk).update(
        status="closed", opened_on="2010-03-01", closed_on="2011-03-01"
    )
    case.refresh_from_db()
    return case


def told_of(case: Any) -> None:
    """A notice, a delivery, an export, a job, a draft, that somebody had it open, a file and a
    kept answer about it."""
    person = case.involvement_set.first()
    factories.notice(target=case)
    programs.delivery(row=case.pk)
    exports.export(of_case=case.pk, told=[person.victim_id])
    done = {"parameters": {"case": str(case.pk)}, "result": {"row": str(person.pk)}}
    Job.objects.create(kind="erase", state="done", **done)
    drafts.keep(factories.user(), "/x/", '[["text",["Invented"]]]', [case.pk, person.victim_id])
    OpenedCase.objects.create(user=factories.user(), of_case=case.pk, opened_at=timezone.now())
    papers.version(case, file=papers.stored_file(b"Invented paper of this case"))
    row = IdempotencyKey.objects.create(actor=factories.user(), key="k", digest=b"d", status=201)
    answer = orjson.dumps({"id": str(person.pk)})
    place = f"core_idempotencykey|answer|{row.pk}"
    IdempotencyKey.objects.filter(pk=row.pk).update(answer=crypto.encrypt(answer, place))


def dump() -> dict[str, str]:
    """Every table as text, as a dump writes it."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(TABLES_THERE)
        for (name,) in cursor.fetchall():
            cursor.execute(f"select coalesce(string_agg(t::text, chr(10)), '') from \"{name}\" t")
            (found[name],) = cursor.fetchone()
    return found


def marks(case: Any) -> dict[str, str]:
    """What must not be found again, and what it is: ids, ciphertexts, clear words, search keys."""
    found = {str(case.pk): "casework_case.id", case.reference: "casework_case.reference"}
    for model in of_cases():
        for row in model.objects.filter(pk__in=rows_of(model, case)):
            found |= of_row(row)
    return found


def rows_of(model: Any, case: Any) -> list[Any]:
    """Its rows of this case; of persons, those who are in it."""
    if issubclass(model, CaseRecord):
        return list(model.objects.filter(case=case).values_list("pk", flat=True))
    access = model.access
    through: Any = apps.get_model(access.through)
    people = list(through.objects.filter(case=case).values_list(access.key, flat=True))
    rows = model.objects.filter(**{f"{access.own}__in": people})
    return list(rows.values_list("pk", flat=True))


def of_row(row: Any) -> dict[str, str]:
    name = row._meta.db_table
    found = {str(row.pk): f"{name}.id"}
    for field in row._meta.concrete_fields:
        value = row.__dict__.get(field.attname)
        if isinstance(field, EncryptedTextField) and value is not None:
            found[bytes(value).hex()] = f"{name}.{field.attname} encrypted"
        elif isinstance(value, str) and "nvented" in value and not field.is_relation:
            found[value] = f"{name}.{field.attname}"
    return found


def files_of(case: Any) -> list[Path]:
    named = DocumentVersion.objects.filter(case=case).values_list("file", "original")
    return [path_of(pk) for pair in named for pk in pair if pk and path_of(pk).exists()]


def places(text: dict[str, str], mark: str) -> set[str]:
    """The tables in which this stands."""
    return {table for table, rows in text.items() if mark in rows}
