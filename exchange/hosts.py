"""Hosts that messages may be sent to: those of the operators, and those that two administrators
allowed.

Whoever names a host sends ids of cases to it, and a stolen account could: so a second one says yes,
and the database refuses a yes that did not have two. Taking it back needs one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core import refusals
from core.access import Held, Scoped, ScopedQuerySet
from core.models import Record

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# A name of the world outside: at least two parts, the last of letters; never a number.
NAME = r"\A(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z"
known_name = RegexValidator(
    NAME, refusals.gettext_lazy("A host is expected, like hooks.example.org.")
)


class HostQuerySet(ScopedQuerySet):
    def standing(self) -> HostQuerySet:
        """Asked for or allowed, and not ended."""
        return self.filter(ended_at=None)

    def allowed(self) -> HostQuerySet:
        return self.standing().filter(allowed_at__isnull=False)


class WebhookHost(Record, Scoped):
    """A host that messages may be sent to from when a second administrator allowed it."""

    host = models.CharField(_("Host"), max_length=253, validators=[known_name])
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    allowed_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    allowed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    changeable = ("allowed_by", "allowed_at", "ended_at")
    shown_with = ("asked_by", "allowed_by")
    access = Held(Perm.WEBHOOK_MANAGE)
    objects = HostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["host"], name="exchange_webhookhost_once", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="exchange_webhookhost_second_person",
                condition=Q(allowed_by=None, allowed_at=None)
                | Q(allowed_at__isnull=False, allowed_by__isnull=False)
                & ~Q(allowed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="exchange_webhookhost_is_a_name",
                condition=Q(host__regex=NAME),
            ),
        ]

    def __str__(self) -> str:
        return self.host

    def get_absolute_url(self) -> str:
        return reverse("exchange:webhooks")

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [(_("Host"), self.host), (_("Asked by"), self.asked_by)]
