"""What was done a moment ago can be taken back: the next page offers the verb that does so.

No rule of its own: the button posts a verb that stands on the record's page as well and refuses
for itself. The session keeps an address and words without content, for a minute.

Only verbs with a verb that undoes them offer it. Seeing a notice has none, and taking somebody off
a team needs none: assigning again is as short.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

UNDO, WITHIN = "undo", 60  # seconds


@dataclass(frozen=True)
class Undo:
    """`done` says what was done; posting `sent` to `url` takes it back."""

    done: str
    url: str
    sent: dict[str, str] = field(default_factory=dict)


def offer(request: HttpRequest, undo: Undo | None) -> None:
    """For the next page. What was offered before is over: it is not the last deed any more."""
    request.session.pop(UNDO, None)
    if undo:
        request.session[UNDO] = asdict(undo) | {"at": time.time()}


def offered(request: HttpRequest) -> dict[str, object]:
    """What a page needs to show it, once."""

    def take() -> dict[str, object] | None:
        kept: dict[str, Any] | None = request.session.pop(UNDO, None)
        return kept if kept and time.time() - kept["at"] < WITHIN else None

    return {"undo": take}
