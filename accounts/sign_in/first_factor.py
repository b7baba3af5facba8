"""Who may set up a first second factor: not who holds no more than a mailbox or a password of an
account that only the organisation's provider can prove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import logout
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import AccountChange, ChangeKind, ChangeOutcome, Invitation
from accounts.sign_in import session

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from accounts.models import User


def known_only_there(user: User) -> bool:
    """Whom only a provider can prove: they have no second factor of ours, and a password from the
    mailbox would be enough to set one up. No longer, once two persons reset the second factor."""
    if session.has_factor(user):
        return False
    if SocialAccount.objects.filter(user=user).exists():
        return True
    return not user.has_usable_password() and not _was_reset(user)


def _was_reset(user: User) -> bool:
    """By two persons, since the last invitation was accepted."""
    accepted = Invitation.objects.filter(user=user, used_at__isnull=False)
    last = accepted.order_by("-used_at").values_list("used_at", flat=True).first()
    resets = AccountChange.objects.filter(
        user=user, kind=ChangeKind.SECOND_FACTOR, outcome=ChangeOutcome.CONFIRMED
    )
    return (resets.filter(decided_at__gt=last) if last else resets).exists()


def unproved(request: HttpRequest) -> HttpResponse:
    """A password alone does not open what only a provider can prove."""
    logout(request)
    words = _(
        "Sign in with your organisation. If that is not possible, ask an administrator to reset"
        " your second factor."
    )
    return render(request, "account/provider_refused.html", {"words": words}, status=403)
