"""What was done a moment ago is said on the next page, which offers the verb that takes it back.

It is said in the words of the history. No rule of its own: the button posts a verb that stands on
the record's page as well and refuses for itself. The session keeps an address and words without
content, for a minute.

Only verbs with a verb that undoes them offer it. Seeing a notice has none, and taking somebody off
a team needs none: assigning again is as short.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from core import audit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

UNDO, WITHIN = "undo", 60  # seconds
words: list[Callable[[str], str]] = []  # of a deed; the app that has them for the history adds them


@dataclass(frozen=True)
class Undo:
    """`done` says what was done; posting `sent` to `url`, if there is one, takes it back."""

    done: str
    url: str = ""
    sent: dict[str, str] = field(default_factory=dict)


def offer(request: HttpRequest, undo: Undo | None) -> None:
    """For the next page. What was offered before is over: it is no longer the last deed."""
    request.session.pop(UNDO, None)
    if undo:
        request.session[UNDO] = asdict(undo) | {"at": time.time()}


@contextmanager
def announcing(request: HttpRequest) -> Iterator[list[str]]:
    """Whatever is recorded within is said on the next page, if nothing there takes it back; of
    which deeds, whoever asks may say less."""
    before = request.session.get(UNDO)
    with audit.deeds() as deeds:
        yield deeds
    text = deeds and " ".join(filter(None, (say(deeds[-1]) for say in words)))
    if text and request.session.get(UNDO) in (None, before):
        offer(request, Undo(f"{text}."))


def told_after(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The same of what answers a button, where it leads to another page."""
    if request.method != "POST":
        return answer()
    with announcing(request) as deeds:
        given = answer()
        if given.status_code != HTTPStatus.FOUND:  # it says so itself
            deeds.clear()
    return given


def offered(request: HttpRequest) -> dict[str, object]:
    """What a page needs to show it, once."""

    def take() -> dict[str, object] | None:
        kept: dict[str, Any] | None = request.session.pop(UNDO, None)
        return kept if kept and time.time() - kept["at"] < WITHIN else None

    return {"undo": take}
