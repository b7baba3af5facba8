"""Rows that somebody chose in a list are shown before anything is done: that is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.permissions import Perm
from core import audit
from core.services import service

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from aftercare.models import Referral
    from casework.models import Case, Task


@service(Perm.CASE_VIEW)
def read_chosen_cases(rows: Sequence[Case], *, actor: User) -> Sequence[Case]:
    """Cases that were chosen in their list."""
    audit.read_rows("case.list", "casework.Case", [row.pk for row in rows], actor=actor)
    return rows


@service(Perm.REFERRAL_VIEW)
def read_chosen_referrals(rows: Sequence[Referral], *, actor: User) -> Sequence[Referral]:
    """Referrals that were chosen in their list."""
    seen = {pk for row in rows for pk in (row.case_id, row.involvement_id)}
    ids = [row.pk for row in rows]
    audit.read_rows("referral.list", "aftercare.Referral", ids, actor=actor, shown=seen)
    return rows


@service(Perm.TASK_VIEW)
def read_chosen_tasks(rows: Sequence[Task], *, actor: User) -> Sequence[Task]:
    """Things to do that were chosen in their list."""
    ids, cases = [row.pk for row in rows], {row.case_id for row in rows}
    audit.read_rows("task.read", "casework.Task", ids, actor=actor, shown=cases)
    return rows
