"""What a kind of law says where a module above keeps it: here it is proposed and confirmed alone.

Its app says at its start how the kind is read, carried out, and what it would change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.utils.functional import Promise
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Content:
    """Each is given the version. `lines`: labels and values; `carry_out`: what confirming it does;
    `changed`: the records that it would change, of cases that the reader may read; `counted`: how
    many rows of the reader's figures, which are `of_survivors` or not."""

    words: Callable[[Any], str]
    lines: Callable[[Any], list[tuple[StrOrPromise, object]]]
    carry_out: Callable[[Any], None]
    changed: Callable[[Any, Any], Sequence[Any]]
    counted: Callable[[Any, Any], int]
    of_survivors: bool = False


CONTENTS: dict[str, Content] = {}  # by the kind of law
FIGURES: dict[str, dict[str, str | Promise]] = {}  # reports that read it: their title, by slug
