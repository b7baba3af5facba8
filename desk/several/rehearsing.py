"""Something is done with several rows: with all of them or none; or only tried, to learn what would
be refused and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext

from core import context
from core.refusals import Words
from core.refusals import gettext as _
from core.services import Refused, Stale, StepUp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from accounts.models import User

Row = TypeVar("Row")
Made = TypeVar("Made")


def rehearse(
    rows: Sequence[Row], act: Callable[[Row], object], actor: User
) -> list[tuple[Row, str]]:
    """Each row with why it would be refused, "" where it would not. All is rolled back: records,
    history, notices, and mail, which leaves with a commit alone."""
    outcomes = []
    with transaction.atomic():
        for row in rows:
            why = ""
            try:
                with transaction.atomic():
                    act(row)
            except StepUp:
                raise
            except (Refused, Stale, PermissionDenied) as no:
                why = _in_words(no)
            outcomes.append((row, why))
        transaction.set_rollback(True)
    context.refresh(actor)
    return outcomes


def do_each(
    rows: Sequence[Row], act: Callable[[Row], Made], called: Callable[[Row], str]
) -> list[Made]:
    """What was made of each; of one that cannot, the name and why, and nothing is changed."""
    made = []
    with transaction.atomic():
        for row in rows:
            try:
                made.append(act(row))
            except StepUp:
                raise
            except (Refused, Stale, PermissionDenied) as no:
                words, why = gettext("%(row)s: %(why)s Nothing was changed."), _in_words(no)
                words %= {"row": called(row), "why": why}
                raise Refused(Words(words, why.code)) from None
    return made


def _in_words(no: Exception) -> Words:
    if isinstance(no, PermissionDenied):
        return _("Your part in this case does not allow it.")
    return no.words if isinstance(no, Refused) else Words(str(no), "stale")
