"""What an organisation may say of the codes of its lists: one rule for a form, a program and a
table."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.utils.translation import override

from core import refusals
from core.choices import LISTS, OWN
from core.days import clock
from core.refusals import gettext as _
from core.services import Refused
from places.choices import LONGEST, Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from places.columns import ChoiceColumns, NewChoice

CODE = re.compile(rf"{OWN}[a-z0-9_]+")
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
MOST = 9999  # the last place in a list
NOT_ONE = refusals.gettext_lazy("Not one of the codes: %(codes)s.")


class KnownChoices:
    """The rows that are there, and those that a table makes of them."""

    def __init__(self) -> None:
        self.rows = {(row.listed, row.code): row for row in Choice.objects.all()}

    def take(self, new: NewChoice) -> tuple[Choice, ChoiceColumns]:
        """The row that a line is about and what it changes there. What is empty stays. Raises
        `Refused` with the column at fault."""
        listed, code = new.listed.strip().lower(), new.code.strip().lower()
        says = {name: getattr(new, name) for name in ("position", "starts_on", "ends_on")}
        changes = cast("ChoiceColumns", {k: v for k, v in says.items() if v is not None})
        row = self.rows.get((listed, code))
        if row is None:
            row = self.rows[listed, code] = made(listed, code, new.counts_as)
        elif new.counts_as not in ("", row.counts_as):
            raise Refused(_("What a code counts as cannot be changed."), "counts_as")
        if new.labels:
            changes["labels"] = row.labels | new.labels
        check(row, changes)
        return row, changes


def made(listed: str, code: str, counts_as: str = "") -> Choice:
    """A code of the organisation's own, not kept. Raises `Refused`."""
    if listed not in LISTS:
        raise Refused(NOT_ONE % {"codes": ", ".join(sorted(LISTS))}, "listed")
    most = LISTS[listed].OWN
    if not most:
        raise Refused(_("This list takes no codes of your own."), "code")
    if not CODE.fullmatch(code) or len(code) > most:
        words = _("A code of your own begins with own_, such as own_boat: at most %(most)s signs.")
        raise Refused(words % {"most": most}, "code")
    if counts_as and counts_as not in (shipped := LISTS[listed].shipped):
        raise Refused(NOT_ONE % {"codes": ", ".join(shipped)}, "counts_as")
    return Choice(listed=listed, code=code, counts_as=counts_as, is_own=True)


def read_day(text: str, column: str) -> date | None:
    """A day of a table. Raises `Refused`."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(_("Write a day as 2026-12-24."), column) from None


def read_place(text: str) -> int | None:
    """A place in a list, of a table; whether it is one is asked later. Raises `Refused`."""
    if text and not (text.isascii() and text.isdigit() and len(text) < 6):
        raise Refused(_("A whole number from 0 to %(most)s.") % {"most": MOST}, "position")
    return int(text) if text else None


def check(choice: Choice, changes: ChoiceColumns) -> None:
    """Raises `Refused` with the column at fault; tidies the names."""
    says: Any = {name: getattr(choice, name) for name in _SAID} | changes
    if "labels" in changes:
        changes["labels"] = _names(choice, changes["labels"])
        says["labels"] = changes["labels"]
    if choice.is_own and not says["labels"]:
        raise Refused(_("Enter its name in one language at least."), "labels")
    if says["position"] is not None and not 0 <= says["position"] <= MOST:
        raise Refused(_("A whole number from 0 to %(most)s.") % {"most": MOST}, "position")
    first, last = says["starts_on"], says["ends_on"]
    if first and last and last < first:
        raise Refused(_("The last day is before the first."), "ends_on")
    if first or last:
        _check_use(choice, says)


_SAID = ("labels", "position", "starts_on", "ends_on")


def _names(choice: Choice, labels: Mapping[str, str]) -> dict[str, str]:
    """By language, without those that are empty. No two of a list have one name."""
    names = {language: name.strip() for language, name in labels.items() if name.strip()}
    for language, name in names.items():
        if language not in LANGUAGES:
            raise Refused(NOT_ONE % {"codes": ", ".join(LANGUAGES)}, "labels")
        if len(name) > LONGEST or not name.isprintable():
            words = _("At most %(most)s characters in one line.")
            raise Refused(words % {"most": LONGEST}, "labels")
        with override(language):
            others = {str(word).casefold(): code for code, word in choice.list.known()}
        if others.get(name.casefold(), choice.code) != choice.code:
            words = _("Another choice of this list is called %(name)s.") % {"name": name}
            raise Refused(words, "labels")
    return names


def _check_use(choice: Choice, says: Mapping[str, Any]) -> None:
    """A form must have something to offer, and some codes are said by Casework itself."""
    if choice.code in choice.list.ALWAYS:
        raise Refused(_("Casework itself needs this choice, so it stays in use."), "ends_on")
    today = clock.today()
    if says["ends_on"] and not choice.list.in_use() - {choice.code}:
        raise Refused(_("It is the last one of this list that is in use."), "ends_on")
    if says["starts_on"] and says["starts_on"] > today and choice.list.in_use() <= {choice.code}:
        raise Refused(_("It is the last one of this list that is in use."), "starts_on")
