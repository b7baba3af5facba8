"""A workbook of some 20,000 rows taken in, against COPY of the rows it becomes.

Ours looks at the cells of every sheet (codes, references, what is known), and writes the rows with
audit and history; looking alone, as before the confirmation, does the same and undoes it. The
other side copies the very rows ours wrote into empty staging tables and inserts them from there in
one transaction, as the same person behind the same policies, with the same triggers and history;
it reads no cell and checks nothing. Reading the file is a process of its own and stands by itself.
"""

from __future__ import annotations

import argparse
import io
import resource
import time
from functools import partial
from typing import Any

from benchmarks.harness import Side, compare, connect, scratch_database
from benchmarks.imports import MADE_BY_TRIGGERS
from benchmarks.office import people
from benchmarks.rescue_report import tables

OF_A_CASE = 8  # rows


def sheets_of(many: int, law: str) -> dict[str, list[list[str]]]:
    """So many cases, each with a survivor, a suspect, a proceeding and a charge."""
    place, day = "IN-WB-KOL", "2019-05-01"
    rows: dict[str, list[list[str]]] = {
        "cases": [["key", "programme", "jurisdiction", "status", "opened_on"]],
        "involvements": [["key", "case", "victim"]],
        "victims": [["key", "sex", "age_min_months", "age_max_months", "nationality"]],
        "suspects": [["key", "case", "perpetrator", "role"]],
        "perpetrators": [["key", "name"]],
        "prosecutions": [["key", "case", "jurisdiction", "filed_on"]],
        "charges": [
            [*("key", "case", "prosecution", "suspect", "provision"), "offence_on", "filed_on"]
        ],
        "charge_victims": [["key", "case", "charge", "involvement"]],
    }
    for n in range(many):
        key = f"2019/{n}"
        rows["cases"].append([key, "csec", place, "prosecution", "2019-03-04"])
        rows["involvements"].append([f"p{n}", key, f"v{n}"])
        rows["victims"].append([f"v{n}", "female", "180", "191", "IN"])
        rows["suspects"].append([f"s{n}", key, f"o{n}", "owner"])
        rows["perpetrators"].append([f"o{n}", "Invented Offender"])
        rows["prosecutions"].append([f"c{n}", key, place, day])
        rows["charges"].append([f"h{n}", key, f"c{n}", f"s{n}", law, "2019-01-01", day])
        rows["charge_victims"].append([f"x{n}", key, f"h{n}", f"p{n}"])
    return rows


class Import:
    """One workbook, taken in by each of the sides into an empty world."""

    def __init__(self, many: int, owner: Any, url: str) -> None:
        from accounts.models import User  # noqa: PLC0415 - set up just now
        from exchange.workbooks.columns import Names  # noqa: PLC0415
        from prosecutions.models import Provision  # noqa: PLC0415

        provision = Provision.objects.filter(jurisdiction__code="IN").first()
        law = Names().of(Provision)[provision.pk]
        self.sheets, self.many = sheets_of(many, law), many * OF_A_CASE
        self.owner, self.connection = owner, connect(url)
        self.connection.autocommit = False
        self.user = User.objects.get()
        self.rows: dict[str, str] = {}

    def file(self) -> bytes:
        from core.workbooks import Workbook  # noqa: PLC0415 - set up just now

        out = io.BytesIO()
        book = Workbook(out)
        for name, (head, *lines) in self.sheets.items():
            book.begin(name, head)
            for line in lines:
                book.row(line)
            book.end()
        book.close()
        return out.getvalue()

    def empty(self) -> None:
        with self.owner.cursor() as cursor:
            cursor.execute(f"truncate {', '.join(_written(cursor))}")

    def ours(self, *, undone: bool = False) -> int:
        """What the jobs do once the file is read."""
        from core import audit  # noqa: PLC0415 - set up just now
        from core.context import acting_as  # noqa: PLC0415
        from exchange.workbooks.looking import Looked  # noqa: PLC0415
        from exchange.workbooks.taking import Taking  # noqa: PLC0415

        with acting_as(self.user.pk):
            looked = Looked(self.sheets, self.user.home_office, self.user)
            if undone:
                Taking(looked).tried()
            else:
                Taking(looked).write()
                cases = [case for _line, case in looked.new["cases"]]
                audit.record_each("case.moved_in", cases, actor=self.user)
            preview = looked.preview()
            if preview.faults:
                raise SystemExit(str(preview.faults[0]))
            return preview.rows

    def keep(self) -> None:
        """What ours wrote, table by table, but for what triggers write."""
        self.empty()
        self.ours()
        with self.owner.cursor() as cursor:
            for table in _in_order(_written(cursor)):
                text = io.StringIO()
                cursor.copy_expert(f"copy (select * from {table}) to stdout", text)
                if text.getvalue() and not table.endswith(MADE_BY_TRIGGERS):
                    self.rows[table] = text.getvalue()
        self.empty()
        with self.connection, self.connection.cursor() as cursor:
            for table in self.rows:
                cursor.execute(f"create temp table s_{table} (like {table})")

    def copied(self) -> int:
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute("select open_context(%s)", [str(self.user.pk)])
            for table, text in self.rows.items():
                cursor.execute(f"truncate s_{table}")
                cursor.copy_expert(f"copy s_{table} from stdin", io.StringIO(text))
                cursor.execute(
                    f"insert into {table} overriding system value select * from s_{table}"
                )
            return self.many

    def written(self, call: Any) -> dict[str, int]:
        """How many rows each table holds after one call."""
        self.empty()
        call()
        with self.owner.cursor() as cursor:
            found = {}
            for table in self.rows:
                cursor.execute(f"select count(*) from {table}")
                (found[table],) = cursor.fetchone()
        self.empty()
        return found

    def read(self) -> float:
        """Microseconds of CPU a row to read the file, in the process that does."""
        from exchange.workbooks import opening  # noqa: PLC0415 - set up just now

        content, before = self.file(), _children()
        if opening.tables(content, opening.AS_A_JOB) != self.sheets:
            raise SystemExit("The file says something else than was written into it.")
        return (_children() - before) / self.many * 1e6


def _written(cursor: Any) -> list[str]:
    """Every table but those that are there before."""
    return [table for table in tables(cursor) if table != "prosecutions_provision"]


def _in_order(names: list[str]) -> list[str]:
    """Cases first, and a person after the row that places it, as behind the policies they must."""
    from exchange.workbooks.sheets import SHEETS  # noqa: PLC0415 - set up just now

    order = [sheet.model._meta.db_table for sheet in SHEETS]
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(many: int) -> None:
    with scratch_database() as urls:
        from django.db import connection  # noqa: PLC0415 - set up just now

        owner = connect(urls["owner"])
        people("case_manager")
        one = Import(many, owner, urls["app"])
        begun = time.perf_counter()
        one.keep()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        seconds = time.perf_counter() - begun
        print(f"{one.many} rows; the first time {seconds:.1f} s, {peak:.0f} MB at most", flush=True)

        def backend() -> int:
            return int(connection.connection.info.backend_pid)

        look = partial(one.ours, undone=True)
        takes = Side("ours", one.ours, backend, partial(one.written, one.ours))
        looks = Side("ours", look, backend, partial(one.written, one.ours))
        copy = Side("COPY", one.copied, lambda: one.connection.info.backend_pid, partial(
            one.written, one.copied
        ))  # fmt: skip
        few: Any = {"owner": owner, "rounds": 5, "calls": 1, "between": one.empty}
        compare(f"workbook of {one.many} rows taken in", takes, copy, reach="<= 3", **few)
        compare("the same looked at", looks, copy, **few)
        for side in (takes, looks, copy):
            print(f"  {side.name}: {side.cost * 1000 / one.many:.0f} µs a row", flush=True)
        print(f"  reading the file: {one.read():.0f} µs a row", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=2_500)
    main(parser.parse_known_args()[0].cases)  # `make bench` says to all files what some take
