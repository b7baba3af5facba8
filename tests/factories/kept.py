"""What stands behind figures: tests say and read it by the ids of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.models import KeptIds, RowNumber
from reports.numbers import Ids
from reports.record_sets import PackedSets, keep
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.models import Snapshot

Told = dict[str, dict[str, list[str]]]  # by cell and count, the ids in their order


def numbers_of(rows: Iterable[Any]) -> Ids:
    """The numbers of rows, which need not be there."""
    return Ids(RowNumber.objects.get_or_create(row_id=row)[0].number for row in rows)


def ids_of(numbers: Iterable[int]) -> list[str]:
    rows = RowNumber.objects.filter(number__in=list(numbers)).values_list("row_id", flat=True)
    return sorted(map(str, rows))


def told(behind: Any) -> Told:
    """What a result or a snapshot keeps."""
    return {
        cell: {of: ids_of(ids) for of, ids in counts.items()} for cell, counts in behind.items()
    }


def packed(behind: Mapping[str, Mapping[str, Iterable[Any]]]) -> PackedSets:
    found = PackedSets()
    for cell, counts in behind.items():
        found[cell] = {of: numbers_of(rows) for of, rows in counts.items()}
    return found


def put(snapshot: Snapshot, behind: Mapping[str, Mapping[str, Iterable[Any]]]) -> None:
    keep(snapshot, packed(behind).packed())


def row_number() -> RowNumber:
    """That of a row which was just written."""
    return RowNumber.objects.get(row_id=factories.victim().pk)


def kept_ids() -> KeptIds:
    snapshot = factories.snapshot(behind={"IN|": {"k": [factories.victim().pk]}})
    return KeptIds.objects.get(snapshot=snapshot)


FACTORIES: dict[Any, Any] = {KeptIds: kept_ids, RowNumber: row_number}
