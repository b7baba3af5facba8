"""What a case page offers about the names of its survivors: the way to them, never a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.permissions import Perm
from core.access import IDENTITY
from victims.models import Identity

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case
    from victims.models import Involvement


class Names:
    """Whose name is recorded, as far as this reader may see it: one query."""

    def __init__(self, case: Case, user: User) -> None:
        of_this_case = {"victim__involvements__case": case}
        rows = Identity.objects.visible_to(user).filter(**of_this_case)
        self.recorded = set(rows.values_list("victim_id", flat=True))
        self.may_match = user.has_perm(Perm.MATCH_VIEW)
        self.may_write = user.has_perm(Perm.IDENTITY_RECORD) and user.scope.reaches(case, IDENTITY)

    def of(self, person: Involvement) -> dict[str, str]:
        """The addresses of what this reader may do about this person's name."""
        recorded = person.victim_id in self.recorded
        verbs = ["reveal"] if recorded else []
        if recorded and self.may_match:
            verbs.append("alike")
        if self.may_write:
            verbs.append("correct" if recorded else "identify")
        return {f"{verb}_url": reverse(f"victims:{verb}", args=[person.pk]) for verb in verbs}
