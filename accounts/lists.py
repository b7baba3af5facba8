"""Lists of this app that pages and the API read."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Membership, Status, User
from accounts.permissions import Perm
from accounts.roles import Role
from core.lists.declared import List
from core.lists.filters import a_code, choice, one_of
from core.lists.tables import Column, Table


def _holding(**role: object) -> Q:
    """Who holds such a role now."""
    return Q(Exists(Membership.objects.in_force().filter(user=OuterRef("pk"), **role)))


PEOPLE = List(
    User.objects.with_roles(),
    {
        "office": a_code(lambda code: _holding(office__code=code)),
        "role": one_of(Role, lambda role: _holding(role=role)),
        "status": choice("status", Status),
    },
    orders={"name": "name", "username": "username", "newest": "-created_at"},
)
PEOPLE_TABLE = Table(
    PEOPLE,
    Column("name", _("Name"), order="name"),
    Column("username", _("User name"), order="username"),
    Column("roles", _("Roles")),
    Column("status", _("Status")),
    Column("added", _("Added"), order="newest"),
    name="people",
    filled_by=(Perm.PEOPLE_MANAGE,),
    counted=lambda count: ngettext("%(count)s account", "%(count)s accounts", count),
)
