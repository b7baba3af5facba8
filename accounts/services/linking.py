"""Taking away what links a person to the organisation's provider of identities.

To link is the person's own, with a second factor, or follows from an invitation: an administrator
who could link would sign in as anybody.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from accounts import links
from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from accounts.sign_in import session, sessions
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("Unlink the account"))
def unlink_person(user: User, *, actor: User) -> User:
    """The person is signed out everywhere and signs in with a password from then on. Whoever has
    none asks for one under *Forgotten your password?*. Who has no second factor here cannot be
    unlinked: with their mailbox alone somebody could set one up."""
    gone = links.unlink(user)
    if not gone:
        raise Refused(_("This account is not linked."))
    if not session.has_factor(user):
        raise Refused(
            _("This person has no second factor here. Disable the account and invite them again.")
        )
    sessions.end_all(user)
    tell([user], "account-unlinked", target=user)
    audit.record("person.unlinked", user, actor=actor, account=gone)
    return User.objects.with_roles().get(pk=user.pk)
