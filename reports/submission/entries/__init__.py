"""Each statement of the submission: what is counted, where the records say it, how to read it."""

from __future__ import annotations

from reports.submission.entries.entry import CASES, SURVIVORS, Entry
from reports.submission.entries.people import PEOPLE
from reports.submission.entries.studies import STUDIES

ENTRIES: dict[str, Entry] = PEOPLE | STUDIES

__all__ = ["CASES", "ENTRIES", "SURVIVORS", "Entry"]
