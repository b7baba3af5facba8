"""A file of HTCDS 2.0 taken in, all 81 fields of each person, against COPY of the rows it becomes.

Ours reads and checks the file, matches it with what is known, and writes through the services'
tables with audit and history. The other side copies the very rows ours wrote into empty staging
tables and inserts them from there in one transaction, as the same person behind the same policies,
with the same triggers, history and deferred keys; it reads no file and checks nothing.
"""

from __future__ import annotations

import argparse
import csv
import io
from functools import partial
from typing import Any

from benchmarks.harness import Side, compare, connect, scratch_database
from benchmarks.office import people
from benchmarks.rescue_report import tables
from core.local.paths import ROOT

ONE = ROOT / "tests" / "exchange" / "golden" / "htcds_all_fields.csv"
MADE_BY_TRIGGERS = ("event", "reports_datachange", "reports_rownumber", "exchange_delivery")
# The rows of a case take their office from it, and a person is open by being in one.
FIRST = ("casework_case", "prosecutions_suspect", "victims_involvement")
SOURCE = "An invented partner"


def file_of(many: int) -> str:
    """The same person under so many keys, each in a case of their own."""
    head, one = list(csv.reader(io.StringIO(ONE.read_text())))[:2]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    for number in range(many):
        writer.writerow([f"CASE-{number}", f"P-{number}", *one[2:]])
    return text.getvalue()


class Import:
    """One file, taken in by each of the sides into an empty world."""

    def __init__(self, many: int, owner: Any, url: str) -> None:
        from accounts.models import User  # noqa: PLC0415 - set up just now
        from places.models import Jurisdiction  # noqa: PLC0415

        self.owner, self.connection = owner, connect(url)
        self.connection.autocommit = False
        self.user = User.objects.get()
        self.rows: dict[str, str] = {}
        self.text = file_of(many)
        place = Jurisdiction.objects.get(code="IN-WB-KOL")
        self.said = {"source": SOURCE, "programme": "csec", "jurisdiction": place}

    def empty(self) -> None:
        with self.owner.cursor() as cursor:
            cursor.execute(f"truncate {', '.join(tables(cursor))}")

    def ours(self) -> int:
        from core.context import acting_as  # noqa: PLC0415 - set up just now
        from exchange.services.htcds import import_htcds, preview_htcds  # noqa: PLC0415

        with acting_as(self.user.pk):
            said = self.said | {"text": self.text, "actor": self.user}
            looked = preview_htcds(**said)
            if looked.faults:
                raise SystemExit(str(looked.faults[0]))
            return import_htcds(**said, digest=looked.digest).survivors

    def keep(self) -> None:
        """What ours wrote, table by table, but for what triggers write."""
        self.empty()
        self.ours()
        with self.owner.cursor() as cursor:
            for table in tables(cursor):
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
            for table in sorted(self.rows, key=lambda name: (name not in FIRST, name)):
                text = self.rows[table]
                cursor.execute(f"truncate s_{table}")
                cursor.copy_expert(f"copy s_{table} from stdin", io.StringIO(text))
                cursor.execute(
                    f"insert into {table} overriding system value select * from s_{table}"
                )
            return self.rows["victims_involvement"].count("\n")

    def written(self, call: Any) -> dict[str, int]:
        """How many rows each table holds after one call."""
        self.empty()
        call()
        with self.owner.cursor() as cursor:
            found = {}
            for table in tables(cursor):
                cursor.execute(f"select count(*) from {table}")
                (found[table],) = cursor.fetchone()
        self.empty()
        return {table: count for table, count in found.items() if table in self.rows}


def main(many: int) -> None:
    with scratch_database() as urls:
        owner = connect(urls["owner"])
        people("case_manager")
        measure(f"import of {many} people of HTCDS", Import(many, owner, urls["app"]))


def measure(name: str, one: Import) -> None:
    from django.db import connection  # noqa: PLC0415 - set up just now

    one.keep()

    def backend() -> int:
        return int(connection.connection.info.backend_pid)

    us = Side("ours", one.ours, backend, partial(one.written, one.ours))
    there = one.connection.info.backend_pid
    copy = Side("COPY", one.copied, lambda: there, partial(one.written, one.copied))
    few: Any = {"owner": one.owner, "rounds": 5, "calls": 1, "between": one.empty}
    compare(name, us, copy, reach="<= 3", **few)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=250)
    main(parser.parse_known_args()[0].people)  # `make bench` says to all files what some take
