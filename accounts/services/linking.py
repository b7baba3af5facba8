"""Taking away what links a person to the organisation's provider of identities.

To link is the person's own, with a second factor, or follows from an invitation: an administrator
who could link would sign in as anybody.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import links
from accounts.models import User
from accounts.permissions import Perm
from accounts.sign_in import sessions
from core import audit
from core.services import Refused, service


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("Unlink the account"))
def unlink_person(user: User, *, actor: User) -> User:
    """The person is signed out everywhere and signs in with a password from then on. Whoever has
    none asks for one under *Forgotten your password?*."""
    if not links.unlink(user):
        raise Refused(_("This account is not linked."))
    sessions.end_all(user)
    audit.record("person.unlinked", user, actor=actor)
    return User.objects.with_roles().get(pk=user.pk)
