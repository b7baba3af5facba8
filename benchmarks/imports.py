"""A file of HTCDS 2.0 taken in, all 81 fields of each person, against COPY of the rows it becomes.

Ours reads and checks the file, matches it with what is known, and writes in sets what the verbs
write, with audit and history; looking alone, as before the confirmation, does all but write. The
other side: `taken_in.py`.
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
MOST = 250  # people of a file: 300 are let in


def files_of(many: int) -> list[str]:
    """The same person under so many keys, each in a case of their own, in files as long as one
    may be."""
    head, one = list(csv.reader(io.StringIO(ONE.read_text())))[:2]
    files = []
    for first in range(0, many, MOST):
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(head)
        for number in range(first, min(first + MOST, many)):
            writer.writerow([f"CASE-{number}", f"P-{number}", *one[2:]])
        files.append(text.getvalue())
    return files


class Import(TakenIn):
    def __init__(self, many: int, owner: Any, url: str) -> None:
        from places.models import Jurisdiction  # noqa: PLC0415 - set up just now

        super().__init__(owner, url)
        self.files, self.digests = files_of(many), dict[str, str]()
        place = Jurisdiction.objects.get(code="IN-WB-KOL")
        self.said = {"source": SOURCE, "programme": "csec", "jurisdiction": place}

    def first(self, table: str) -> Any:
        return table not in FIRST, table

    def looks(self) -> int:
        """What stands on the page before somebody confirms it."""
        from core.context import acting_as  # noqa: PLC0415 - set up just now
        from exchange.services.htcds import preview_htcds  # noqa: PLC0415

        def looked(text: str) -> int:
            with acting_as(self.user.pk):
                seen = preview_htcds(text=text, **self.said, actor=self.user)
            if seen.faults:
                raise SystemExit(str(seen.faults[0]))
            self.digests[text] = seen.digest
            return seen.survivors

        return sum(map(looked, self.files))

    def ours(self) -> int:
        """Reads and checks all of it once more."""
        from core.context import acting_as  # noqa: PLC0415 - set up just now
        from exchange.services.htcds import import_htcds  # noqa: PLC0415

        def taken_in(text: str) -> int:
            said = self.said | {"text": text, "digest": self.digests[text], "actor": self.user}
            with acting_as(self.user.pk):
                return import_htcds(**said).survivors

        return sum(map(taken_in, self.files))


def main(many: int) -> None:
    with scratch_database() as urls:
        people("case_manager")
        one = Import(many, connect(urls["owner"]), urls["app"])
        one.looks()
        one.keep()
        name = f"import of {many} people of HTCDS"
        takes, looks, copy = one.side(one.ours), one.side(one.looks), one.copy()
        compare(name, takes, copy, reach="<= 3", **one.few)
        compare("the same looked at before", looks, copy, **one.few)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=250)
    main(parser.parse_known_args()[0].people)  # `make bench` says to all files what some take
