"""Taking rows away in a file: asked for, decided by a second person, written, taken, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from casework.models import Case
from casework.services.cases import require_content
from core import audit, jobs
from core.access import CONTENT, EXISTS, IDENTITY, SEALED
from core.crypto import Unreadable
from core.services import Refused, service
from exchange.exports import kept
from exchange.exports.models import Decision, Export, State
from exchange.exports.offer import NAMED, Format, What
from exchange.exports.passphrases import new_passphrase
from exchange.exports.reach import found, of_case, taker
from victims.enums import RecipientKind
from victims.models import Identity, Involvement
from victims.services.basis import LEAVES_FOR, Recipient, share, told_already, who_agreed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.vault import Reader

MOST_ALONE = 50  # survivors by name that one person takes away in a day without a second one
MOST_TOLD = 500  # survivors of whom somebody outside is told by one file
DAY = timedelta(hours=24)
OUTSIDE = tuple(kind for kind in LEAVES_FOR if kind != RecipientKind.PUBLIC)


@dataclass(frozen=True)
class Asked:
    """An export that was asked for, and the passphrase nobody sees again."""

    row: Export
    passphrase: str


@dataclass(frozen=True)
class Taken:
    """A file on its way to who asked for it."""

    text: Reader
    name: str
    size: int


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
    actor: Any,
) -> Asked:
    """Ask for a file of a list or a whole case. It is written by a job, after a second person
    agreed where more than 50 survivors are named in a day, or a case is sealed."""
    _check_asked(what, whom, case, dict(filters or {}), actor)
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
        raise Refused(_("You may take this away without identifiers only."), "identifiers")
    export.people = identified(export, taker(export))
    if export.sealed or _named_today(actor) + export.people > MOST_ALONE:
        export.decision = Decision.WAITING
    export.save()
    if export.decision == Decision.WAITING:
        tell(_deciders(export), "export-asked", target=export)
    else:
        _begin(export)
    audit.record("export.asked", export, actor=actor, what=what, reason=reason, whom=whom)
    return Asked(export, passphrase)


@service(Perm.EXPORT_VIEW)
def read_exports(*, actor: Any) -> dict[str, list[Export]]:
    """One's own, newest first, and what waits for this person as the second one."""
    rows = Export.objects.visible_to(actor).select_related("asked_by", "job")
    mine = list(rows.filter(asked_by=actor).order_by("-created_at", "-id")[:50])
    waiting = rows.waiting().exclude(asked_by=actor).order_by("created_at", "id")
    decides = actor.has_perm(Perm.EXPORT_DECIDE)
    shown = {"mine": mine, "waiting": list(waiting[:50]) if decides else []}
    ids = [row.pk for part in shown.values() for row in part]
    audit.read_rows("export.listed", Export._meta.label, ids, actor=actor)
    return shown


@service(Perm.EXPORT_VIEW)
def read_export(export: Export, *, actor: Any) -> dict[str, Any]:
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


@service(Perm.EXPORT_DECIDE, fresh=True)
def allow_export(export: Export, *, actor: Any) -> Export:
    """Agree, as the second person, that a file is written."""
    current = _to_decide(export, actor)
    _decide(current, Decision.ALLOWED, actor)
    _begin(current)
    audit.record("export.allowed", current, actor=actor)
    return current


@service(Perm.EXPORT_DECIDE)
def refuse_export(export: Export, *, actor: Any) -> Export:
    """Say no, as the second person."""
    current = _to_decide(export, actor)
    _decide(current, Decision.REFUSED, actor)
    audit.record("export.refused", current, actor=actor)
    return current


@service(Perm.EXPORT_MAKE)
def withdraw_export(export: Export, *, actor: Any) -> Export:
    """Stop it, or have the file destroyed."""
    current = _mine(export, actor)
    if current.state in (State.CANCELLED, State.REFUSED, State.FAILED, State.GONE):
        raise Refused(_("There is nothing to end any more."))
    if current.job:
        jobs.cancel(current.job)
    current.cancelled_at, current.passphrase = timezone.now(), None
    _save(current, "cancelled_at", "passphrase")
    audit.record("export.withdrawn", current, actor=actor)
    return current


@service(Perm.EXPORT_MAKE, fresh=True)
def take_export(export: Export, *, actor: Any) -> Taken:
    """Give the file to who asked for it: three times within a day, while all of it is open."""
    current = _mine(export, actor)
    if current.state != State.READY:
        raise Refused(_("There is no file to take: %(state)s.") % {"state": current.state.label})
    if not may_still(current, actor) or _closed_since(current, actor):
        raise Refused(_("Some of this is not open to you any more. Ask for the file again."))
    _tell_outside(current, actor)
    try:
        text = kept.opened(current)
        text.read(1)  # its beginning opens, and belongs to this row
        text.seek(0)
    except (OSError, Unreadable):
        raise Refused(_("The file cannot be read. Ask for it again.")) from None
    current.downloads += 1
    _save(current, "downloads")
    audit.record("export.taken", current, actor=actor, number=current.downloads)
    return Taken(text, f"export-{str(current.pk)[:8]}.zip", current.size or 0)


# What the verbs and the job share


def may_still(export: Export, reader: Any) -> bool:
    """Whether this person may take such a thing away."""
    named = not export.identifiers or reader.has_perm(Perm.EXPORT_IDENTIFY)
    names = export.what != What.IDENTITIES or (
        export.identifiers and reader.has_perm(Perm.IDENTITY_VIEW)
    )
    return bool(reader.has_perm(Perm.EXPORT_MAKE) and named and names)


def identified(export: Export, reader: Any) -> int:
    """How many survivors it names."""
    if export.what not in NAMED or not export.identifiers:
        return 0
    rows = Identity.objects.visible_to(reader)
    return int((of_case(rows, export.of_case) if export.of_case else rows).count())


def note_given(export: Export, rows: list[Any], *, actor: Any) -> None:
    """These rows were put into the file."""
    ids, shown = [row.pk for row in rows], audit.about(rows, actor)
    label, of = type(rows[0])._meta.label, str(export.pk)
    audit.read_rows("export.given", label, ids, actor=actor, shown=shown, export=of)


def note_written(export: Export, *, actor: Any) -> None:
    """The file is there."""
    audit.record("export.written", export, actor=actor, rows=export.rows, sha256=export.sha256)


def _check_asked(
    what: str, whom: str, case: Case | None, filters: dict[str, str], actor: Any
) -> None:
    if (what == What.CASE) != (case is not None):
        raise Refused(_("Choose a list, or a case."), "what")
    if whom and whom not in OUTSIDE:
        raise Refused(_("Choose for whom it is."), "whom")
    if what == What.CASE:
        wrong: Any = filters
    else:
        _view, rows, wrong = found(what, actor, filters)
        if not actor.has_perm(rows.model.access.view):
            raise Refused(_("This list is not open to you."), "what")
    if wrong:
        raise Refused(_("This list cannot be narrowed like that."), "filters")


def _sealed(case: Case | None, with_sealed: bool, actor: Any) -> list[Any]:
    """The sealed cases it may hold: the one it is of, or all that name who asks."""
    if case is not None:
        return [case.pk] if case.level == SEALED else []
    return sorted(actor.standing.named) if with_sealed else []


def _office_of(actor: Any) -> Any:
    return actor.home_office or actor.memberships.in_force().first().office


def _named_today(actor: Any) -> int:
    """Survivors this person named in files of the last day without a second one."""
    rows = Export.objects.filter(asked_by=actor, created_at__gte=timezone.now() - DAY)
    rows = rows.filter(decision=Decision.NOT_NEEDED)
    return rows.aggregate(n=Sum("people"))["n"] or 0


def _deciders(export: Export) -> list[User]:
    """Those who may decide on it, and see it."""
    holding = User.objects.holding(Perm.EXPORT_DECIDE).exclude(pk=export.asked_by_id)
    this = Export.objects.filter(pk=export.pk)
    return [user for user in holding if this.visible_to(user).exists()]


def _begin(export: Export) -> None:
    export.job = jobs.request("export", actor=export.asked_by, export=str(export.pk))
    _save(export, "job")


def _to_decide(export: Export, actor: Any) -> Export:
    current = _locked(export)
    if current.asked_by_id == actor.pk:
        raise Refused(_("A second person decides, not the one who asked."))
    if current.state != State.WAITING:
        raise Refused(_("This waits for nobody any more."))
    return current


def _decide(export: Export, decision: str, actor: Any) -> None:
    export.decision, export.decided_by, export.decided_at = decision, actor, timezone.now()
    if decision == Decision.REFUSED:
        export.passphrase = None
    _save(export, "decision", "decided_by", "decided_at", "passphrase")
    tell([export.asked_by], "export-decided", target=export)


def _mine(export: Export, actor: Any) -> Export:
    current = _locked(export)
    if current.asked_by_id != actor.pk:
        raise Refused(_("Only who asked for it can do this."))
    return current


def _locked(export: Export) -> Export:
    rows = Export.objects.select_for_update(of=("self",)).select_related("asked_by", "job")
    current: Export = rows.get(pk=export.pk)
    return current


def _save(export: Export, *fields: str) -> None:
    export.version += 1
    export.save(update_fields=[*fields, "version", "updated_at"])


def _closed_since(export: Export, actor: Any) -> bool:
    """Whether a case in it is not open any more as deep as it was: sealed, moved, off the team."""
    closed = Q(pk=None)
    for level in (EXISTS, CONTENT, IDENTITY):
        mine = actor.scope.rows(level, case="pk", office="office")
        still = Case.objects.visible_to(actor).filter(mine).values("pk")
        closed |= Q(level=level) & ~Q(of_case__in=still)
    sealed = Case.objects.filter(level=SEALED).exclude(pk__in=export.sealed).values("pk")
    return bool(export.cases.filter(closed | Q(of_case__in=sealed)).exists())


def _tell_outside(export: Export, actor: Any) -> None:
    """Each survivor in it agreed, to this day; and it is written down that somebody was told."""
    if not export.whom:
        return
    people = list(
        Involvement.objects.filter(pk__in=export.told).select_related("case__jurisdiction")
    )
    purpose, recipient = LEAVES_FOR[RecipientKind(export.whom)], Recipient(export.whom)
    agreed, left_out = who_agreed(people, purpose, recipient)
    if left_out or len(people) < len(export.told):
        raise Refused(_("Somebody in it does not agree any more. Ask for the file again."))
    told = told_already(agreed, purpose, recipient)
    for person in agreed:
        if person.pk not in told:
            share(person, purpose, recipient, actor=actor)
