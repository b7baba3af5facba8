"""The cases of an office for practice are deleted at once, by one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service

if TYPE_CHECKING:
    from accounts.models import Office, User


@service(Perm.OFFICE_KEEP, fresh=True, label=gettext_lazy("Delete the practice cases"))
def take_practice_away(office: Office, *, version: int, actor: User) -> Office:
    """Delete all cases of an office for practice, with the people, papers and tasks in them. This
    cannot be undone. The office stays open for more practice. Raises `Stale`."""
    if not office.is_practice:
        raise Refused(_("This office is not for practice."))
    changed = amend(office, version, emptied_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("select take_practice_away(%s)", [office.pk])
        (cases,) = cursor.fetchone()
    if cases is None:
        raise Refused(
            _(
                "A case of this office is under a legal hold, so nothing was deleted."
                " Lift the hold first."
            )
        )
    audit.record("office.emptied", changed, actor=actor, cases=cases)
    return changed
