"""Whose work led to a judgment, put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content
from core import audit
from core.services import amend, service

if TYPE_CHECKING:
    from accounts.models import User
    from prosecutions.models import Judgment


@service(Perm.JUDGMENT_RECORD, label=gettext_lazy("Correct whose work it was"))
def correct_attribution(
    judgment: Judgment, *, version: int, attribution: str, actor: User
) -> Judgment:
    """Correct whose work it was: figures can be divided by it. Raises `Stale`."""
    require_content(judgment.case, actor)
    corrected = amend(judgment, version, attribution=attribution)
    audit.record("judgment.attributed", corrected, actor=actor)
    return corrected
