"""A workbook of some 20,000 rows taken in, against COPY of the rows it becomes.

Ours looks at the cells of every sheet (codes, references, what is known), and writes the rows with
audit and history; looking alone, as before the confirmation, does the same and undoes it. The
other side: `taken_in.py`. Reading the file is a process of its own and stands by itself.
"""

from __future__ import annotations

import argparse
import io
import resource
import time
from functools import partial
from typing import Any

from benchmarks.harness import compare, connect, scratch_database
from benchmarks.office import people
from benchmarks.taken_in import TakenIn


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


class Import(TakenIn):
    def __init__(self, many: int, owner: Any, url: str) -> None:
        from exchange.workbooks.columns import Names  # noqa: PLC0415 - set up just now
        from exchange.workbooks.sheets import SHEETS  # noqa: PLC0415
        from prosecutions.models import Provision  # noqa: PLC0415

        super().__init__(owner, url)
        self.order = [sheet.model._meta.db_table for sheet in SHEETS]
        provision = Provision.objects.filter(jurisdiction__code="IN").first()
        self.sheets = sheets_of(many, Names().of(Provision)[provision.pk])

    def first(self, table: str) -> Any:
        return self.order.index(table) if table in self.order else len(self.order)

    def tables(self, cursor: Any) -> list[str]:
        return [table for table in super().tables(cursor) if table != "prosecutions_provision"]

    def file(self) -> bytes:
        from core.sheets.workbooks import Workbook  # noqa: PLC0415 - set up just now

        out = io.BytesIO()
        book = Workbook(out)
        for name, (head, *lines) in self.sheets.items():
            book.begin(name, head)
            for line in lines:
                book.row(line)
            book.end()
        book.close()
        return out.getvalue()

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

    def read(self) -> float:
        """Microseconds of CPU a row to read the file, in the process that does."""
        from exchange.workbooks import opening  # noqa: PLC0415 - set up just now

        content, before = self.file(), _children()
        if opening.tables(content, opening.AS_A_JOB) != self.sheets:
            raise SystemExit("The file says something else than was written into it.")
        return (_children() - before) / self.many * 1e6


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(many: int) -> None:
    with scratch_database() as urls:
        people("case_manager")
        one = Import(many, connect(urls["owner"]), urls["app"])
        begun = time.perf_counter()
        one.keep()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        seconds = time.perf_counter() - begun
        print(f"{one.many} rows; the first time {seconds:.1f} s, {peak:.0f} MB at most", flush=True)
        takes, looks = one.side(one.ours), one.side(partial(one.ours, undone=True))
        copy = one.copy()
        compare(f"workbook of {one.many} rows taken in", takes, copy, reach="<= 3", **one.few)
        compare("the same looked at", looks, copy, **one.few)
        for side in (takes, looks, copy):
            print(f"  {side.name}: {side.cost * 1000 / one.many:.0f} µs a row", flush=True)
        print(f"  reading the file: {one.read():.0f} µs a row", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=2_500)
    main(parser.parse_known_args()[0].cases)  # `make bench` says to all files what some take
