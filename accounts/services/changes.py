"""What a person may do, changed: one asks, a second one confirms. Taking away needs one.

Whoever gives roles alone can give themselves every case, and so can whoever steals their account:
so giving needs two persons, and the database refuses what did not have two. Taking away must wait
for nobody. If whoever asked has lost the right to ask, nobody can confirm it any more. The first
two administrators come from the command line of the host, since nobody is there to confirm them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.apart import keep_practice_apart
from accounts.columns import Why
from accounts.key_scopes import OF_PROGRAMS
from accounts.models import (
    AccountChange,
    ChangeKind,
    ChangeOutcome,
    Membership,
    ServiceAccount,
    Status,
    User,
)
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service

if TYPE_CHECKING:
    from accounts.models import Office


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("Ask for a role"))
def ask_role(user: User, *, reason: Why, office: Office, role: str, actor: User) -> AccountChange:
    """Ask for a role for someone. It begins when a second person has confirmed it."""
    if Membership.objects.in_force().filter(user=user, office=office, role=role).exists():
        raise Refused(_("This person already has this role."))
    if role not in OF_PROGRAMS and ServiceAccount.objects.filter(user=user).exists():
        raise Refused(_("Programs cannot have this role."), "role")
    keep_practice_apart(user, office, role)
    return _ask(user, ChangeKind.GIVE, reason, actor, office=office, role=role)


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("Reset the second factor"))
def ask_second_factor_reset(user: User, *, reason: Why, actor: User) -> AccountChange:
    """Ask that someone may set up a new second factor. Make sure it is them: call a number you
    knew before. When a second person has confirmed, the next sign-in sets it up, and the person
    is told."""
    return _ask(user, ChangeKind.SECOND_FACTOR, reason, actor)


def _ask(user: User, kind: str, reason: str, actor: User, **what: object) -> AccountChange:
    if user.pk == actor.pk:
        raise Refused(_("You cannot change this for yourself. Ask another administrator."))
    _require_open_account(user)
    change, asked = AccountChange.objects.get_or_create(
        user=user, kind=kind, outcome="", **what, defaults={"reason": reason, "asked_by": actor}
    )
    if not asked:
        raise Refused(_("This has already been asked for and waits for a second person."))
    change.refresh_from_db()
    deciders = User.objects.holding(Perm.CHANGE_DECIDE).exclude(pk__in=(user.pk, actor.pk))
    tell(deciders, "change-asked", target=change)
    audit.record("change.asked", change, actor=actor, kind=kind, user=str(user.pk))
    return change


@service(Perm.CHANGE_DECIDE, fresh=True, label=gettext_lazy("Confirm a change"))
def confirm_change(change: AccountChange, *, actor: User) -> AccountChange:
    """Confirm a change, as the second person. It takes effect at once."""
    current = _waiting(change)
    _require_second_person(current, actor)
    if not current.asked_by.has_perm(Perm.PEOPLE_MANAGE):
        raise Refused(_("The person who asked for this may no longer do so. Ask again."))
    _require_open_account(current.user)
    if current.kind == ChangeKind.GIVE:
        keep_practice_apart(current.user, current.office, current.role)
    decided = _decide(
        current, ChangeOutcome.CONFIRMED, actor
    )  # so the database lets it take effect
    kind = "second-factor-reset" if decided.kind == ChangeKind.SECOND_FACTOR else "role-given"
    tell([decided.user], kind, target=decided)
    return decided


@service(Perm.CHANGE_DECIDE, fresh=True, label=gettext_lazy("Refuse a change"))
def refuse_change(change: AccountChange, *, actor: User) -> AccountChange:
    """Refuse a change, as the second person. Nothing changes, and the person who asked is told."""
    current = _waiting(change)
    _require_second_person(current, actor)
    return _decide(current, ChangeOutcome.REFUSED, actor)


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("Withdraw a change"))
def withdraw_change(change: AccountChange, *, actor: User) -> AccountChange:
    """Withdraw a change that you asked for. Nothing changes."""
    return _decide(_waiting(change), ChangeOutcome.WITHDRAWN, actor)


def _waiting(change: AccountChange) -> AccountChange:
    """The change as it stands now, with its persons, locked until the commit."""
    rows = AccountChange.objects.select_for_update().select_related("user", "asked_by")
    current: AccountChange = rows.get(pk=change.pk)
    if current.outcome:
        raise Refused(_("This has already been decided."))
    return current


def _require_second_person(change: AccountChange, actor: User) -> None:
    if actor.pk in (change.asked_by_id, change.user_id):
        raise Refused(
            _("A second person must decide: not the one who asked, and not the one it is about.")
        )


def _require_open_account(user: User) -> None:
    if User.objects.with_status().get(pk=user.pk).status == Status.DISABLED:
        raise Refused(_("This account is disabled. Invite the person again first."))


def _decide(change: AccountChange, outcome: str, actor: User) -> AccountChange:
    AccountChange.objects.filter(pk=change.pk).update(
        outcome=outcome,
        decided_by=actor,
        decided_at=Now(),
        updated_at=Now(),
        version=F("version") + 1,
    )
    change.refresh_from_db()
    tell({change.asked_by} - {actor}, "change-decided", target=change)
    audit.record(f"change.{outcome}", change, actor=actor, user=str(change.user_id))
    return change
