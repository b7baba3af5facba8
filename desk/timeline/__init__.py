"""The timeline of a case: what happened and what is listed, from every app, in one table.

A line is a source: its rows, the day of theirs, how it is said, and what the words are made of.
Who read and wrote is the history (`desk/trail/readers.py`), not this.
"""

from desk.timeline import care, court, file, knowing, moves, people
from desk.timeline.kinds import Kind

__all__ = ["BY_NAME", "SOURCES", "Kind"]

SOURCES = (
    *court.SOURCES,
    *people.SOURCES,
    *care.SOURCES,
    *file.SOURCES,
    *knowing.SOURCES,
    *moves.SOURCES,
)
BY_NAME = {source.name: source for source in SOURCES}
