"""Who works here: people, and their roles."""

from __future__ import annotations

from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.key_scopes import VERBS_OF_OTHERS, RunBy
from accounts.managers import UserManager
from accounts.models.changes import Invitation
from accounts.models.offices import Office
from accounts.roles import GRANTS, NOT_IN_PRACTICE, Role
from accounts.scope import count_scope_of, scope_of, standing_of
from core.access import Reference, Scoped, ScopedQuerySet
from core.days import clock
from core.keys import vouching
from core.models import Record
from core.shortcuts.prepared import Prepared

if TYPE_CHECKING:
    from datetime import tzinfo

    from accounts.models.changes import Described
    from accounts.permissions import Perm
    from core.scopes import CountScope, Scope, Standing


class Status(models.TextChoices):
    ACTIVE = "active", _("Active")
    INVITED = "invited", _("Invited")
    DISABLED = "disabled", _("Disabled")


class UserQuerySet(ScopedQuerySet):
    def with_status(self) -> UserQuerySet:
        """With `status`: signs in, may still accept an invitation, or neither."""
        invited = Exists(Invitation.objects.open().filter(user=OuterRef("pk")))
        status = Case(
            When(is_active=True, then=Value(Status.ACTIVE)),
            When(invited, then=Value(Status.INVITED)),
            default=Value(Status.DISABLED),
            output_field=models.CharField(),
        )
        return self.annotate(status=status)

    def called(self, typed: str) -> UserQuerySet:
        """Whose name or user name holds this, by name."""
        like = Q(name__icontains=typed) | Q(username__icontains=typed)
        return self.filter(like).order_by("name", "pk")

    def with_roles(self) -> UserQuerySet:
        """With the roles in force as `in_office`, and status."""
        return self.with_status().with_offices()

    def with_offices(self) -> UserQuerySet:
        """With the roles in force as `in_office`."""
        roles = Membership.objects.in_force().select_related("office")
        in_office = Prefetch(
            "memberships", queryset=roles.order_by("office__name", "role"), to_attr="in_office"
        )
        return self.prefetch_related(in_office)

    def holding(self, perm: Perm) -> UserQuerySet:
        """Those who may do this now, by any of their roles."""
        roles = [role for role, perms in GRANTS.items() if perm in perms]
        by_role = Membership.objects.in_force().filter(user=OuterRef("pk"), role__in=roles)
        return self.filter(Exists(by_role), is_active=True)


class User(Record, AbstractBaseUser, Scoped):
    """A person who signs in. What they may do comes from their memberships, never a flag."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    # Of several own offices the one by whose day this person goes; none: the one held longest.
    day_office = models.ForeignKey(
        Office, models.PROTECT, null=True, editable=False, related_name="+"
    )

    # In which pages and letters are; none chosen: what the browser asks for.
    language = models.CharField(max_length=8, blank=True, db_default="", editable=False)

    # The first two by `save` alone.
    changeable = ("password", "is_active", "last_login", "day_office", "language")
    names = ("username", "name", "email", "password")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    access = Reference()
    objects = UserManager.from_queryset(UserQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["name", "id"], name="accounts_user_by_name"),
            models.Index(fields=["-created_at", "-id"], name="accounts_user_list"),
        ]

    def __str__(self) -> str:
        return self.name

    def describe(self) -> Described:
        """What stands above a form about it: labels and values."""
        return [(_("Person"), self.name), (_("User name"), self.username)]

    def save(self, *args: object, **kwargs: Any) -> None:
        """Vouch for the password and for whether the account is open: the database asks."""
        names = kwargs.get("update_fields")
        if names is not None and not {"password", "is_active"}.intersection(names):
            super().save(*args, **kwargs)
            return
        is_open = str(self.is_active).lower()
        with vouching.vouched("account", self.pk, self.password, is_open):
            super().save(*args, **kwargs)

    @cached_property
    def held(self) -> list[tuple[object, str, str, str | None, bool, bool]]:
        """Office, role, the zone of the office, who runs the program, if it is one, whether the
        office is the global one, and whether it is for practice: asked for at once, what is held
        longest first."""
        if not self.is_active:
            return []
        return _held(self.pk)

    @cached_property
    def roles(self) -> list[tuple[object, str]]:
        """The (office, role) pairs in force now. Nobody who left has any."""
        return [(office, role) for office, role, *_more in self.held]

    @property
    def globally(self) -> set[Any]:
        """Of the own offices the one to whose members every office is their own."""
        return {held[0] for held in self.held if held[IS_GLOBAL]}

    @property
    def practises(self) -> bool:
        """Whether this person works in an office for practice, and so in no other one."""
        return any(held[IS_PRACTICE] for held in self.held)

    @cached_property
    def zones(self) -> dict[object, tzinfo]:
        """The own offices with their zones, the one held longest first. Neither a program nor the
        global office has one: they go by UTC."""
        own = [row for row in self.held if row[RUN_BY] is None and not row[IS_GLOBAL]]
        return {office: clock.zone_named(name) for office, _role, name, *_more in own}

    @property
    def goes_by(self) -> Any:
        """The office whose clock tells what day it is for this person: the chosen one while it is
        an own one, else the one held longest. None: UTC."""
        return (
            self.day_office_id if self.day_office_id in self.zones else next(iter(self.zones), None)
        )

    @property
    def zone(self) -> tzinfo:
        """Whose clock tells what day it is for this person."""
        return self.zones.get(self.goes_by, UTC)

    @cached_property
    def permissions(self) -> frozenset[Perm]:
        given = frozenset().union(*(GRANTS[role] for _office, role in self.roles))
        if self.practises:
            given -= NOT_IN_PRACTICE
        is_outside = any(held[RUN_BY] == RunBy.OUTSIDE for held in self.held)
        return given & VERBS_OF_OTHERS if is_outside else given

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and perm in self.permissions

    def act_with(self, verbs: frozenset[Perm]) -> None:
        """Hold, for the rest of this request, no more than these: what a key says."""
        self.__dict__["permissions"] = self.permissions & verbs

    @cached_property
    def standing(self) -> Standing:
        """How this person stands to single cases."""
        return standing_of(self)

    @cached_property
    def scope(self) -> Scope:
        """What this person may reach; resolved once, so once per request."""
        return scope_of(self)

    @cached_property
    def counting(self) -> CountScope:
        """What this person's figures are made of."""
        return count_scope_of(self)

    @cached_property
    def home_office(self) -> Office | None:
        """Where new cases of this person go: the first office that is not the global one."""
        memberships = Membership.objects.in_force().filter(user=self, office__is_global=False)
        longest = memberships.order_by("started_at", "pk")
        first = longest.select_related("office__jurisdiction").first()
        return first.office if first else None


class MembershipQuerySet(ScopedQuerySet):
    def in_force(self) -> MembershipQuerySet:
        """By the database clock, so that an end takes effect on the next request."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=Now()), started_at__lte=Now())


class Membership(Record, Scoped):
    """A role in an office, from one moment to another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    changeable = ()
    made_by_owner = True  # of a change that two persons decided (core/wall/accounts.sql)
    shown_with = ("user", "office")
    access = Reference()
    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "office", "role"],
                name="accounts_membership_once",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="accounts_membership_ends_after_start",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("started_at")),
            ),
            models.CheckConstraint(
                name="accounts_membership_known_role", condition=Q(role__in=Role.values)
            ),
        ]

    def describe(self) -> Described:
        role = (_("Role"), f"{self.get_role_display()}, {self.office}")
        return [*self.user.describe(), role]


HELD = (
    *("office_id", "role", "office__jurisdiction__time_zone"),
    *("user__service_account__run_by", "office__is_global", "office__is_practice"),
)
RUN_BY, IS_GLOBAL, IS_PRACTICE = 3, 4, 5


def roles_of(person: object) -> MembershipQuerySet:
    return Membership.objects.in_force().filter(user=person)


_held = Prepared(lambda person: roles_of(person).order_by("started_at", "pk").values_list(*HELD))
