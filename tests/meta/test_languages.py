"""A page speaks one language: nothing of it was put into words before its reader was known."""

from __future__ import annotations

import gettext
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils import translation

from core.local.paths import ROOT
from tests.clients import taken_back
from tests.meta.addresses import Caller, asked, own_id
from tests.whole import share

pytestmark = pytest.mark.django_db
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-missing")
UNSPOKEN = ("script", "style", "code", "kbd", "pre")
# The reason why a box waits is kept in the words of whoever delivered it; sheets have names; an
# organisation's own name of a choice is in the language it gave it in.
KEPT = {
    "intake:box": {"Choose where it happened."},
    "exchange:workbook-import": {"cases"},
    "places:choice": {"Medical"},
}
DRAWN = {"styleguide"}  # of invented words


class Said(HTMLParser):
    """What of a page is read or heard in its own language, piece by piece."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.open: list[str] = []
        self.foreign: list[int] = []  # how deep those parts begin that say their own language
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag != "html" and dict(attrs).get("lang"):
            self.foreign.append(len(self.open))
        self.pieces += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass
        while self.foreign and self.foreign[-1] > len(self.open):
            self.foreign.pop()

    def handle_data(self, data):
        if not self.foreign and (not self.open or self.open[-1] not in UNSPOKEN):
            self.pieces.append(" ".join(data.split()))


def english(page, words):
    """Pieces that the catalogue has in other words, and none in these."""
    pieces = {piece for piece in Said(page).pieces if words.gettext(piece) != piece}
    said = {text.casefold() for text in words._catalog.values() if isinstance(text, str)}
    # Such as May, which is short for a month in Spanish as well.
    return {piece for piece in pieces if piece and piece.casefold() not in said}


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES if code != "en"])
@pytest.mark.by_turns(3)
def test_a_page_in_another_language_says_nothing_in_english(leads, code):
    """As whoever it is for: what is shown, and what is said to an empty form."""
    found = {}
    for user in leads.values():
        user.language = code
        user.save(update_fields=["language"])
    callers = {role: Caller(user) for role, user in leads.items()}
    words = gettext.translation("django", ROOT / "locale", [code])
    for address in share(asked("page"), f"language {code}", one_in=54, name=lambda a: a.name):
        if address.name in DRAWN:
            continue
        path = address.path(own_id(address, leads[address.role]))
        caller = callers[address.role]
        caller.stay()
        for method in sorted(address.declared):
            with taken_back(), translation.override("en"):  # so that no other test reads another
                answer = caller.call(method, path)
            if "text/html" in answer.get("Content-Type", ""):
                left = english(answer.content.decode(), words) - KEPT.get(address.name, set())
                found |= {f"{method} {address.name}": left} if left else {}
            b"".join(answer)  # which closes a file that is given out
    assert found == {}
