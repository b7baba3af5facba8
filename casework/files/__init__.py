"""Files of a case: how they are received, what they may be, how they are kept."""

from core.services import Refused


class NotTaken(Refused):
    """Something of what was sent is not taken; `field` names it."""

    def __init__(self, words: str, field: str = "file") -> None:
        super().__init__(words, field)
