"""Who a figure is computed for: a person, or the built-in reporter."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

import orjson
from django.db import connection

from accounts.models import Office
from accounts.permissions import Perm
from core.scopes import CountScope

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User
    from reports.base import Report


class Reporter:
    """The built-in reader of the command and the nightly run: every office but those for practice,
    and no sealed case."""

    pk = None
    is_authenticated = True

    @cached_property
    def counting(self) -> CountScope:
        return CountScope(list(Office.objects.real().values_list("pk", flat=True)), [])

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return perm.startswith("reports.")


def counts_only(reader: User) -> bool:
    """Whether this person has figures of survivors and no right to their rows."""
    return reader.pk is not None and not reader.has_perm(Perm.VICTIM_VIEW)


def sees_periods_over(reader: User, report: Report) -> bool:
    """Whether this report counts survivors for a person who may not open their rows: then it is of
    periods that are over (`reports/closed.py`)."""
    return counts_only(reader) and report.counts_survivors


def scope_key(reader: User) -> str:
    """Readers who may see the same figures share one key: those made of the same rows, and of
    these whoever has row rights apart from whoever counts only (`reports/closed.py`)."""
    return _key(rows_key(reader), "counts only") if counts_only(reader) else rows_key(reader)


def rows_key(reader: User) -> str:
    """Readers whose figures are made of the same rows share one key.

    It changes with every sealing: what counted a case before it was sealed is shown to nobody.
    """
    return _key(lasting_key(reader), str(_sealings_in(reader.counting.offices)))


def lasting_key(reader: User) -> str:
    """The same, whatever was sealed meanwhile: of the same offices and cases."""
    counting = reader.counting
    return _key(sorted(map(str, counting.offices)), sorted(map(str, counting.cases)))


def _key(*parts: object) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()


def _sealings_in(offices: list[UUID]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select sealings_in(%s::uuid[])", [[str(office) for office in offices]])
        (number,) = cursor.fetchone()
    return int(number)
