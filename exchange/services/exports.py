"""Taking rows away in a file: asked for, decided by a second person, ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from casework.services.cases import require_content
from core import audit, jobs
from core.access import SEALED
from core.refusals import gettext as _
from core.services import Refused, service
from exchange.exports.models import KEPT, Decision, Export, State
from exchange.exports.offer import Format, What
from exchange.exports.passphrases import new_passphrase
from exchange.exports.reach import list_for, taker
from exchange.services.giving import MOST_ALONE, OUTSIDE, identified, may_still, require_mine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from accounts.models import Office
    from casework.models import Case


@dataclass(frozen=True)
class AskedExport:
    """An export that was asked for, and the passphrase nobody sees again."""

    row: Export
    passphrase: str


@service(Perm.EXPORT_MAKE, fresh=True)
def ask_export(
    *,
    what: str,
    reason: str,
    format: str = Format.CSV,
    identifiers: bool = False,
    whom: str = "",
    with_sealed: bool = False,
    case: Case | None = None,
    filters: Mapping[str, str] | None = None,
    actor: User,
) -> AskedExport:
    """Ask for a file of a list or a whole case. It is written by a job, after a second person
    agreed where more than 50 survivors are named in a day, or a case is sealed."""
    _check_asked(what, whom, case, dict(filters or {}), actor)
    if what == What.WORKBOOK:
        _check_workbook(format, whom, identifiers=identifiers, with_sealed=with_sealed)
    if case is not None:
        require_content(case, actor)
    passphrase = new_passphrase()
    export = Export(
        asked_by=actor,
        office=_office_of(actor),
        what=what,
        of_case=case.pk if case else None,
        format=format,
        filters=dict(filters or {}),
        identifiers=identifiers,
        whom=whom,
        reason=reason,
        sealed=_sealed(case, with_sealed, actor),
        decision=Decision.NOT_NEEDED,
        passphrase=passphrase,
    )
    if not may_still(export, actor):
        raise Refused(_("You may export this only without identifiers."), "identifiers")
    export.people = identified(export, taker(export))
    _set_going(export)
    audit.record("export.asked", export, actor=actor, what=what, reason=reason, whom=whom)
    return AskedExport(export, passphrase)


@service(Perm.EXPORT_VIEW)
def read_exports(*, actor: User) -> dict[str, list[Export]]:
    """One's own, newest first, and what waits for this person as the second one."""
    rows = Export.objects.visible_to(actor).select_related("asked_by", "job")
    mine = list(rows.filter(asked_by=actor).order_by("-created_at", "-id")[:50])
    waiting = rows.waiting().exclude(asked_by=actor).order_by("created_at", "id")
    decides = actor.has_perm(Perm.EXPORT_DECIDE)
    lists = {"mine": mine, "waiting": list(waiting[:50]) if decides else []}
    ids = [row.pk for part in lists.values() for row in part]
    audit.read_rows("export.listed", Export._meta.label, ids, actor=actor)
    return lists


@service(Perm.EXPORT_VIEW)
def read_export(export: Export, *, actor: User) -> dict[str, object]:
    """The page of one: how it stands, and what this person may do with it."""
    audit.read("export.opened", export, actor=actor)
    mine, state = export.asked_by_id == actor.pk, export.state
    ends = state in (State.WAITING, State.QUEUED, State.RUNNING, State.READY)
    return {
        "export": export,
        "state": state,
        "may_take": mine and state == State.READY,
        "may_end": mine and ends,
        "may_decide": not mine and state == State.WAITING and actor.has_perm(Perm.EXPORT_DECIDE),
    }


@service(Perm.EXPORT_DECIDE, fresh=True, label=gettext_lazy("Allow this export"))
def allow_export(export: Export, *, actor: User) -> Export:
    """Allow an export, as the second person. A file that was taken cannot be called back."""
    current = _to_decide(export, actor)
    _decide(current, Decision.ALLOWED, actor)
    _begin(current)
    audit.record("export.allowed", current, actor=actor)
    return current


@service(Perm.EXPORT_DECIDE, label=gettext_lazy("Refuse this export"))
def refuse_export(export: Export, *, actor: User) -> Export:
    """Refuse an export, as the second person. No file is written, and the person who asked is
    told."""
    current = _to_decide(export, actor)
    _decide(current, Decision.REFUSED, actor)
    audit.record("export.refused", current, actor=actor)
    return current


@service(Perm.EXPORT_MAKE, label=gettext_lazy("End this export"))
def withdraw_export(export: Export, *, actor: User) -> Export:
    """End an export. The work is stopped, and any file is destroyed."""
    current = require_mine(export, actor)
    if current.state in (State.CANCELLED, State.REFUSED, State.FAILED, State.GONE):
        raise Refused(_("There is nothing left to end."))
    if current.job:
        jobs.cancel(current.job)
    current.cancelled_at, current.passphrase = timezone.now(), None
    current.keep("cancelled_at", "passphrase")
    audit.record("export.withdrawn", current, actor=actor)
    return current


def _check_asked(
    what: str, whom: str, case: Case | None, filters: dict[str, str], actor: User
) -> None:
    if (what == What.CASE) != (case is not None):
        raise Refused(_("Choose a list, or a case."), "what")
    if whom and whom not in dict(OUTSIDE):
        raise Refused(_("Choose who it is for."), "whom")
    if what == What.CASE:
        wrong: Any = filters
    else:
        _shape, rows, wrong = list_for(what, actor, filters)
        if not actor.has_perm(rows.model.access.view):
            raise Refused(_("You may not see this list."), "what")
    if wrong:
        raise Refused(_("This list cannot be narrowed like that."), "filters")


def _sealed(case: Case | None, with_sealed: bool, actor: User) -> list[UUID]:
    """The sealed cases it may hold: the one it is of, or all that name who asks."""
    if case is not None:
        return [case.pk] if case.level == SEALED else []
    return sorted(actor.standing.named) if with_sealed else []


def _check_workbook(format: str, whom: str, *, identifiers: bool, with_sealed: bool) -> None:
    """It is read again by its ids, inside the house; a sealed case is in none."""
    if format != Format.XLSX:
        raise Refused(_("Choose XLSX for a workbook."), "format")
    if not identifiers:
        raise Refused(_("A workbook contains ids and names."), "identifiers")
    if whom:
        raise Refused(_("A workbook cannot be given to anybody outside."), "whom")
    if with_sealed:
        raise Refused(_("A workbook contains no sealed cases."), "with_sealed")


def _office_of(actor: Any) -> Office | None:
    return actor.home_office or actor.memberships.in_force().first().office


def _named_today(actor: User) -> int:
    """Survivors this person named in files of the last day without a second one.

    Until the commit no other file of this person is counted: two at once are two in a row.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    rows = Export.objects.filter(asked_by=actor, created_at__gte=timezone.now() - KEPT)
    rows = rows.filter(decision=Decision.NOT_NEEDED)
    return rows.aggregate(n=Sum("people"))["n"] or 0


def _deciders(export: Export) -> list[User]:
    """Those who may decide on it, and see it."""
    holding = User.objects.holding(Perm.EXPORT_DECIDE).exclude(pk=export.asked_by_id)
    this = Export.objects.filter(pk=export.pk)
    return [user for user in holding if this.visible_to(user).exists()]


def _set_going(export: Export) -> None:
    """Have a second person decide on it, or begin."""
    if export.sealed or (
        export.people and _named_today(export.asked_by) + export.people > MOST_ALONE
    ):
        export.decision = Decision.WAITING
    export.save()
    if export.decision == Decision.WAITING:
        tell(_deciders(export), "export-asked", target=export)
    else:
        _begin(export)


def _begin(export: Export) -> None:
    export.job = jobs.request("export", actor=export.asked_by, export=str(export.pk))
    export.keep("job")


def _to_decide(export: Export, actor: User) -> Export:
    current = Export.objects.locked(export.pk)
    if current.asked_by_id == actor.pk:
        raise Refused(_("A second person must decide, not the one who asked."))
    if current.state != State.WAITING:
        raise Refused(_("This no longer waits for anybody."))
    return current


def _decide(export: Export, decision: str, actor: User) -> None:
    export.decision, export.decided_by, export.decided_at = decision, actor, timezone.now()
    if decision == Decision.REFUSED:
        export.passphrase = None
    export.keep("decision", "decided_by", "decided_at", "passphrase")
    tell([export.asked_by], "export-decided", target=export)
