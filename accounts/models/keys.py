"""Programs that call: their accounts, and the keys with which they do."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.key_scopes import OF_OTHERS, KeyScope, RunBy, verbs_of
from accounts.permissions import Perm
from core.access import Held, Scoped, ScopedQuerySet
from core.models import Record

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models.changes import Described


class ServiceAccount(Record, Scoped):
    """A program that works with us: a user nobody signs in as, and who answers for it.

    Its roles come from memberships like those of a person, so from two persons. Who runs it is said
    once, so that no role is confirmed for a program of ours that others run later.
    """

    user = models.OneToOneField(
        "accounts.User", on_delete=models.PROTECT, related_name="service_account"
    )
    purpose = models.CharField(_("What it is for"), max_length=200)
    owner = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="programs",
        verbose_name=_("Who answers for it"),
    )
    run_by = models.CharField(
        _("Who runs it"),
        max_length=10,
        choices=RunBy,
        help_text=_(
            "A program that others run reads nothing about people and no figures. This cannot be"
            " changed later."
        ),
    )

    changeable = ()
    names = ("purpose",)
    access = Held(Perm.KEY_ISSUE)
    named_with = ("owner", "user")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_program_answered_for_by_another", condition=~Q(owner=F("user"))
            ),
            models.CheckConstraint(
                name="accounts_program_run_by_somebody", condition=Q(run_by__in=RunBy.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("people:program", args=[self.pk])

    def describe(self) -> Described:
        return [(_("Account"), self.user.name)]

    @property
    def is_outside(self) -> bool:
        return self.run_by == RunBy.OUTSIDE

    @property
    def words(self) -> list[KeyScope]:
        """What its keys may say."""
        words = OF_OTHERS if self.is_outside else KeyScope
        return [word for word in words if settings.ORGANISATION or word != KeyScope.OFF_BOARD]


class ApiKeyQuerySet(ScopedQuerySet):
    def in_force(self) -> ApiKeyQuerySet:
        """By the database clock: neither revoked nor expired, of a user who is active."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=Now(), user__is_active=True)


class ApiKey(Record, Scoped):
    """A key with which a program acts as its user. Only a digest of it is kept."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="api_keys")
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.BinaryField()
    scopes = ArrayField(  # null: everything its user may do
        models.CharField(max_length=20, choices=KeyScope), null=True
    )
    networks = ArrayField(models.CharField(max_length=43), default=list)  # empty: from anywhere
    # Of whose people it may close accounts: the issuer of the organisation's provider.
    provider = models.CharField(max_length=200, blank=True, editable=False, db_default="")
    issued_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="successor"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    changeable = ("expires_at", "revoked_at", "last_used_at")
    names = ("digest",)
    shown_with = ("user__service_account",)
    access = Held(Perm.KEY_ISSUE)
    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-created_at"], name="accounts_key_of_user")]

    def __str__(self) -> str:
        return self.prefix

    @property
    def account_url(self) -> str:
        """The page of its program, which not everyone may open: no notice leads there."""
        account = getattr(self.user, "service_account", None)
        return account.get_absolute_url() if account else reverse("people:programs")

    def describe(self) -> Described:
        return [(_("Account"), self.user.name), (_("Key"), f"cw_{self.prefix}_…")]

    @property
    def verbs(self) -> frozenset[Perm] | None:
        """What the key says, at most; nothing said: all that its user may do."""
        return None if self.scopes is None else verbs_of(self.scopes)

    @property
    def said(self) -> list[str] | None:
        """The same in words."""
        return (
            None if self.scopes is None else [str(KeyScope(scope).label) for scope in self.scopes]
        )

    def is_open_to(self, address: str) -> bool:
        """Whether a call may come from this address. One that is not known is on no list."""
        if not self.networks:
            return True
        try:
            caller = ip_address(address)
        except ValueError:
            return False
        caller = getattr(caller, "ipv4_mapped", None) or caller
        return any(caller in ip_network(network) for network in self.networks)

    def is_in_force(self, now: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > now
