"""What may be said of a table: by which clock its rows are kept, and what an erasure does to them.

Conditions are read by the database, with these names: `which` (the case; empty where one survivor
is erased), `victims` (the records of that survivor, or of those who are in no other case), `parts`
(their parts in cases), `papers` (documents and notes that are about the survivor alone),
`offenders` (of no other case), `networks` (with no member in another case), `cases` (that are
touched), `files`, and `gone` (the ids of all rows deleted by the lines above).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Clock(StrEnum):
    """When the rows of a table have had their time."""

    CASE = "the policy of the case, in years from its closing"
    PERSON = "the policies of all cases the person is in: the last one erased takes them along"
    DAYS = "days of their own, whatever becomes of the case"
    HISTORY = "the policy of the history, in years from the event: it proves who did and read what"
    FIGURES = "the policy of figures, in years from their day: until then they stay as they were"
    WORK = "as long as somebody works here, and as the law of employment says"
    ALWAYS = "no person of a case is in them"


class Deed(StrEnum):
    """What the erasure of a case does to a row that leads to it."""

    DELETE = "the row goes, and its former values with it"
    BLANK = "columns that lead to the case are emptied; the row stays"
    RENAME = "the id becomes a random one that leads nowhere; counts stay right"
    IDS = "nothing: there is an id in it, which leads nowhere once the rows are gone"
    NOTHING = "nothing: no case leads here"


@dataclass(frozen=True)
class Fate:
    """`where`: the rows, as the database reads it; `sets`: what is written into their columns."""

    clock: Clock
    deed: Deed = Deed.NOTHING
    where: str = ""
    sets: str = ""
    why: str = ""


def rows(where: str, clock: Clock = Clock.CASE) -> Fate:
    return Fate(clock, Deed.DELETE, where)


CASE = rows("case_id = which")
PARENTS = "select id from {} where involvement_id = any (parts)"
# Answers about one survivor, or about a referral of theirs.
_ABOUT = f"(about = any (parts) or about in ({PARENTS.format('aftercare_referral')}))"
_REPLIES = "select id from questions_reply where {}"
REPLY = rows(f"case_id = which or {_ABOUT}")
REPLY_WORDS = rows(f"case_id = which or reply_id in ({_REPLIES.format(_ABOUT)})")
PART = rows("case_id = which or involvement_id = any (parts)")
PAPER = rows("case_id = which or document_id = any (papers)")
SURVIVOR = rows("victim_id = any (victims)", Clock.PERSON)
PAIR = rows("one_id = any (victims) or other_id = any (victims)", Clock.PERSON)
OFFENDER = rows("perpetrator_id = any (offenders)", Clock.PERSON)
WORK, NOBODY = Fate(Clock.WORK), Fate(Clock.ALWAYS)
FIGURE = Fate(Clock.FIGURES, why="counts, no ids; a released table stays as it left")


def mentions(*columns: str) -> str:
    """Whether an id that is gone stands in the text of these columns."""
    return f"mentions(concat({', '.join(columns)}), gone)"


def under(parent: str, column: str) -> Fate:
    """Rows that hang from a row of a survivor's part."""
    return rows(f"case_id = which or {column} in ({PARENTS.format(parent)})")
