"""The verbs beside a row of a case: each a button that leads to its page, for who may do it now.

What a button says is said by its page; which permission it needs and whether it begins new work,
which a closed case takes none of, by its verb. When it is offered at all, for a charge that is
decided or a hearing that was held, is said where the row is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from casework.enums import CaseStatus
from core import addresses

if TYPE_CHECKING:
    from casework.models import Case


class Button(NamedTuple):
    url: str
    words: Any


class Verbs:
    """Of a case, for one reader."""

    def __init__(self, case: Case, user: Any, *, writes: bool) -> None:
        self.case, self.user, self.writes = case, user, writes

    def __call__(self, row: Any, *pages: object) -> list[Button]:
        """The buttons of these pages, in this order. A page is a name, or a name with words of its
        own; where it is false, its verb has no place beside this row now."""
        named = (page if isinstance(page, tuple) else (page, "") for page in pages if page)
        return [_button(row, page, words) for page, words in named if self.may(page)]

    def may(self, page: str) -> bool:
        view = addresses.view_of(page)
        needed = getattr(view, "permission", None) or view.service.permission
        fits = takes_work(self.case) or not view.service.begins
        return self.writes and fits and self.user.has_perm(needed)


def takes_work(case: Case) -> bool:
    """Whether something new is begun in it. The services say it again (`require_open_case`),
    whoever calls them."""
    return case.status != CaseStatus.CLOSED


def _button(row: Any, page: str, words: Any) -> Button:
    view = addresses.view_of(page)
    words = words or view.button or view.service.label or view.title
    return Button(addresses.of_row(page, row.pk), words)
