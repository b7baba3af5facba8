"""What a phone delivered: taken in as its writer, or looked at by somebody, never dropped.

Everything is judged at the moment a box is whole: by the rights its writer has then, and by whether
the phone is still used. Whoever looks at it later opens it only where the cases and sites that it
names are open to them.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils.translation import gettext_lazy

from accounts.models import Membership, User
from accounts.notices import tell
from accounts.permissions import Perm
from accounts.roles import GRANTS, OFFICE_LEVEL
from casework.models import Case
from core import audit
from core.access import IDENTITY
from core.idempotency import KeyReused
from core.keys.crypto import Unreadable
from core.languages import spoken_to
from core.refusals import gettext as _
from core.services import Refused, Stale, as_it_stands, service
from core.verbs.arguments import Column
from intake.forms import RescueForm
from intake.models import Box, BoxAway, BoxKind, BoxPart, BoxState, BoxWait
from intake.once import log_once
from intake.phones import through
from intake.phones.content import cases_meant, entered, is_open, named
from intake.phones.enrolling import office_of
from intake.phones.kinds import permission_of
from intake.phones.services.enclosing import file_enclosed, take_out_known

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import QueryDict

    from intake.phones.content import Entered

Done = TypeVar("Done")
log = logging.getLogger("intake.phones")
SUPERVISORS = [r for r, perms in GRANTS.items() if Perm.PHONE_KEEP in perms]
SUPERVISORS = [role for role in SUPERVISORS if OFFICE_LEVEL.get(role, 0) >= IDENTITY]
AwayFor = Annotated[str, Column(codes=BoxAway, needed=True)]


class Closed(Exception):
    """A box names a case or a site that is not open to whoever would take it in."""


# --- When it has arrived ---


def settle(box: Box) -> None:
    """Take it in, or say who has to look at it. Within the transaction in which it became whole."""
    writer = box.phone.person
    form = _form(box)
    if form is None:
        _wait(box, BoxWait.SHUT)
    elif box.phone.ended_at:
        _wait(box, BoxWait.ENDED, form)
    elif not all(map(writer.has_perm, (Perm.PHONE_KEEP, permission_of(box.kind)))):
        _wait(box, BoxWait.ROLE, form)
    else:
        _try(box, writer, form)


def _form(box: Box) -> QueryDict | None:
    """What it says, if it holds a form, sealed to a key that is here. Nobody is shown anything of
    it, and what may be stored nowhere is taken out."""
    try:
        entry = entered(box)
        take_out_known(box, entry)
    except Unreadable:
        return None
    return entry.fields


def _try(box: Box, writer: User, form: QueryDict) -> None:
    try:
        with spoken_to(writer), transaction.atomic():
            take_in_box(box, actor=writer)
            connection.check_constraints()  # what the database would say at the end, it says now
    except (Closed, PermissionDenied, Http404):
        _wait(box, BoxWait.CLOSED, form)
    except Refused as refusal:
        _wait(box, BoxWait.REFUSED, words=str(refusal))
    except (OperationalError, InterfaceError):
        raise  # it passes: the phone sends it once more
    except Exception:
        log.exception("box-fault")
        _wait(box, BoxWait.FAULT, form)


@service(Perm.PHONE_KEEP)
def take_in_box(box: Box, *, actor: User) -> Case | None:
    """Do what it says, as its writer; of which case. Raises `Closed`.

    None: it was logged from a page before, in a case that is no longer open to its writer.
    """
    entry = entered(box)
    case = (_log if box.kind == BoxKind.RESCUE else through.send)(box, entry, actor)
    _taken(box)
    audit.record("box.taken", box, actor=actor)
    if case and box.clock_is_off:
        tell([actor], "box-clock", target=case)
    return case


def _log(box: Box, entry: Entered, actor: User) -> Case | None:
    """Log the rescue that is in it."""
    fields = entry.fields
    if not is_open(box, fields, actor):
        raise Closed
    if not fields.get("occurred_at"):
        through.require_recent(box)
    form = RescueForm(fields, user=actor, now=box.happened_at)
    through.require_valid(form)
    try:
        answer = log_once(form, actor)
    except KeyReused:
        words = _("This report was already saved; its content has changed since.")
        raise Refused(words) from None
    except Http404:
        return None
    case: Case = Case.objects.get(pk=answer.content["id"])
    file_enclosed(box, case, enclosed=entry.files, actor=actor)
    return case


def _wait(box: Box, why: BoxWait, form: QueryDict | None = None, *, words: str = "") -> None:
    """It stays sealed, and whoever has to look at it is told."""
    box.waits_for, box.words = why, words or None
    writer = box.phone.person
    office, box.of_case = _place(box, form)
    box.office_id = office
    _note(box, BoxState.WAITING)
    audit.record("box.waits", box, actor=writer, why=why)
    if box.is_for_writer:
        tell([writer], "box-returned", target=box)
        return
    held = Membership.objects.in_force().filter(user=OuterRef("pk"), role__in=SUPERVISORS)
    ours = held.filter(Q(office=office) | Q(office__is_global=True))
    tell(User.objects.filter(Exists(ours), is_active=True), "box-held", target=box)


def _place(box: Box, form: QueryDict | None) -> tuple[UUID, bytes | None]:
    """Whose case managers look after it: those of what it is about, with which it moves; else, and
    where nobody may know what that is, those of where its writer works now."""
    about = cases_meant(box, form) if form else []
    if len({office for office, _of_case in about}) == 1:
        return about[0]
    writer, enrolled_at = box.phone.person, box.phone.office_id
    works_at = {office for office, _role in writer.roles}
    if works_at and enrolled_at not in works_at:
        return office_of(writer).pk, None
    return enrolled_at, None


def _taken(box: Box) -> None:
    box.waits_for, box.words = "", None
    _note(box, BoxState.TAKEN)
    BoxPart.objects.filter(box=box).delete()


def _note(box: Box, state: BoxState) -> None:
    box.state = state
    placed = ("office", "of_case", "state", "waits_for", "words", "away_for")
    box.keep(*placed, "have", "sent_at", "arrived_at")


# --- When somebody looks at it ---


@service(Perm.PHONE_KEEP)
def open_box(box: Box, *, actor: User) -> Entered:
    """Read what waits in a box, to put it right and save it."""
    _require_mine(box, actor)
    entry = _read(box, actor)
    records = [pk for ids in named(box, entry.fields, actor) for pk in ids]
    audit.read("box.opened", box, actor=actor, shown=records)
    return entry


@service(Perm.PHONE_KEEP)
def log_from_box(box: Box, *, act: Callable[[], Done], actor: User) -> Done:
    """Save what was in it, put right by whoever looked at it; `act` does it."""
    current = _locked(box, actor)
    _read(current, actor)
    done = act()
    _taken(current)
    audit.record("box.settled", current, actor=actor)
    return done


@service(Perm.PHONE_KEEP, label=gettext_lazy("Put it away"))
def put_away_box(box: Box, *, away_for: AwayFor, version: int, actor: User) -> Box:
    """Make nothing of it. It can be opened for 90 days more, then it is gone. Raises `Stale`."""
    current = _locked(box, actor)
    if current.version != version:
        raise Stale(current)
    with suppress(Unreadable):
        _require_open(current, entered(current), actor)
    current.away_for = away_for
    _note(current, BoxState.AWAY)
    audit.record("box.put_away", current, actor=actor, away_for=away_for)
    return current


def _locked(box: Box, actor: User) -> Box:
    """The row of now, for whoever may look at it."""
    current = as_it_stands(box)
    current.phone = box.phone
    _require_mine(current, actor)
    return current


def _require_mine(box: Box, actor: User) -> None:
    if box.state not in (BoxState.WAITING, BoxState.AWAY):
        raise Refused(_("Nothing is waiting here any longer."))
    if not (box.is_for_writer or box.looked_after_at in actor.scope.offices[IDENTITY]):
        raise Refused(_("This waits for a case manager of the office."))


def _read(box: Box, actor: User) -> Entered:
    """What is in it. Raises `Refused`."""
    try:
        entry = entered(box)
    except Unreadable:
        words = _(
            "This does not open with the keys that are here. Ask the people who run the system for"
            " the field key it was sealed with."
        )
        raise Refused(words) from None
    _require_open(box, entry, actor)
    return entry


def _require_open(box: Box, entry: Entered, actor: User) -> None:
    if not is_open(box, entry.fields, actor):
        words = _("This is about something you may not see. It waits for somebody who may.")
        raise Refused(words)
