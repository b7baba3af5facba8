"""The submission to the UN, figure by figure: what it says, and what the records say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports import submission
from reports.base import COUNT, MONTHS, NUMBER, SHARE, Column
from reports.measures import Figure, Measure, Measures
from reports.submission.comparing import COMPARISONS, agrees, verdict
from reports.submission.entries import ENTRIES, SURVIVORS
from reports.submission.sources import Book

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from reports.params import Params

PUBLISHED = json.loads((Path(submission.__file__).parent / "published.json").read_text("utf-8"))
KINDS = {"share": SHARE, "months": MONTHS, "years": NUMBER}


class Line(NamedTuple):
    """One figure of the text, and where it stands in the entry."""

    id: str
    claim: str
    what: str
    value: Any
    unit: str
    comparison: str
    place: int

    @property
    def code(self) -> str:
        return f"{self.id}-{self.place + 1}"


LINES = {
    line.code: line
    for statement in PUBLISHED
    for line in (
        Line(statement["id"], statement["claim"], place=place, **facts)
        for place, facts in enumerate(statement["published"])
    )
}


class Submission(Measures):
    """Every figure of the published text beside what the records say, with definition and note."""

    slug = "submission"
    title = _("The submission, figure by figure")
    unit = _("as each line says")
    people = "prosecutions.Perpetrator"
    narrows = ()
    made_of = (
        "conviction-rate",
        "networks",
        "osec-profile",
        "rescues-and-victims",
        "sentences",
        "survivors-served",
    )
    definition = _(
        "The figures of a public submission to the UN Special Rapporteur on contemporary forms of "
        "slavery. Each is worked out by the reports of this system, as of one day, from the "
        "records this reader may count; the text of the submission is beside it. A figure agrees "
        "if it is equal to the decimals the text gives. “Over” and “more than” require a higher "
        "figure; “about” allows five per cent either way. If no record gives a figure, the line "
        "says so and shows no other number."
    )
    measures = {
        code: Measure(
            line.what,
            kind=KINDS.get(line.unit, COUNT),
            survivors=ENTRIES[line.id].people == SURVIVORS,
            people=ENTRIES[line.id].people,
        )
        for code, line in LINES.items()
    }
    keys = (Column("figure", _("Figure")),)
    columns = (
        *Measures.columns,
        Column("published", _("The text says")),
        Column("comparison", _("Read as"), words=COMPARISONS),
        Column("agrees", _("Agrees")),
        Column("definition", _("What is counted")),
        Column("note", _("Note")),
    )
    layout = "reports/_submission.html"

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        book = Book(reader, params.as_of)
        for code, line in LINES.items():
            entry = ENTRIES[line.id]
            answer = entry.sources[line.place].read(book)
            same = agrees(line.value, line.comparison, answer.value)
            yield Figure(
                code,
                answer.k,
                answer.n,
                answer.value,
                answer.low,
                answer.high,
                own={"figure": line.id},
                beside={
                    "published": line.value,
                    "comparison": line.comparison,
                    "agrees": same,
                },
            )

    def said(self, row: dict[str, Any]) -> dict[str, Any]:
        """What is counted, and how to read it, follow the reader: no row keeps them."""
        entry = ENTRIES[row["figure"]]
        note = " ".join(filter(None, (str(entry.note), verdict(row["value"], row["agrees"]))))
        if row.get("hidden"):
            note = gettext("A small count of survivors; not shown.")
        return row | {"definition": str(entry.definition), "note": note}

    def answer(self, params: Params, rows: list[dict[str, object]]) -> dict[str, object]:
        """For command and API: one entry for each figure of the text."""
        return {"figures": [_entry(row, params) for row in rows]}


def _entry(row: dict[str, Any], params: Params) -> dict[str, object]:
    line = LINES[row["measure"]]
    names = ("value", "k", "n", "low", "high", "published", "comparison", "agrees")
    entry = {"id": line.id, "what": line.what, "claim": line.claim, "unit": line.unit}
    entry |= {name: row[name] for name in names}
    entry |= {"definition": row["definition"], "as_of": params.as_of.isoformat()}
    return entry | {"note": row["note"]}
