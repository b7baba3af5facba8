"""Every row of every table, history and audit among them, without its ids and moments."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from casework.models import AskAgain

# Of no two writings alike: moments, numbers and codes by chance.
CHANCE = (models.DateTimeField, models.AutoField, models.BigAutoField)
BY_CHANCE = {"code": "V-", "transaction": "", "number": "", "written_in": "", "event": ""}
ROUNDS = 4  # so far apart two rows may be by which a third is told from others


def rows() -> list[tuple[str, Any, dict[str, Any]]]:
    """Each as its table, its key, and what it says, opened where it is encrypted.

    Without the notes by which cases are asked again: one a statement, gone once they are read.
    """
    return [
        (model._meta.label, row.pk, _said(row))
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and model is not AskAgain
        for row in model._base_manager.all()
    ]


def new(before: list[tuple[str, Any, dict[str, Any]]]) -> Counter[str]:
    """What was written since: rows say which others they mean by what those say."""
    known = {(label, str(pk)): said for label, pk, said in before}
    found = [
        (label, str(pk), said) for label, pk, said in rows() if known.get((label, str(pk))) != said
    ]
    names = {pk: label for label, pk, _said in found if len(pk) == 36}
    for _round in range(ROUNDS):
        names = {pk: _text(label, said, names) for label, pk, said in found if pk in names}
        names = {pk: str(hash(text)) for pk, text in names.items()}
    return Counter(_text(label, said, names) for label, _pk, said in found)


def _said(row: Any) -> dict[str, Any]:
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not isinstance(field, CHANCE) and field.name != "id"
    }
    return {
        name: value
        for name, value in values.items()
        if not (name in BY_CHANCE and str(value).startswith(BY_CHANCE[name]))
    }


def _text(label: str, said: dict[str, Any], names: dict[str, str]) -> str:
    return f"{label} { ({name: _named(value, names) for name, value in said.items()}) }"


def _named(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _named(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_named(inner, names) for inner in value]
    if isinstance(value, memoryview):
        value = bytes(value)
    return names.get(str(value), value) if isinstance(value, str | UUID) else value
