"""What a page says after saving, where what was saved should be looked at again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from casework.views import RecordVerb
from core.verbs.pages import page as verb_page
from prosecutions.checks.warnings import checks_of

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case

V = TypeVar("V", bound=type[RecordVerb])


def keys_of_checks(case: Case, actor: User) -> list[str]:
    return [check.key for check in checks_of(case, actor)]


def warned(view: V) -> V:
    """Has the page of the case name the warnings that the verb brought about."""
    view.once, view.warnings = True, (keys_of_checks,)
    return view


page = partial(verb_page, RecordVerb, once=True, warnings=(keys_of_checks,))
