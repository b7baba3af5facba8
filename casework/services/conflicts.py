"""Keeping out of a case whoever has a tie to someone in it.

The database writes a tie into every case of the person concerned, today and later. Python would
need a right to see all those cases, or leave some out. Whoever declares is answered alike however
many there are. Lifting is each case's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.notices import tell
from accounts.permissions import Perm
from casework.access import people_of
from casework.columns import LiftReason
from casework.enums import SEAL_REASON_LENGTH, ConflictStatus
from casework.models import Assignment, Case, Conflict
from casework.services.opening import holding_on, require_reason
from core import audit, context
from core.access import EXISTS
from core.refusals import gettext as _
from core.services import Refused, amend, service

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User


@service(Perm.CONFLICT_DECLARE, label=gettext_lazy("Declare a conflict of interest"))
def declare_conflict(
    case: Case, *, kind: str, user: User | None = None, person: UUID | None = None, actor: User
) -> Conflict:
    """Declare a conflict of interest, your own or one you know of. The person loses access to
    the case at once; only somebody else can lift it.

    A tie to a `person` holds in every case of that person, today and later. The database writes
    these, for nobody may learn here how many there are.
    """
    user = user or actor
    _require_standing(case, user, actor)
    if person is not None and person not in people_of(case, actor):
        raise Refused(_("This person is not in this case, or not open to you."))
    watchers = set(holding_on(case, Perm.CONFLICT_LIFT)) - {user, actor}
    conflict, created = Conflict.objects.get_or_create(
        case=case,
        user=user,
        person_id=person,
        status=ConflictStatus.HOLDS,
        defaults={"kind": kind, "declared_by": actor},
    )
    if not created:
        raise Refused(_("This conflict of interest is already recorded."))
    Assignment.objects.in_force().filter(case=case, user=user).update(
        ended_at=Now(), updated_at=Now()
    )
    context.refresh(actor)
    tell(watchers, "conflict-declared", target=case)
    audit.record("conflict.declared", conflict, actor=actor, user=str(user.pk))
    return conflict


@service(Perm.CONFLICT_LIFT, label=gettext_lazy("Lift a conflict of interest"))
def lift_conflict(conflict: Conflict, *, reason: LiftReason, version: int, actor: User) -> Conflict:
    """Lift a conflict of interest. The person may see this case again if their role or team
    opens it, but is not put back on the team."""
    case = Case.objects.filter(pk=conflict.case_id).first()  # the database may not show it
    if case is None or not actor.scope.reaches(case, EXISTS):
        raise PermissionDenied("case of the conflict")
    if actor.pk in (conflict.user_id, conflict.declared_by_id):
        raise Refused(
            _(
                "Somebody else must lift it: not the person concerned, and not the one who "
                "declared it."
            )
        )
    if conflict.status != ConflictStatus.HOLDS:
        raise Refused(_("This conflict of interest is already lifted."))
    require_reason(reason, SEAL_REASON_LENGTH)
    lifted = amend(
        conflict,
        version,
        status=ConflictStatus.LIFTED,
        lifted_by=actor,
        lifted_at=timezone.now(),
        lifted_reason=reason,
    )
    audit.record("conflict.lifted", lifted, actor=actor, user=str(lifted.user_id))
    return lifted


def _require_standing(case: Case, user: User, actor: User) -> None:
    """One's own tie to any case one sees; another's, if one watches over who knows what."""
    in_reach = actor.scope.reaches(case, EXISTS)
    if user.pk == actor.pk:
        if not in_reach and not actor.scope.reads(case, Perm.CASE_VIEW):
            raise PermissionDenied("case")
        return
    if not in_reach:
        raise PermissionDenied("case")
    if not actor.has_perm(Perm.CONFLICT_LIFT):
        raise Refused(
            _(
                "You can record a conflict only for yourself. Ask a case manager or a"
                " safeguarding lead."
            )
        )
