"""Files of a case: how they are received, what they may be, how they are kept.

Why it is so. A file carries more than it shows, and a thief of the disk must not read it. Each has
a key of its own in its row, so erasing the row turns the file into noise. Libraries that tell
types apart trust the ending (puremagic) or are not kept up (filetype), so the signatures are ours.
Of evidence the untouched original is kept beside the picture made anew, because a court asks
whether it is what was received. Material of child abuse has no door at all: its kind takes a
SHA-256, and a trigger refuses a file. Metadata of PDF and office documents stays, for they cannot
be painted anew; the guide says so.
"""

from core.refusals import Words
from core.services import Refused


class NotTaken(Refused):
    """Something of what was sent is not taken; `field` names it."""

    def __init__(self, words: Words, field: str = "file") -> None:
        super().__init__(words, field)
