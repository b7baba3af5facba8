"""Invite the two persons without whom nobody could be given a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import connection
from django.db.models.functions import Now

from accounts import invitations
from accounts.forms.people import GOOD_NAME
from accounts.models import Invitation, Membership, Office, Status, User
from accounts.roles import Role
from core import audit
from core.context import acting_as

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

COUNT = 2


class Command(BaseCommand):
    help = (
        "Invite two administrators and print their links, once. Only while there are none: from"
        " then on, one person asks for a role and a second one confirms it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--admin",
            nargs=3,
            action="append",
            default=[],
            metavar=("USERNAME", "NAME", "EMAIL"),
            help="one of the two; give it twice",
        )

    def handle(self, *args: object, admin: list[list[str]], **options: object) -> None:
        if len(admin) != COUNT or len({username for username, *_rest in admin}) != COUNT:
            raise CommandError("Name two different persons: --admin … --admin …")
        for username, _name, email in admin:
            _check(username, email)
        with acting_as(None):
            if _there_are_administrators():
                raise CommandError("There are administrators. Roles are given on the page People.")
            people = [_account(*person) for person in admin]
            _begin(people)
            links = [_invite(user) for user in people]
        for (username, *_rest), link in zip(admin, links, strict=True):
            self.stdout.write(f"{username}: {link}")
        self.stdout.write("Each link opens once, within 72 hours. They are not shown again.")


def _check(username: str, email: str) -> None:
    try:
        GOOD_NAME(username)
        validate_email(email)
    except ValidationError as exc:
        raise CommandError(f"{username} {email}: {exc.messages[0]}") from None


def _there_are_administrators() -> bool:
    """In force, and not all of them closed or lapsed before anyone came."""
    admins = Membership.objects.in_force().filter(role=Role.SYSTEM_ADMIN).values("user")
    people = User.objects.with_status().filter(pk__in=admins)
    return people.exclude(status=Status.DISABLED).exists()


def _account(username: str, name: str, email: str) -> User:
    user, _made = User.objects.get_or_create(
        username=username, defaults={"name": name, "email": email, "is_active": False}
    )
    if user.is_active:
        raise CommandError(f"{username} is somebody already.")
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return user


def _begin(people: list[User]) -> None:
    """The database itself makes the first administrators, while there are none."""
    office, _made = Office.objects.get_or_create(
        is_global=True, defaults={"code": "global", "prefix": "GLO", "name": "Global"}
    )
    with connection.cursor() as cursor:
        ids = [user.pk for user in people]
        cursor.execute("select begin_administration(%s::uuid[], %s)", [ids, office.pk])


def _invite(user: User) -> str:
    lapsed = Invitation.objects.filter(user=user, used_at=None, withdrawn_at=None)
    lapsed.update(withdrawn_at=Now(), updated_at=Now())
    invitation = Invitation.objects.create(user=user)
    audit.record("invitation.made", invitation, actor=None, user=str(user.pk), by="command line")
    token = invitations.new_token()
    invitations.open_link(invitation, token)
    return invitations.address(token)
