"""What a person keeps at hand: pins, for that person alone (`casework/at_hand.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework import at_hand
from casework.models import Case, OpenedCase
from core import audit
from core.access import CONTENT
from core.refusals import gettext as _
from core.services import Refused, service

if TYPE_CHECKING:
    from accounts.models import User


@service(Perm.CASE_VIEW, label=gettext_lazy("Pin"))
def pin_case(case: Case, *, actor: User) -> Case:
    """Keep a case at hand: on Today, and where cases are opened by keys. For you alone; doing so
    twice changes nothing. Not where a case is only shown to you."""
    _require_its_staff(case, actor)
    mine = OpenedCase.objects.filter(user=actor)
    others = mine.filter(pinned_at__isnull=False).exclude(of_case=case.pk)
    if others.count() >= at_hand.MOST_PINNED:
        words = _("You have pinned %(count)s cases. Take one off first.")
        raise Refused(words % {"count": at_hand.MOST_PINNED})
    OpenedCase.objects.update_or_create(
        user=actor, of_case=case.pk, defaults={"pinned_at": timezone.now()}
    )
    audit.record("case.pinned", case, actor=actor)
    return case


@service(Perm.CASE_VIEW, label=gettext_lazy("Unpin"))
def unpin_case(case: Case, *, actor: User) -> Case:
    """Keep a case at hand no longer. Doing so twice changes nothing."""
    _require_its_staff(case, actor)
    mine = OpenedCase.objects.filter(user=actor, of_case=case.pk)
    mine.filter(opened_at__isnull=True).delete()
    mine.update(pinned_at=None)
    audit.record("case.unpinned", case, actor=actor)
    return case


def _require_its_staff(case: Case, actor: User) -> None:
    """What is shown for a while, by disclosure or in an emergency, is read and nothing else."""
    if not actor.scope.reaches(case, CONTENT):
        raise PermissionDenied
