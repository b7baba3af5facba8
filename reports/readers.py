"""Who a figure is computed for: a person, or the built-in reporter."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Any

import orjson
from django.db import connection

from accounts.models import Office
from core.scopes import CountScope


class Reporter:
    """The built-in reader of the command and the nightly run: every office, no sealed case."""

    pk = None
    is_authenticated = True

    @cached_property
    def counting(self) -> CountScope:
        return CountScope(list(Office.objects.values_list("pk", flat=True)), [])

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return perm.startswith("reports.")


def scope_key(reader: Any) -> str:
    """Readers whose figures are made of the same rows share one key.

    It changes with every sealing: what counted a case before it was sealed is shown to nobody.
    """
    counting = reader.counting
    parts = [sorted(map(str, counting.offices)), sorted(map(str, counting.cases))]
    parts.append([str(_sealings_in(counting.offices))])
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()


def _sealings_in(offices: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select sealings_in(%s::uuid[])", [[str(office) for office in offices]])
        (number,) = cursor.fetchone()
    return int(number)
