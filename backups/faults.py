"""What can go wrong, in one plain line for whoever looks after the system."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.local.faults import NO_SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator


class Fault(Exception):
    """One line: what happened, and what to do. It holds no data."""


@contextmanager
def in_words(doing: str) -> Iterator[None]:
    """Errors of the operating system become such a line."""
    try:
        yield
    except OSError as error:
        if any(sign in str(error) for sign in NO_SPACE):
            raise Fault(f"{doing}: the disk is full. Make room and try again.") from error
        reason = error.strerror or type(error).__name__
        raise Fault(f"{doing}: {reason.lower()}.") from error
