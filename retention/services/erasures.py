"""What has had its time: two persons confirm, one may undo it for thirty days or keep it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.models import Case
from casework.services.opening import require_reason
from core import audit, clock
from core.services import Refused, Stale, service
from core.verbs import Column
from retention.enums import BEFORE, REASON_LENGTH, UNDO_DAYS, ErasureStatus
from retention.models import Erasure, Tombstone

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

MOST = 200
UNSAID: dict[str, Any] = {
    "first_by": None,
    "first_at": None,
    "second_by": None,
    "second_at": None,
    "not_before": None,
}


@service(Perm.ERASURE_DECIDE, fresh=True)
def confirm_erasure(erasure: Erasure, *, version: int, actor: User) -> Erasure:
    """Confirm that a case be erased; two persons must. Thirty days after the second it is gone."""
    current = _now(erasure, version)
    if current.status not in (ErasureStatus.PROPOSED, ErasureStatus.ONCE):
        raise Refused(_("This was confirmed already."))
    require_not_held(current.of_case)
    now = timezone.now()
    if current.status == ErasureStatus.PROPOSED:
        return _write(
            current, actor, "first", status=ErasureStatus.ONCE, first_by=actor, first_at=now
        )
    if current.first_by_id == actor.pk:
        raise Refused(_("A second person confirms, not the one who confirmed before."))
    return _write(
        current,
        actor,
        "second",
        status=ErasureStatus.CONFIRMED,
        second_by=actor,
        second_at=now,
        not_before=now + timedelta(days=UNDO_DAYS),
    )


@service(Perm.ERASURE_DECIDE)
def undo_erasure(erasure: Erasure, *, version: int, actor: User) -> Erasure:
    """Take back what was confirmed, while it is not yet erased. One person is enough."""
    current = _now(erasure, version)
    if current.status not in (ErasureStatus.ONCE, ErasureStatus.CONFIRMED):
        raise Refused(_("Nobody has confirmed it yet."))
    return _write(current, actor, "undone", status=ErasureStatus.PROPOSED, **UNSAID)


@service(Perm.ERASURE_DECIDE)
def keep_case(
    erasure: Erasure,
    *,
    version: int,
    kept_until: Annotated[date, Column(ahead=True, needed=True)],
    kept_for: Annotated[str, Column(length=1000, needed=True)],
    actor: User,
) -> Erasure:
    """Keep a case longer, with a reason. It is proposed again after that day."""
    current = _now(erasure, version)
    require_reason(kept_for, REASON_LENGTH, "kept_for")
    if kept_until <= clock.today():
        raise Refused(_("Say a day that lies ahead."), "kept_until")
    return _write(
        current,
        actor,
        "kept",
        status=ErasureStatus.KEPT,
        kept_by=actor,
        kept_until=kept_until,
        kept_for=kept_for,
        **UNSAID,
    )


@service(Perm.RETENTION_VIEW)
def read_due(*, actor: User) -> dict[str, Any]:
    """What has had its time, what is kept longer, and what is left of what was erased."""
    rows = Erasure.objects.visible_to(actor).exclude(status=ErasureStatus.ERASED)
    due = list(rows.order_by("due_on", "pk")[:MOST])
    cases = {
        case.pk: case
        for case in Case.objects.visible_to(actor).filter(pk__in=[row.of_case for row in due])
    }
    audit.read_rows(
        "erasure.due", "retention.Erasure", [row.pk for row in due], actor=actor, shown=cases
    )
    stones = Tombstone.objects.visible_to(actor).select_related("country")
    return {
        "due": [{"row": row, "case": cases.get(row.of_case)} for row in due],
        "stones": stones.order_by("-erased_on", "-id")[:MOST],
    }


@service(Perm.RETENTION_VIEW)
def read_erasure(erasure: Erasure, *, actor: User) -> Case | None:
    """The case it is about, as far as it is still there."""
    audit.read("erasure.read", erasure, actor=actor, shown=[erasure.of_case])
    case: Case | None = Case.objects.visible_to(actor).filter(pk=erasure.of_case).first()
    return case


def require_not_held(case: Any) -> None:
    if is_held(case):
        raise Refused(
            _("A legal hold keeps this case. Nothing of it is erased until it is lifted.")
        )


def is_held(case: Any) -> bool:
    """Asked of the database, which sees every hold."""
    with connection.cursor() as cursor:
        cursor.execute("select retention_is_held(%s)", [case])
        return bool(cursor.fetchone()[0])


def _now(erasure: Erasure, version: int) -> Erasure:
    current: Erasure = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    if current.status not in BEFORE:
        raise Refused(
            _("It is being erased.")
            if current.status == ErasureStatus.ERASING
            else _("This was decided already.")
        )
    if current.version != version:
        raise Stale(current)
    return current


def _write(current: Erasure, actor: User, deed: str, **values: Any) -> Erasure:
    for name, value in values.items():
        setattr(current, name, value)
    current.keep(*values)
    if deed == "first":
        audit.record("erasure.confirmed_once", current, actor=actor)
    elif deed == "second":
        audit.record("erasure.confirmed", current, actor=actor)
    elif deed == "undone":
        audit.record("erasure.undone", current, actor=actor)
    else:
        audit.record("erasure.kept", current, actor=actor)
    return current
