"""A list taken away as a file: the whole job, against COPY of the same cells into the same locked
and encrypted file, and against serializers and the csv module over all rows at once.

Ours is the job as a worker runs it: who asked is asked for again, each row is put on record and
noted against its case, the file is compressed, locked and encrypted. COPY does the same with two
statements more, as the same person behind the same row security; its cells are compared with ours.
The plain way (`naive/plain.py`) reads as the owner and writes bare CSV, nothing else.
"""

from __future__ import annotations

import argparse
import base64
import csv
import io
import time
from functools import partial
from statistics import median
from typing import Any

from benchmarks.harness import (
    MILLION,
    Side,
    compare,
    connect,
    cpu_of,
    load,
    scratch_database,
)
from benchmarks.lists import CASES, HEARING_ROWS, SURVIVORS, add_hearings
from tests.exchange.unlocking import unlocked

PASSPHRASE = "invented-words-for-a-measurement"
NOTE = """
insert into exchange_exportedcase (id, export_id, level, of_case)
select gen_random_uuid(), %s, %s, id from (select distinct {case} as id from ({rows}) rows) cases
"""
RECORD = """
insert into core_auditevent (at, kind, action, actor_id, target_type, target_id, case_id, subjects,
                             request_id, detail)
select now(), 'read', 'export.given', %s, %s, '', null, array_agg(id) || array_agg({case}), null,
       jsonb_build_object('export', %s, 'ids', array_agg(id))
  from (select *, row_number() over (order by id) / 500 part from ({rows}) rows) rows group by part
"""
# What waits to go into the index of the history is put there now and then, half a second at once:
# by whoever comes next, so between the calls and on neither side.
CLEAN = """
select gin_clean_pending_list(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indexrelid
  join pg_am a on a.oid = c.relam
 where a.amname = 'gin' and i.indrelid = 'core_auditevent'::regclass
"""
YES_NO = "case when {0} then 'True' else 'False' end as {0}"
LISTS = {
    "cases": (CASES, "casework.Case", 1, "id", ("sealed",)),
    "hearings": (HEARING_ROWS, "prosecutions.Hearing", 2, '"case"', ()),
    "involvements": (SURVIVORS, "victims.Involvement", 2, '"case"', ()),
}


class Export:
    """One list, taken away by each of the sides."""

    def __init__(self, what: str, urls: dict[str, str], owner: Any) -> None:
        from tests.jobs.long_work import everywhere  # noqa: PLC0415 - set up just now

        self.what, self.owner, self.user = what, owner, everywhere()
        self.connection = connect(urls["app"])
        self.connection.autocommit = False
        self.rows, self.label, self.level, self.case, self.truths = LISTS[what]
        scope = self.user.scope
        self.scope = [list(scope.offices[self.level]), list(scope.cases[self.level])]
        self.ready("csv")

    def ready(self, format: str) -> None:
        """Ask for the next one, and forget which cases stand in the one before."""
        from django.utils import timezone  # noqa: PLC0415 - set up just now

        from core.context import acting_as, confirmed_at  # noqa: PLC0415
        from exchange.services.exports import ask_export  # noqa: PLC0415

        with self.owner.cursor() as cursor:
            cursor.execute("truncate exchange_exportedcase")
            cursor.execute(CLEAN)
        confirmed_at.set(timezone.now())
        with acting_as(self.user.pk):
            said = {"reason": "figures", "format": format, "identifiers": True}
            asked = ask_export(what=self.what, actor=self.user, **said)
        self.export, self.passphrase = asked.row, asked.passphrase

    def ours(self) -> int:
        """Written as by a worker; of one that is written already nothing is left to do."""
        from core import jobs  # noqa: PLC0415 - set up just now

        jobs.run(self.export.job_id)
        return 0

    def copy(self) -> int:
        """The same file by COPY."""
        from exchange.exports import files  # noqa: PLC0415 - set up just now
        from exchange.exports.locked_zip import LockedZip  # noqa: PLC0415

        export = str(self.export.pk)
        with self.connection, self.connection.cursor() as cursor, files.writing() as file:
            cursor.execute("select open_context(%s)", [str(self.user.pk)])
            rows = cursor.mogrify(self.rows, self.scope).decode()
            into = LockedZip(file.write, PASSPHRASE)
            part = into.part("01.csv")
            cursor.copy_expert(self._statement(cursor, rows), part)
            part.close()
            into.close()
            self.name, self.key = file.name, file.key
            note = NOTE.format(rows=rows.replace("%", "%%"), case=self.case)
            cursor.execute(note, [export, self.level])
            record = RECORD.format(rows=rows.replace("%", "%%"), case=self.case)
            cursor.execute(record, [str(self.user.pk), self.label, export])
        return 0

    def _statement(self, cursor: Any, rows: str) -> str:
        cursor.execute(f"select * from ({rows}) rows limit 0")
        names = [column.name for column in cursor.description]
        shown = [YES_NO.format(n) if n in self.truths else f'"{n}"' for n in names]
        mark = cursor.mogrify("%s as watermark", [self.export.mark]).decode()
        cells = ", ".join([*shown, mark])
        chosen = f"select {cells} from ({rows}) rows order by id"
        return f"copy ({chosen}) to stdout (format csv, header)"

    def plain(self) -> int:
        """As one writes it first."""
        from benchmarks.naive import plain  # noqa: PLC0415 - set up just now

        view = {
            "cases": plain.CaseViewSet,
            "hearings": plain.HearingViewSet,
            "involvements": plain.InvolvementViewSet,
        }[self.what]
        rows = view.queryset.filter(level__lt=4).using(plain.DATABASE)  # no sealed case
        data = view.serializer_class(rows, many=True).data
        text = io.StringIO()
        writer = csv.DictWriter(text, list(data[0]))
        writer.writeheader()
        writer.writerows(data)
        return len(data)

    def our_cells(self) -> Any:
        from exchange.exports import files  # noqa: PLC0415 - set up just now

        self.ready("csv")
        self.ours()
        self.export.refresh_from_db()
        with files.opened(self.export) as text:
            return _cells(unlocked(text.read(), self.passphrase)["01.csv"])

    def count(self) -> int:
        return len(self.our_cells()) - 1

    def copied_cells(self) -> Any:
        from core.files import vault  # noqa: PLC0415 - set up just now
        from exchange.exports import files  # noqa: PLC0415

        self.ready("csv")
        self.copy()
        key = base64.b64decode(self.key)
        with vault.Reader(files.path_of(self.name).open("rb"), key, self.name) as text:
            return _cells(unlocked(text.read(), PASSPHRASE)["01.csv"])


def _cells(data: bytes) -> Any:
    rows = list(csv.reader(io.StringIO(data.decode())))
    return [[_plain(cell) for cell in row[:-1]] for row in rows]


def _plain(cell: str) -> str:
    return cell.rstrip("Z").rstrip("0").rstrip(".") if cell.endswith("Z") else cell


def main(scale: float, *, plain: bool) -> None:
    with scratch_database() as urls:
        load(urls, scale)
        from django.db import connections  # noqa: PLC0415 - set up just now
        from psycopg2.extras import register_uuid  # noqa: PLC0415

        register_uuid()
        owner = connect(urls["owner"])
        add_hearings(owner)

        def backend(alias: str) -> Any:
            return lambda: _pid(connections[alias].connection)

        for what in LISTS:
            one = Export(what, urls, owner)
            us = Side("ours", one.ours, backend("default"), one.our_cells)
            sql = Side("COPY", one.copy, partial(_pid, one.connection), one.copied_cells)
            name = f"export of {what} as CSV, {int(250_000 * scale):,} cases"
            few: Any = {"owner": owner, "rounds": 3, "calls": 1}
            few |= {"between": partial(one.ready, "csv")}
            compare(f"{name} against COPY", us, sql, reach="<= 2", **few)
            if plain:
                us = Side("ours", one.ours, backend("default"), one.count)
                usual = Side("serializers and csv", one.plain, backend("plain"), one.plain)
                compare(f"{name} against the usual way", us, usual, **few)
        for format in ("jsonl", "xlsx"):
            taken = timed(Export("cases", urls, owner), format, backend("default"))
            print(f"export of cases as {format}: ours {taken:.2f} ms CPU", flush=True)


def timed(one: Export, format: str, backend: Any) -> float:
    """CPU of one job; there is no SQL that writes the same."""
    found = []
    for _ in range(3):
        one.ready(format)
        before = time.process_time_ns() + cpu_of(backend())
        one.ours()
        found.append((time.process_time_ns() + cpu_of(backend()) - before) / MILLION)
    return median(found)


def _pid(connection: Any) -> int:
    return int(connection.info.backend_pid)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.04)
    parser.add_argument("--only-copy", action="store_true", help="leave the slow plain side out")
    said = parser.parse_args()
    main(said.scale, plain=not said.only_copy)
