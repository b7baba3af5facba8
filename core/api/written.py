"""Rows of a list that PostgreSQL writes: the text of each goes into the answer as it stands.

Possible where nothing of a row needs Python (`cells.py`). Beside its text such a row holds the keys
of what it is about, for the record of the read, and what the list is sorted by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from django.db import models
from django.db.models.functions import Cast

from core.api import cells, rows
from core.bare import BareRows, keys_of

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = "as_json"


def written(serializer: Any, found: Any, sorted_by: Sequence[str]) -> Any | None:
    """The same rows, written by PostgreSQL. None: Python has to write them."""
    columns, keys = rows.said(serializer), keys_of(found.model)
    if columns is None or keys is None:
        return None
    others = [column for column in sorted_by if column not in keys]
    *ids, text = (Cast(one, models.TextField()) for one in (*keys, cells.row(columns, {})))
    asked = found.select_related(None).values_list(*ids, *others, text)
    asked._iterable_class = BareRows(keys, [*others, TEXT])
    return asked


def shown(view: Any, found: list[Any]) -> list[Any]:
    """Every row as it goes into the answer, whoever writes it."""
    if found and TEXT in vars(found[0]):
        return [orjson.Fragment(row.as_json) for row in found]
    return rows.shown(view.get_serializer(), found)
