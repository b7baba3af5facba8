"""Whether the words of a language were read by somebody who works in it.

Words that nobody of the organisation confirmed say so on the page of languages. Whoever confirms
reads them every day: their own pages are in it, and their role answers for the work.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Annotated, NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import LanguageReading
from accounts.permissions import Perm
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from accounts.models import User

ENGLISH = "en"  # in which the words are written
OTHERS = [pair for pair in settings.LANGUAGES if pair[0] != ENGLISH]


@cache
def edition_of(language: str) -> str:
    """What tells the words of this installation from those before and after it."""
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.mo"
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


class Terms(NamedTuple):
    """How many terms a glossary has, and how many of them are words of a law or a convention."""

    sourced: int
    terms: int


@cache
def terms_of(language: str) -> Terms:
    """Where a glossary names no text, its source begins with `usual`; see `locale/texts.tsv`."""
    path = settings.BASE_DIR / "locale" / language / "glossary.tsv"
    _head, *rows = path.read_text(encoding="utf-8").splitlines()
    sources = [row.split("\t")[2] for row in rows]
    return Terms(sum(not source.startswith("usual") for source in sources), len(sources))


@service(Perm.WORDS_CONFIRM, label=gettext_lazy("Confirm the words of a language"))
def confirm_words(
    *, language: Annotated[str, Column(codes=OTHERS, label=gettext_lazy("Language"))], actor: User
) -> LanguageReading:
    """Only if you grew up with the language or work in it every day, and have read the pages you
    use: say that the words are right. The notice that nobody has read them then goes, for
    everybody."""
    if actor.language not in ("", language):
        raise Refused(_("Your pages are in another language. Choose this one first."), "language")
    edition = edition_of(language)
    known = LanguageReading.objects.newest(language)
    if known and known.edition == edition:
        raise Refused(_("Somebody has confirmed these words already."), "language")
    reading = LanguageReading.objects.create(language=language, edition=edition, read_by=actor)
    audit.record("words.confirmed", reading, actor=actor, language=language, edition=edition)
    return reading


@service(Perm.WORDS_CONFIRM, label=gettext_lazy("Take the confirmation back"))
def take_back_words(reading: LanguageReading, *, actor: User) -> LanguageReading:
    """The notice that nobody has read these words is shown again. Tell the people who run the
    system what is wrong with them."""
    if reading.taken_back_at:
        raise Refused(_("It was taken back already."))
    back = amend(reading, reading.version, taken_back_at=timezone.now(), taken_back_by=actor)
    audit.record("words.taken_back", back, actor=actor, language=back.language)
    return back
