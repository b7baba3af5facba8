"""Looking is an act: what a page showed of cases is recorded in the transaction that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from core import audit
from core.services import service
from desk.case_file import case_file
from desk.case_list import case_list
from desk.today import today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.models import Case


@service(Perm.CASE_VIEW)
def read_case(case: Case, *, actor: Any) -> dict[str, Any]:
    """The case page of this reader."""
    shown = case_file(case, actor)
    audit.read("case.read", case, actor=actor, content=shown["can_see_content"])
    return shown


@service(Perm.CASE_VIEW)
def read_case_list(query: Mapping[str, str], *, actor: Any) -> dict[str, Any]:
    """One page of the list of cases."""
    shown = case_list(actor, query)
    ids = [row["id"] for row in shown["cases"]]
    audit.read_rows("case.list", "casework.Case", ids, actor=actor)
    return shown


@service(Perm.SESSION_LOCK)
def read_today(*, actor: Any) -> dict[str, Any]:
    """Today of this person."""
    shown = today(actor)
    ids = [row["id"] for row in shown["recent_rescues"]]
    audit.read_rows("today.read", "casework.Rescue", ids, actor=actor)
    return shown
