"""How people come to be here, and what it takes to change what they may do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from accounts.roles import Role
from core.access import Held, Scoped, ScopedQuerySet
from core.models import Record

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Described = list[tuple[StrOrPromise, object]]

VALID_FOR = timedelta(hours=72)


class InvitationQuerySet(ScopedQuerySet):
    def open(self) -> InvitationQuerySet:
        """By the database clock: to be sent, or sent and still good."""
        good = Q(expires_at__isnull=True) | Q(expires_at__gt=Now())
        return self.filter(good, used_at__isnull=True, withdrawn_at__isnull=True)


class Invitation(Record, Scoped):
    """A single-use link with which an account's person chooses a password.

    The token is made when the mail is written; only its digest is kept.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="invitations")
    invited_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.BinaryField(null=True, unique=True)
    expires_at = models.DateTimeField(null=True)  # 72 hours after the link was made
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    changeable = ("digest", "expires_at", "used_at", "withdrawn_at")
    names = ("digest",)
    shown_with = ("user",)
    access = Held(Perm.PEOPLE_VIEW)
    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                name="accounts_invitation_one_of_a_person",
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="accounts_invitation_link_expires",
                condition=Q(digest__isnull=True) | Q(expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_invitation_ends_once",
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        ]

    def describe(self) -> Described:
        return self.user.describe()


class ChangeKind(models.TextChoices):
    GIVE = "give", _("Give a role")
    TAKE = "take", _("End a role")
    SECOND_FACTOR = "second_factor", _("Reset the second factor")


class ChangeOutcome(models.TextChoices):
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


_ONE_PERSON = Q(kind=ChangeKind.TAKE)  # the safe direction
_WAITS = Q(outcome="")


class AccountChangeQuerySet(ScopedQuerySet):
    def waiting(self) -> AccountChangeQuerySet:
        """Those a second person has to decide."""
        return self.filter(_WAITS)

    def latest_first(self) -> AccountChangeQuerySet:
        """As lists show them, with the persons named in them."""
        rows = self.select_related(*AccountChange.shown_with)
        return rows.order_by("-asked_at", "-id")


class AccountChange(Record, Scoped):
    """Who asked for a change of somebody's role or second factor, and who decided.

    The database itself refuses a change that gives something and has no second person.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=ChangeKind)
    office = models.ForeignKey(
        "accounts.Office",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Office"),
    )
    role = models.CharField(_("Role"), max_length=20, choices=Role, blank=True)
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=ChangeOutcome, blank=True)

    changeable = ("outcome", "decided_by", "decided_at")
    names = ("reason",)
    shown_with = ("user", "office", "asked_by", "decided_by")
    access = Held(Perm.PEOPLE_VIEW)
    objects = AccountChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_change_not_for_oneself",
                condition=_ONE_PERSON | ~Q(asked_by=F("user")),
            ),
            models.CheckConstraint(
                name="accounts_change_second_person",
                condition=_ONE_PERSON
                | ~Q(outcome=ChangeOutcome.CONFIRMED)
                | ~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("user")),
            ),
            models.CheckConstraint(
                name="accounts_change_decided_by_someone",
                condition=_WAITS & Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(outcome__in=ChangeOutcome.values, decided_by__isnull=False)
                & Q(decided_at__gte=F("asked_at")),
            ),
            models.CheckConstraint(
                name="accounts_change_names_its_role",
                condition=Q(kind=ChangeKind.SECOND_FACTOR, office__isnull=True, role="")
                | Q(kind__in=(ChangeKind.GIVE, ChangeKind.TAKE), office__isnull=False)
                & Q(role__in=Role.values),
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "office", "role"],
                name="accounts_change_asked_once",
                condition=_WAITS,
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["user", "-asked_at"], name="accounts_change_of_user")]

    def __str__(self) -> str:
        return self.kind

    def get_absolute_url(self) -> str:
        return reverse("people:changes")

    def describe(self) -> Described:
        what = [*self.user.describe(), (_("Change"), self.get_kind_display())]
        if self.role:
            what.append((_("Role"), f"{self.get_role_display()}, {self.office}"))
        return [*what, (_("Reason"), self.reason), (_("Asked by"), self.asked_by.name)]
