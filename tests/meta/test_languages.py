"""A page speaks one language: nothing of it was put into words before its reader was known."""

from __future__ import annotations

import gettext
from html.parser import HTMLParser

import pytest

from core.local.paths import ROOT
from tests.clients import taken_back
from tests.meta.addresses import Caller, asked, own_id
from tests.whole import share

pytestmark = pytest.mark.django_db
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-missing")
UNSPOKEN = ("script", "style", "code", "kbd", "pre")
# The reason why a box waits is kept in the words of whoever delivered it; sheets have names.
KEPT = {"intake:box": {"Choose where it happened."}, "exchange:workbook-import": {"cases"}}
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


@pytest.fixture(scope="module")
def spanish():
    return gettext.translation("django", ROOT / "locale", ["es"])


def english(page, words):
    """Pieces that the catalogue has in other words."""
    pieces = {piece for piece in Said(page).pieces if words.gettext(piece) != piece}
    return pieces - {"", "May"}  # which is short for the month in Spanish as well


def test_a_page_in_another_language_says_nothing_in_english(leads, spanish):
    """As whoever it is for: what is shown, and what is said to an empty form."""
    found = {}
    for user in leads.values():
        user.language = "es"
        user.save(update_fields=["language"])
    callers = {role: Caller(user) for role, user in leads.items()}
    for address in share(asked("page"), "language", one_in=18, name=lambda a: a.name):
        if address.name in DRAWN:
            continue
        path = address.path(own_id(address, leads[address.role]))
        caller = callers[address.role]
        caller.stay()
        for method in sorted(address.declared):
            with taken_back():
                answer = caller.call(method, path)
            if "text/html" in answer.get("Content-Type", ""):
                left = english(answer.content.decode(), spanish) - KEPT.get(address.name, set())
                found |= {f"{method} {address.name}": left} if left else {}
            b"".join(answer)  # which closes a file that is given out
    assert found == {}
