"""A signed statement is never changed; the database refuses, too (`core/wall/statements.sql`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.paper_codes import DocumentKind
from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from casework.models import Case, Document


def require_unsigned(document: Document) -> None:
    if document.is_statement:
        words = _(
            "A signed statement is never changed. Add the later one as a new document that"
            " follows this one."
        )
        raise Refused(words)


def require_statements(case: Case, kind: str, follows: Document | None) -> None:
    """A later one names the former of the same case."""
    if follows is None:
        return
    if kind != DocumentKind.STATEMENT or not follows.is_statement:
        raise Refused(_("Only a signed statement follows a signed statement."), "follows")
    if follows.case_id != case.pk:
        raise Refused(_("This belongs to another case."), "follows")
