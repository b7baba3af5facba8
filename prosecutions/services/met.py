"""Suspects who were there at a rescue and got away, or were let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.amending import require_open, touch
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service
from prosecutions.columns import Met
from prosecutions.models import Arrest, SuspectMet

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Rescue


@service(Perm.RESCUE_AMEND, label=gettext_lazy("Suspects met in a rescue"))
def set_suspects_met(rescue: Rescue, *, suspects: Met, actor: User) -> list[SuspectMet]:
    """Say which suspects of the case were met in a rescue and not arrested; the others are
    taken off. Former answers are kept.

    A new version of the rescue, where anything changed.
    """
    require_open(rescue, actor)
    if any(suspect.case_id != rescue.case_id for suspect in suspects):
        raise Refused(_("This suspect belongs to another case. Add the person to this case first."))
    if Arrest.objects.filter(rescue=rescue, suspect__in=list(suspects)).exists():
        raise Refused(
            _("This person was arrested in this rescue and is already listed. Untick them.")
        )
    rows = SuspectMet.objects.in_force().filter(rescue=rescue)
    gone = rows.exclude(suspect__in=list(suspects)).update(
        removed_at=Now(), version=F("version") + 1, updated_at=Now()
    )
    there = set(rows.values_list("suspect", flat=True))
    made = [
        SuspectMet(case=rescue.case, rescue=rescue, suspect=suspect)
        for suspect in suspects
        if suspect.pk not in there
    ]
    SuspectMet.objects.bulk_create(made)
    if gone or made:
        touch(rescue, actor)
    audit.record("rescue.suspects", rescue, actor=actor, people=len(suspects))
    return list(rows.order_by("created_at", "pk"))
