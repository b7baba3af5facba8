"""An export in words: what it is, how far it is, and why it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.models import Case
from core.jobs import how_far
from exchange.exports.models import State
from exchange.exports.offer import IDS
from victims.enums import RecipientKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from exchange.exports.models import Export

UNDER_WAY = (State.QUEUED, State.RUNNING)
# By the name of what went wrong; the rest is a fault of the system.
FAILURES = {
    "NotOpenAnyMore": gettext_lazy("You may no longer export this."),
    "MorePeople": gettext_lazy(
        "It now has more people than when you asked. Ask again, or narrow the list."
    ),
    "TooLarge": gettext_lazy("It is too large for one file. Narrow the list."),
    "TooManyRows": gettext_lazy(
        "A sheet cannot have so many rows. Choose CSV, or narrow the list."
    ),
    "TooLong": gettext_lazy("A text is too long for a cell."),
    "TooManyAttempts": gettext_lazy("The work was interrupted five times. Ask again later."),
}


def progress(export: Export) -> dict[str, object]:
    """How far it is."""
    state = export.state
    return {
        "export": export,
        "state": state,
        "why": _why(export) if state == State.FAILED else "",
    } | how_far(export.job, under_way=state in UNDER_WAY)


def _why(export: Export) -> str:
    failure = FAILURES.get(export.job.failure if export.job else "")
    return str(
        failure
        or _(
            "Something went wrong. Ask again; if it fails again, tell the people who run the"
            " system."
        )
    )


def facts(export: Export, reader: User) -> list[tuple[str, object]]:
    """What it is, for who asked and for who decides."""
    whom = RecipientKind(export.whom).label if export.whom else _("Nobody outside")
    inside = _("With ids, references and codes") if export.identifiers else _("Without identifiers")
    pairs = [
        (_("What"), _what(export, reader)),
        (_("Asked by"), export.asked_by.name),
        (_("Form"), export.get_format_display()),
        (_("Identifiers"), inside),
        (_("For"), whom),
        (_("Reason"), export.get_reason_display()),
    ]
    filters = "; ".join(narrowed(export.filters))
    pairs += [(_("Narrowed by"), filters)] if filters else []
    if export.people:
        n = export.people
        words = ngettext("%(n)s survivor by name", "%(n)s survivors by name", n) % {"n": n}
        pairs.append((_("Names"), words))
    if export.sealed:
        n = len(export.sealed)
        words = ngettext("%(n)s sealed case", "%(n)s sealed cases", n) % {"n": n}
        pairs.append((_("Sealed"), words))
    return [*pairs, *_of_the_file(export)]


def narrowed(filters: Mapping[str, str]) -> list[str]:
    """What narrows its list, one by one."""
    return [
        _rows_chosen(value) if name == IDS else f"{name} = {value}"
        for name, value in filters.items()
    ]


def _rows_chosen(ids: str) -> str:
    n = len(ids.split(","))
    return ngettext("%(n)s row, ticked in the list", "%(n)s rows, ticked in the list", n) % {"n": n}


def _what(export: Export, reader: User) -> str:
    if not export.of_case:
        return str(export.get_what_display())
    case = Case.objects.visible_to(reader).filter(pk=export.of_case).first()
    return f"{export.get_what_display()}: {case.reference}" if case else export.get_what_display()


def _of_the_file(export: Export) -> list[tuple[str, object]]:
    if export.rows is None:
        return []
    pairs: list[tuple[str, Any]] = [(_("Rows"), export.rows)]
    if export.whom:
        pairs.append((_("Rows left out, for want of consent"), export.left_out))
    return [*pairs, ("SHA-256", export.sha256)]
