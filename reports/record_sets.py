"""The sets of rows behind figures: while they are computed, and as a snapshot keeps them.

One row for each cell and count, so that a figure is opened, added up or compared without reading
the others. A large set that stands behind several of them is kept in the first of these rows, and
the others point to it.

A table of sets shared by all snapshots was left: two workers that write the same sets in another
order would wait for each other, and no snapshot could go without asking all others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any
from weakref import finalize

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from reports.numbers import Ids, union

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping

    from core.access import ScopedQuerySet

Counts = dict[str, Ids]  # by the name of the count
IN_MEMORY = 2**20  # bytes of one report; what is more waits in a file without a name
BATCH, ROWS = 4 * 2**20, 500  # bytes and rows written at once
READ = 50  # rows read at once
SMALL = 100  # bytes of a set that is not worth pointing to


@dataclass(frozen=True)
class Packed:
    """One count of a cell, as it is kept."""

    cell: str
    of: str
    count: int
    ids: bytes


class PackedSets:
    """What stands behind the cells of a result, packed."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the next line does it
        finalize(self, self._file.close)
        self._end = 0
        self._at: dict[str, dict[str, tuple[int, int, int]]] = {}

    def __setitem__(self, cell: str, counts: Mapping[str, Ids]) -> None:
        self._file.seek(self._end)
        places: dict[str, tuple[int, int, int]] = {}
        again: dict[int, tuple[int, int, int]] = {}  # one set stands behind several counts
        for of, ids in counts.items():
            if id(ids) not in again:
                packed = pack(ids) if ids else NOBODY
                self._file.write(packed)
                again[id(ids)] = (self._end, len(packed), len(ids))
                self._end += len(packed)
            places[of] = again[id(ids)]
        self._at[cell] = places

    def __getitem__(self, cell: str) -> Counts:
        return {of: Ids.deserialize(self._read(place)) for of, place in self._at[cell].items()}

    def get(self, cell: str) -> Counts:
        """Nothing where there is no such cell."""
        return self[cell] if cell in self._at else {}

    def cells(self, cells: Iterable[str]) -> dict[str, Counts]:
        return {cell: self[cell] for cell in cells if cell in self._at}

    def items(self) -> Iterator[tuple[str, Counts]]:
        return ((cell, self[cell]) for cell in self._at)

    def opening(self) -> set[tuple[str, str]]:
        """The cells and counts with anybody in them."""
        return {(cell, of) for cell, at in self._at.items() for of in at if at[of][2]}

    def of(self, of: str, cells: Container[str]) -> Ids:
        """Everybody in one count of any of these cells."""
        places = (at[of] for cell, at in self._at.items() if of in at and cell in cells)
        return union(Ids.deserialize(self._read(place)) for place in places)

    def packed(self) -> Iterator[Packed]:
        """Everything, always in the same order."""
        for cell in sorted(self._at):
            for of in sorted(self._at[cell]):
                place = self._at[cell][of]
                yield Packed(cell, of, place[2], self._read(place))

    def _read(self, place: tuple[int, int, int]) -> bytes:
        start, size, _count = place
        self._file.seek(start)
        return self._file.read(size)


def pack(ids: Ids) -> bytes:
    """The same set is packed in the same way, whatever it was made of."""
    ids = ids.copy()
    ids.run_optimize()
    packed: bytes = ids.serialize()
    return packed


NOBODY = pack(Ids())


def keep(snapshot: object, rows: Iterable[Packed]) -> None:
    """Write what stands behind a snapshot, in its transaction."""
    model = _model()
    held: dict[bytes, int] = {}  # the row in which a large set is kept, by its digest
    for some in _batches(rows):
        first: dict[Any, Any] = {}
        again: list[tuple[bytes, Packed]] = []
        for entry in some:
            name: Any = (
                sha256(entry.ids).digest() if len(entry.ids) > SMALL else (entry.cell, entry.of)
            )
            if name in held or name in first:
                again.append((name, entry))
            else:
                first[name] = model(snapshot=snapshot, **vars(entry))
        model.objects.bulk_create(first.values())
        held |= {name: row.pk for name, row in first.items() if isinstance(name, bytes)}
        model.objects.bulk_create(
            model(snapshot=snapshot, same_id=held[name], **vars(replace(entry, ids=b"")))
            for name, entry in again
        )


def _batches(rows: Iterable[Packed]) -> Iterator[list[Packed]]:
    some: list[Packed] = []
    size = 0
    for row in rows:
        some.append(row)
        size += len(row.ids)
        if size >= BATCH or len(some) == ROWS:
            yield some
            some, size = [], 0
    yield some


def kept_ids(*which: Q, **more: object) -> ScopedQuerySet:
    """Rows that are kept, with `packed`: the set, wherever it is."""
    rows = _model().objects.filter(*which, **more)
    return rows.annotate(packed=Coalesce("same__ids", "ids"))


class Behind:
    """What a snapshot keeps, read for the cells asked for."""

    def __init__(self, snapshot: Any) -> None:
        self._rows = kept_ids(snapshot=snapshot.pk)

    def get(self, cell: str) -> Counts:
        """The counts of a cell, each with who is in it; nothing where there is no such cell."""
        return self.cells([cell]).get(cell, {})

    def cells(self, cells: Collection[str]) -> dict[str, Counts]:
        """The same of several, in one query. No cell has what no text in a database may have."""
        known = [cell for cell in cells if "\0" not in cell]
        return dict(_counts(self._rows.filter(cell__in=known)))

    def items(self) -> Iterator[tuple[str, Counts]]:
        """Everything, cell by cell."""
        return _counts(self._rows)

    def names(self) -> set[tuple[str, str]]:
        """The cells and counts of which it is known who is in them."""
        return set(self._rows.values_list("cell", "of"))

    def opening(self) -> set[tuple[str, str]]:
        """The cells and counts with anybody in them."""
        return set(self._rows.filter(count__gt=0).values_list("cell", "of"))


class Read:
    """Of the cells of a snapshot those that were read with others of its kind."""

    def __init__(self) -> None:
        self._cells: dict[str, Counts] = {}

    def cells(self, cells: Collection[str]) -> dict[str, Counts]:
        return {cell: counts for cell, counts in self._cells.items() if cell in cells}

    def opening(self) -> set[tuple[str, str]]:
        return {(cell, of) for cell, at in self._cells.items() for of, ids in at.items() if ids}

    @classmethod
    def of(cls, rows: ScopedQuerySet) -> dict[object, Read]:
        """By snapshot, in one query. `rows`: which of `kept_ids`."""
        by_snapshot: dict[Any, Read] = {}
        for snapshot, cell, of, ids in rows.values_list("snapshot", "cell", "of", "packed"):
            read = by_snapshot.setdefault(snapshot, cls())
            read._cells.setdefault(cell, {})[of] = Ids.deserialize(bytes(ids))
        return by_snapshot


def of_all(snapshots: Iterable[Any]) -> Iterator[tuple[Any, str, str, Ids]]:
    """Everything that stands behind several snapshots, row by row in one query: snapshot, cell,
    name of the count, and who is in it."""
    rows = kept_ids(snapshot__in=[snapshot.pk for snapshot in snapshots])
    for key, cell, of, ids in rows.values_list("snapshot", "cell", "of", "packed").iterator(READ):
        yield key, cell, of, Ids.deserialize(bytes(ids))


def differing(before: Any, after: object) -> dict[tuple[str, str], tuple[Ids, Ids]]:
    """By cell and count: who was in it before and who is now, where these are not the same."""
    pairs: dict[tuple[str, str], list[Ids]] = {}
    for place, (side, other) in enumerate(((before, after), (after, before))):
        same = kept_ids(snapshot=other.pk).filter(
            **{name: OuterRef(name) for name in ("cell", "of", "count", "packed")}
        )
        rows = kept_ids(snapshot=side.pk).filter(~Exists(same))
        for cell, of, ids in rows.values_list("cell", "of", "packed").iterator(READ):
            pairs.setdefault((cell, of), [Ids(), Ids()])[place] = Ids.deserialize(bytes(ids))
    return {key: (pair[0], pair[1]) for key, pair in pairs.items()}


def _counts(rows: ScopedQuerySet) -> Iterator[tuple[str, Counts]]:
    read = rows.order_by("cell", "of").values_list("cell", "of", "packed").iterator(READ)
    for cell, some in groupby(read, key=itemgetter(0)):
        yield cell, {of: Ids.deserialize(bytes(ids)) for _cell, of, ids in some}


def _model() -> Any:
    return apps.get_model("reports.KeptIds")
