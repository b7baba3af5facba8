"""Reading the warnings of a case is an act: it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.permissions import Perm
from core import audit
from core.services import service
from prosecutions.checks.warnings import Check, checks_of

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case


@service(Perm.PROSECUTION_VIEW)
def read_checks(case: Case, *, actor: User) -> list[Check]:
    """What the actor should look at again in a case, as far as its content is open."""
    checks = checks_of(case, actor)
    audit.read("case.checked", case, actor=actor, shown=[check.row.pk for check in checks])
    return checks
