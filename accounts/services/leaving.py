"""Taking away: at once, by one person, because it is the safe direction.

Disabling takes the password, and with it every session, key and role for good. So there is no
"enable": the person is invited again. The last administrator can neither be disabled nor lose the
role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts import keys
from accounts.columns import InWrongHands, Why
from accounts.holdings import held_by, stranded_by
from accounts.models import (
    AccountChange,
    ChangeKind,
    ChangeOutcome,
    Invitation,
    Membership,
    Status,
    User,
)
from accounts.notices import tell
from accounts.permissions import Perm
from accounts.roles import Role
from core import audit
from core.refusals import gettext as _
from core.refusals import ngettext, together
from core.services import Refused, service

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import MembershipQuerySet, Office
    from accounts.models.people import UserQuerySet

# What apps above end for an account that has lost a role: each adds its own.
left: list[Callable[..., None]] = []


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("End a role"))
def end_role(membership: Membership, *, reason: Why, actor: User) -> AccountChange:
    """End a role. This takes effect at once, from the person’s next request, call or job."""
    _require_an_administrator_without(membership.user, membership.role)
    _require_nothing_stranded(membership.user, membership)
    current = Membership.objects.select_for_update().select_related("user").get(pk=membership.pk)
    if not Membership.objects.in_force().filter(pk=current.pk).exists():
        raise Refused(_("This role has already ended."))
    change = _end(current, reason, actor)
    tell([current.user], "role-taken", target=change)
    for end in left:
        end(current.user, actor=actor)
    _tell_of_cases(current.user)
    return change


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("Disable the account"))
def disable_person(
    user: User,
    *,
    reason: Why,
    in_wrong_hands: InWrongHands = False,
    actor: User,
) -> User:
    """Disable an account. Sessions, keys, roles and open requests for roles end at once. To
    come back, the person must be invited again and get roles from two persons.

    Its password goes, too, and with it every session, even if the account is opened again. An
    account in the wrong hands is closed whatever rests on it.
    """
    current = User.objects.with_status().select_for_update(of=("self",)).get(pk=user.pk)
    if current.status == Status.DISABLED:
        raise Refused(_("This account is already disabled."))
    if not in_wrong_hands:
        _require_nothing_stranded(current)
    close_whatever_rests(current, reason=reason, actor=actor)
    audit.record("person.disabled", current, actor=actor, in_wrong_hands=in_wrong_hands)
    return User.objects.with_roles().get(pk=user.pk)


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("Withdraw the invitation"))
def withdraw_invitation(invitation: Invitation, *, reason: Why, actor: User) -> Invitation:
    """Withdraw an invitation. Its link stops working, and the roles given or asked for
    meanwhile are dropped."""
    current = Invitation.objects.select_for_update().select_related("user").get(pk=invitation.pk)
    if current.used_at or current.withdrawn_at:
        raise Refused(_("This invitation has already ended."))
    _end_everything(current.user, reason=reason, actor=actor)
    audit.record("invitation.withdrawn", current, actor=actor)
    current.refresh_from_db()
    return current


def close_whatever_rests(user: User, *, reason: str, actor: User) -> None:
    """Close the account; whose cases then rest on nobody, is told to others."""
    stranded = stranded_by(user)
    _end_everything(user, reason=reason, actor=actor)
    if stranded:
        leads = _holding(Role.SAFEGUARDING_LEAD, [gap.office for gap in stranded])
        tell(leads.exclude(pk=user.pk), "cases-without-someone", target=user)


def _end_everything(user: User, *, reason: str, actor: User) -> None:
    """Leave the account with nothing that opens it or gives it a right."""
    roles = Membership.objects.in_force().filter(user=user)
    for membership in roles:
        _require_an_administrator_without(user, membership.role)
    # Whoever closes their own account needs the right to end roles until the last one.
    for membership in sorted(roles, key=lambda row: row.role == Role.SYSTEM_ADMIN):
        _end(membership, reason, actor)
    now = {"updated_at": Now(), "version": F("version") + 1}
    keys.revoke_all(user)
    open_ones = Invitation.objects.filter(user=user, used_at=None, withdrawn_at=None)
    open_ones.update(withdrawn_at=Now(), **now)
    asked = AccountChange.objects.waiting().filter(Q(user=user) | Q(asked_by=user))
    decided = {"decided_by": actor, "decided_at": Now(), "outcome": ChangeOutcome.WITHDRAWN}
    asked.update(**decided, **now)
    user.is_active = False
    user.version += 1
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password", "version", "updated_at"])
    for end in left:
        end(user, actor=actor)
    _tell_of_cases(user)


def _end(membership: Membership, reason: str, actor: User) -> AccountChange:
    """The change itself ends the role: the database sees to it."""
    change: AccountChange = AccountChange.objects.create(
        user_id=membership.user_id,
        kind=ChangeKind.TAKE,
        office_id=membership.office_id,
        role=membership.role,
        reason=reason,
        asked_by=actor,
        asked_at=Now(),
        decided_by=actor,
        decided_at=Now(),
        outcome=ChangeOutcome.CONFIRMED,
    )
    change.refresh_from_db()  # the clock is the database's
    audit.record("role.ended", change, actor=actor, user=str(membership.user_id))
    return change


def held_administrators() -> UserQuerySet:
    """Locked until the commit: two administrators may not end each other at once."""
    roles = Membership.objects.in_force().filter(role=Role.SYSTEM_ADMIN).order_by("pk")
    list(roles.select_for_update())
    return User.objects.holding(Perm.PEOPLE_MANAGE)


def _require_an_administrator_without(user: User, role: str) -> None:
    if role != Role.SYSTEM_ADMIN or not user.is_active:
        return
    if not held_administrators().exclude(pk=user.pk).exists():
        raise Refused(_("This is the last administrator. Without one, nobody could give roles."))


def _require_nothing_stranded(user: User, membership: Membership | None = None) -> None:
    """No open case is left to nobody. Locked until the commit, so that no two leave at once."""
    offices = Membership.objects.in_force().filter(user=user).values("office")
    beside = Membership.objects.in_force().filter(office__in=offices).order_by("pk")
    list(beside.select_for_update())
    reasons = []
    for gap in stranded_by(user, membership):
        values = {"office": gap.office.name, "n": gap.unmanaged}
        if gap.unmanaged:
            words = ngettext(
                (
                    "Nobody else manages the cases of %(office)s, where %(n)s is open. Give"
                    " somebody else the role first."
                ),
                (
                    "Nobody else manages the cases of %(office)s, where %(n)s are open. Give"
                    " somebody else the role first."
                ),
                gap.unmanaged,
            )
            reasons.append(words % values)
        if gap.sealed:
            words = _(
                "Nobody could read a sealed case of %(office)s any longer. The person it names"
                " must first name somebody else."
            )
            reasons.append(words % values)
    if reasons:
        raise Refused(together(reasons))


def _tell_of_cases(user: User) -> None:
    """Nothing is left lying: case managers of the offices concerned are told to look."""
    people = _holding(Role.CASE_MANAGER, [held.office for held in held_by(user)])
    tell(people.exclude(pk=user.pk), "cases-without-someone", target=user)


def _holding(role: str, offices: list[Office]) -> UserQuerySet:
    held: MembershipQuerySet = Membership.objects.in_force().filter(
        user=OuterRef("pk"), office__in=offices, role=role
    )
    return User.objects.filter(Exists(held), is_active=True)
