"""Who is asked to work here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.columns import Why
from accounts.models import Invitation, User
from accounts.permissions import Perm
from accounts.roles import Role
from accounts.services.changes import ask_role
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from accounts.models import Office


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("Invite a person"))
def invite(
    *,
    reason: Why,
    name: Annotated[str, Column(length=120)],
    username: str,
    email: str,
    office: Office,
    role: Annotated[str, Column(codes=Role)],
    actor: User,
) -> Invitation:
    """Make an account for a person, who gets a link by mail to choose a password. The role
    begins when a second person has confirmed it."""
    known = {"name": name, "email": email, "language": office.language}
    user, made = User.objects.get_or_create(
        username=username, defaults=known | {"is_active": False}
    )
    if not made:
        raise Refused(_("This user name is taken."))
    user.set_unusable_password()
    user.save(update_fields=["password"])
    invitation = _invitation_of(user, actor)
    ask_role(user, office=office, role=role, reason=reason, actor=actor)
    return invitation


@service(Perm.PEOPLE_MANAGE, fresh=True, label=gettext_lazy("Invite again"))
def invite_again(user: User, *, actor: User) -> Invitation:
    """Send a new link to a disabled account, or if the first link was lost or expired. Earlier
    links stop working.

    It gives back a password and no role: for that, two persons are needed again.
    """
    current = User.objects.select_for_update().get(pk=user.pk)
    if current.is_active:
        raise Refused(_("This account is already in use."))
    if not current.email:
        raise Refused(_("There is no e-mail address on record."))
    unused = Invitation.objects.filter(user=current, used_at=None, withdrawn_at=None)
    unused.update(withdrawn_at=Now(), updated_at=Now(), version=F("version") + 1)
    return _invitation_of(current, actor)


def _invitation_of(user: User, actor: User) -> Invitation:
    made: Invitation = Invitation.objects.create(user=user, invited_by=actor)
    audit.record("invitation.made", made, actor=actor, user=str(user.pk))
    return made
