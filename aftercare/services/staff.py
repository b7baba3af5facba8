"""Who answers for a provider: bound to it, and parted from it with every way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now

from accounts import keys
from accounts.models import Membership, User
from accounts.notices import tell
from accounts.permissions import Perm
from accounts.roles import Role
from accounts.sign_in import sessions
from aftercare.enums import LISTED
from aftercare.models import Provider, ProviderStaff
from aftercare.services.reach import require_answers_for
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models.people import UserQuerySet

ONCE = "aftercare_providerstaff_once"  # the constraint


def partners() -> UserQuerySet:
    """Accounts with the role of a provider, also those that have not opened their invitation."""
    held = Membership.objects.in_force().filter(user=OuterRef("pk"), role=Role.PROVIDER_PARTNER)
    return User.objects.filter(Exists(held)).order_by("name", "pk")


@service(Perm.PROVIDER_MANAGE)
def read_staff(provider: Provider, *, actor: User) -> list[ProviderStaff]:
    """Who signs in for a provider today."""
    rows = ProviderStaff.objects.in_force().filter(provider=provider).select_related("user")
    staff = list(rows.order_by("user__name", "pk")[:LISTED])
    audit.read("provider.staff", provider, actor=actor, shown=[row.user_id for row in staff])
    return staff


@service(Perm.PROVIDER_MANAGE, fresh=True)
def add_staff(provider: Provider, *, user: User, actor: User) -> ProviderStaff:
    """Let somebody read and answer what is sent to a provider, from their next request on.

    Whoever lets an outside person in shows a second factor first.
    """
    require_answers_for(provider.jurisdiction, actor)
    if not provider.is_active:
        raise Refused(_("This provider takes no more referrals."))
    if not partners().filter(pk=user.pk).exists():
        words = _(
            "This account does not have the role of provider partner. An administrator must ask"
            " for the role and a second person confirm it; then add the account here."
        )
        raise Refused(words, "user")
    try:
        with transaction.atomic():
            staff: ProviderStaff = ProviderStaff.objects.create(provider=provider, user=user)
    except IntegrityError as exc:
        if ONCE not in str(exc):
            raise
        raise Refused(_("This person already signs in for this provider."), "user") from None
    audit.record("provider.staff_added", staff, actor=actor, user=str(user.pk))
    tell([user], "provider-joined", target=staff)
    return staff


@service(Perm.PROVIDER_MANAGE)
def end_staff(staff: ProviderStaff, *, actor: User) -> ProviderStaff:
    """End somebody’s access for a provider. Their next request shows nothing of it.

    Who answers for no other is signed out everywhere, and the keys of their programs end.
    """
    current = ProviderStaff.objects.select_for_update().get(pk=staff.pk)
    require_answers_for(current.provider.jurisdiction, actor)
    if current.ended_at:
        raise Refused(_("This person no longer signs in for this provider."))
    _end([current], actor)
    current.refresh_from_db()
    return current


def leave_providers(user: User, *, actor: User) -> None:
    """An account that may not answer any more answers for nobody, also if it is given back."""
    if not partners().filter(pk=user.pk).exists():
        rows = ProviderStaff.objects.in_force().filter(user=user).select_for_update()
        _end(list(rows.order_by("pk")), actor)


def _end(rows: Iterable[ProviderStaff], actor: User) -> None:
    for row in rows:
        ProviderStaff.objects.filter(pk=row.pk).update(
            ended_at=Now(), updated_at=Now(), version=F("version") + 1
        )
        audit.record("provider.staff_ended", row, actor=actor, user=str(row.user_id))
        tell([row.user], "provider-left", target=row)
        if not ProviderStaff.objects.in_force().filter(user=row.user_id).exists():
            keys.revoke_all(row.user)
            sessions.end_all(row.user)
