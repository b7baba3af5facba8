"""Reading who works here, by those who look after accounts."""

from __future__ import annotations

from accounts.holdings import Held, held_by
from accounts.links import linked
from accounts.models import AccountChange, Invitation, User
from accounts.permissions import Perm
from core import audit
from core.services import service

LABEL = "accounts.User"


@service(Perm.PEOPLE_VIEW)
def read_people(rows: list[User], *, actor: User) -> list[User]:
    """Who has, had or was offered an account, of one page of the list."""
    audit.read_rows("people.listed", LABEL, [user.pk for user in rows], actor=actor)
    return rows


@service(Perm.PEOPLE_VIEW)
def read_person(user: User, *, actor: User) -> dict[str, object]:
    """One person: roles, what is asked for, what was decided, and what rests on them."""
    audit.read("person.read", user, actor=actor)
    invitations = Invitation.objects.open().filter(user=user)
    return {
        "person": User.objects.with_roles().get(pk=user.pk),
        "invitation": invitations.first(),
        "changes": list(AccountChange.objects.latest_first().filter(user=user)[:50]),
        "held": held_by(user),
        "linked": bool(linked([user])),
    }


@service(Perm.PEOPLE_VIEW)
def read_held(user: User, *, actor: User) -> list[Held]:
    """What would rest on nobody if this person left."""
    audit.read("person.held", user, actor=actor)
    return held_by(user)


@service(Perm.PEOPLE_VIEW)
def read_changes(*, actor: User) -> list[AccountChange]:
    """What waits for a second person."""
    changes = list(AccountChange.objects.latest_first().waiting())
    audit.read_rows(
        "changes.listed", "accounts.AccountChange", [c.pk for c in changes], actor=actor
    )
    return changes
