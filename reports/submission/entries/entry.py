"""What is said about a statement of the submission.

The traps of the text (two units, two dates, a share without its base) are said in `note`, in a
sentence that stands beside the figure whether it agrees or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from reports.submission.sources import Source

SURVIVORS, CASES = "victims.Victim", "casework.Case"


@dataclass(frozen=True)
class Entry:
    """`sources`: one a figure of the text, in its order. `people`: whose ids stand behind."""

    definition: str | Promise
    sources: tuple[Source, ...]
    note: str | Promise = ""
    people: str = ""
