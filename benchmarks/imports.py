"""A file of HTCDS 2.0 taken in, all 81 fields of each person, against COPY of the rows it becomes.

Ours reads and checks the file, matches it with what is known, and writes through the services'
tables with audit and history. The other side: `taken_in.py`.
"""

from __future__ import annotations

import argparse
import csv
import io
from typing import Any

from benchmarks.harness import compare, connect, scratch_database
from benchmarks.office import people
from benchmarks.taken_in import TakenIn
from core.local.paths import ROOT

ONE = ROOT / "tests" / "exchange" / "golden" / "htcds_all_fields.csv"
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


class Import(TakenIn):
    def __init__(self, many: int, owner: Any, url: str) -> None:
        from places.models import Jurisdiction  # noqa: PLC0415 - set up just now

        super().__init__(owner, url)
        self.text = file_of(many)
        place = Jurisdiction.objects.get(code="IN-WB-KOL")
        self.said = {"source": SOURCE, "programme": "csec", "jurisdiction": place}

    def first(self, table: str) -> Any:
        return table not in FIRST, table

    def ours(self) -> int:
        from core.context import acting_as  # noqa: PLC0415 - set up just now
        from exchange.services.htcds import import_htcds, preview_htcds  # noqa: PLC0415

        with acting_as(self.user.pk):
            said = self.said | {"text": self.text, "actor": self.user}
            looked = preview_htcds(**said)
            if looked.faults:
                raise SystemExit(str(looked.faults[0]))
            return import_htcds(**said, digest=looked.digest).survivors


def main(many: int) -> None:
    with scratch_database() as urls:
        people("case_manager")
        one = Import(many, connect(urls["owner"]), urls["app"])
        one.keep()
        name = f"import of {many} people of HTCDS"
        compare(name, one.side(one.ours), one.copy(), reach="<= 3", **one.few)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=250)
    main(parser.parse_known_args()[0].people)  # `make bench` says to all files what some take
