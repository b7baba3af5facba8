"""The jobs of exports: write a file, and destroy those whose time is over.

A worker that is killed leaves nothing that could be opened; the job is taken up again from the
start, and writes its file anew.
"""

from __future__ import annotations

import time
from datetime import UTC
from typing import TYPE_CHECKING, Any

import orjson
from django.utils import timezone

from accounts.notices import tell
from accounts.permissions import Perm
from casework.models import DocumentVersion
from casework.services.documents import open_version
from core.days import clock
from core.files import vault
from core.jobs import job
from core.services import Refused
from core.sheets.workbooks import Workbook
from core.shortcuts.rows import lean, represented
from exchange.exports import files
from exchange.exports.copying import copied
from exchange.exports.locked_zip import LockedZip
from exchange.exports.models import KEPT, Decision, Export, ExportedCase
from exchange.exports.offer import ANSWERS, ASKED_ABOUT, What, lists_of
from exchange.exports.reach import Consents, batches, cases_of, list_for, of_case, taker
from exchange.exports.shape import Without, as_shown
from exchange.exports.tables import tables
from exchange.services.giving import (
    MOST_ALONE,
    MOST_TOLD,
    identified,
    may_still,
    note_given,
    note_written,
)
from exchange.workbooks.giving import Giving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from uuid import UUID

    from django.db.models import QuerySet
    from rest_framework.serializers import BaseSerializer

    from core.jobs import Run
    from exchange.exports.files import FileWriter
    from exchange.exports.tables import Tables
    from exchange.workbooks.sheets import Sheet

KIND = "export"


class NotOpenAnyMore(Exception):
    """Whoever asked may not do so any more."""


class MorePeople(Exception):
    """More people by name than one person may take alone, or may be told of at once."""


@job(KIND, one_moment=True)  # what is noted on the way is written with `keep`
def write_export(run: Run) -> Callable[[], dict[str, int]]:
    """Parameters: the export, which says everything else."""
    export = Export.objects.select_related("asked_by").get(pk=run.job.parameters["export"])
    writing = Writing(run, export)
    writing.check()
    # A file is for programs: its moments are those of a key, wherever its reader is.
    with files.writing() as file, clock.by(UTC):
        writing.write(file)

    def keep() -> dict[str, int]:
        export.file, export.data_key = file.name, file.key
        export.size, export.sha256 = file.size, file.sha256
        export.rows, export.left_out = writing.rows, writing.left_out
        export.told, export.passphrase = sorted(writing.told), None
        export.expires_at = timezone.now() + KEPT
        export.version += 1
        export.save()
        note_written(export, actor=writing.taker)
        tell([export.asked_by], "export-ready", target=export)
        return {"rows": writing.rows}

    return keep


class Writing:
    """One export on its way into a file."""

    def __init__(self, run: Run, export: Export) -> None:
        self.run, self.export, self.taker = run, export, taker(export)
        self.consents = Consents(export.whom) if export.whom else None
        self.without = None if export.identifiers else Without()
        self.done = self.left_out = self.total = 0
        self.said_at = 0.0
        self.told: set[UUID] = set()
        self.listed = list[dict[str, Any]]()

    @property
    def rows(self) -> int:
        """Of all lists; documents are no rows."""
        return sum(entry["rows"] for entry in self.listed)

    def check(self) -> None:
        """Whether it may be written now, whatever was so when it was asked for."""
        if not may_still(self.export, self.taker):
            raise NotOpenAnyMore
        agreed_to = self.export.decision == Decision.ALLOWED
        most = self.export.people if agreed_to else MOST_ALONE
        if identified(self.export, self.taker) > most:
            raise MorePeople

    def write(self, file: FileWriter) -> None:
        if self.export.what == What.WORKBOOK:
            self._workbook(file)
            return
        lists = [(name, *self._rows(name)) for name in self._names()]
        lists += self._answers(lists[0][2])
        versions = self._versions()
        self.total = sum(rows.count() for _name, _shape, rows in lists) + versions.count()
        self.run.progress(0, self.total)
        into = LockedZip(file.write, str(self.export.passphrase))
        out = tables(self.export.format, into, self.export.mark)
        for name, shape, rows in lists:
            self._list(out, name, shape, rows)
        out.close()
        papers = [self._paper(into, version) for version in versions]
        self._manifest(into, papers)
        into.close()

    def _workbook(self, file: FileWriter) -> None:
        """Every sheet of the office of whoever asked."""
        giving = Giving(self.export.office, self.taker)
        self.total = giving.count()
        self.run.progress(0, self.total)
        into = LockedZip(file.write, str(self.export.passphrase))
        part = into.part("01.xlsx")
        book = Workbook(part, footer=self.export.mark)
        counts = giving.write(book, self._sheet)
        book.close()
        part.close()
        self.listed = [{"list": n, "part": "01.xlsx", "rows": rows} for n, rows in counts.items()]
        self._manifest(into, [])
        into.close()

    def _sheet(self, sheet: Sheet, rows: list[object]) -> None:
        """Places, providers and studies are of no case."""
        if sheet.of_case or sheet.of_person:
            self._note([rows])
        else:
            self._on(len(rows))

    def _names(self) -> list[str]:
        export = self.export
        names = lists_of(export.what, identifiers=export.identifiers, outside=export.whom != "")
        may_name = self.taker.has_perm(Perm.IDENTITY_VIEW)
        return [name for name in names if may_name or name != What.IDENTITIES]

    def _rows(self, name: str) -> tuple[BaseSerializer[object], Any]:
        export = self.export
        shape, rows, _errors = list_for(name, self.taker, export.filters)
        rows = lean(shape, rows)
        if export.of_case:
            rows = of_case(rows, export.of_case)
        if self.consents:
            everything, rows = rows, self.consents.narrow(rows)
            self.left_out += everything.count() - rows.count()
        return shape, rows

    def _answers(self, rows: Any) -> list[tuple[str, BaseSerializer[object], Any]]:
        """Those about the rows of this list: inside the house, with identifiers."""
        if self.without or self.consents or self.export.what not in ASKED_ABOUT:
            return []
        shape, replies, _errors = list_for(ANSWERS, self.taker, {})
        replies = lean(shape, replies.filter(about__in=rows.order_by().values("pk")))
        return [(ANSWERS, shape, replies)] if replies.exists() else []

    def _list(self, out: Tables, name: str, shape: BaseSerializer[object], rows: object) -> None:
        columns, values = self.without.shape(name, shape) if self.without else as_shown(shape)
        part, count = out.begin(name, columns), 0
        inside = not (self.without or self.consents)
        written = copied(shape, rows, out) if inside else None
        for some in written or _shown(shape, rows, out, values):
            count += self._note(some)
        out.end()
        self.listed.append({"list": name, "part": part, "rows": count})

    def _note(self, batches: Iterable[list[Any]]) -> int:
        """What was written, on record and for whoever opens the door later; how many rows."""
        cases, level, count = set[Any](), 0, 0
        for batch in batches:
            level = batch[0].access.level
            cases |= cases_of(batch, self.taker)
            if self.consents:
                self.told |= self.consents.told_by(batch)
                if len(self.told) > MOST_TOLD:
                    raise MorePeople
            note_given(self.export, batch, actor=self.taker)
            self._on(len(batch))
            count += len(batch)
        ExportedCase.objects.note(self.export, level, cases)
        return count

    def _on(self, more: int) -> None:
        """Said once a second, and at the end."""
        self.done += more
        now = time.monotonic()
        if now - self.said_at > 1 or self.done >= self.total or not more:
            self.said_at = now
            self.run.progress(min(self.done, self.total), self.total)

    def _versions(self) -> QuerySet[DocumentVersion]:
        """The documents of a whole case: inside the house, with identifiers."""
        export, rows = self.export, DocumentVersion.objects.visible_to(self.taker)
        if export.what != What.CASE or export.whom or not export.identifiers:
            return rows.none()
        rows = rows.filter(case=export.of_case, file__isnull=False)
        return rows.select_related("document", "file", "original", "case").order_by("pk")

    def _paper(self, into: LockedZip, version: DocumentVersion) -> dict[str, object]:
        entry = {"document": version.document.code, "version": version.number}
        entry |= {"received_sha256": version.digest}
        self._on(1)
        try:
            opened = open_version(version, actor=self.taker)
        except Refused as refusal:
            return entry | {"part": None, "why": str(refusal)}
        ending = opened.name.rpartition(".")[2]
        part = into.part(f"file-{len(into.parts) + 1:03}.{ending}")
        with opened.text as text:
            for piece, data in enumerate(vault.parts(text)):
                part.write(data)
                if piece % 100 == 0:
                    self._on(0)
        part.close()
        return entry | {"part": part.name.decode(), "name": opened.name}

    def _manifest(self, into: LockedZip, papers: list[dict[str, object]]) -> None:
        export = self.export
        manifest = {
            "export": str(export.pk),
            "watermark": export.mark,
            "asked_by": export.asked_by.username,
            "asked_at": export.created_at,
            "written_at": timezone.now(),
            "reason": export.reason,
            "for": export.whom or "inside",
            "identifiers": export.identifiers,
            "filters": export.filters,
            "left_out": self.left_out,
            "lists": self.listed,
            "documents": papers,
            "parts": [
                {"name": part.name.decode(), "size": part.size, "sha256": part.sha256}
                for part in into.parts
            ],
        }
        part = into.part("manifest.json")
        part.write(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
        part.close()


def _shown(
    shape: BaseSerializer[object], rows: Any, out: Tables, values: Callable[[object], list[object]]
) -> Iterator[list[list[Any]]]:
    """The batches of a list, each written by Python."""
    for batch in batches(rows):
        for row in represented(shape, batch):
            out.row(values(row))
        yield [batch]


@job("destroy-exports")
def destroy_exports(run: Run) -> dict[str, int]:
    """Files whose time is over, that were taken often enough, or that nobody wants any more."""
    rows = list(Export.objects.over()[:1000])
    for number, export in enumerate(rows, 1):
        name: Any = export.file  # `over` says that there is one
        files.destroy(name)
        export.cases.all().delete()
        export.file, export.data_key, export.told = None, None, []
        export.save(update_fields=["file", "data_key", "told", "updated_at"])
        run.progress(number, len(rows))
    return {"destroyed": len(rows)}
