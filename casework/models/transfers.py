"""Handing a case to another person or another office. Until it is taken over, nothing moves."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import TransferStatus
from casework.models.records import CaseRecord
from casework.querysets import TransferQuerySet
from core.access import CONTENT, EXISTS, IDENTITY, SEALED, CaseRows
from core.fields import EncryptedTextField

if TYPE_CHECKING:
    from accounts.models import User


def _person(label: Any = None, **more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        "accounts.User", verbose_name=label, on_delete=models.PROTECT, related_name="+", **more
    )


class TransferRows(CaseRows):
    """Rows of a case; beside them, to who may answer it, an offer that waits or that they answered.

    Said once more, apart from this, in `core/wall/transfers.sql`.
    """

    def reach(self, user: Any) -> Q:
        known = Q(status=TransferStatus.WAITING) | Q(decided_by=user.pk)
        return super().reach(user) | (self.offered(user) & known)

    def offered(self, user: User) -> Q:
        """To this person in the case's own office, or to an office this person manages."""
        scope = user.scope
        to_me = Q(to_person=user.pk, office__any_of=scope.offices[EXISTS])
        to_me |= Q(to_office__any_of=scope.offices[IDENTITY])
        free = ~Q(case__any_of=scope.conflicts) if scope.conflicts else Q()
        return Q(level__lt=SEALED) & to_me & free


class Transfer(CaseRecord):
    """One case offered to a person of its office, or to another office."""

    shown_with = ()  # who is offered a case may not see it yet

    batch = models.UUIDField(default=uuid.uuid4)  # the cases of a caseload share it
    to_person = _person(_("To a person of the office"), null=True)
    to_office = models.ForeignKey(
        "accounts.Office",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Or to another office"),
    )
    from_person = _person(
        _("In the place of"),
        null=True,
        help_text=_(
            "The person who leaves the team, with their open tasks. Leave empty for another office."
        ),
    )
    shown = models.JSONField(default=dict)  # of the case, to who has to answer: that it exists
    reason = EncryptedTextField(
        _("Why"), help_text=_("At least ten characters. Use codes, not names.")
    )
    status = models.CharField(max_length=10, choices=TransferStatus, default=TransferStatus.WAITING)
    asked_by = _person()
    asked_at = models.DateTimeField(db_default=Now())
    decided_by = _person(null=True)
    decided_at = models.DateTimeField(null=True)
    answer = EncryptedTextField(null=True)  # why it was refused

    access = TransferRows(CONTENT, Perm.TRANSFER_VIEW)
    objects: ClassVar[Any] = TransferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="casework_transfer_one_waits",
                condition=Q(status="waiting"),
            ),
            models.CheckConstraint(
                name="casework_transfer_to_one",
                condition=Q(to_person__isnull=True, to_office__isnull=False)
                | Q(to_person__isnull=False, to_office__isnull=True),
            ),
            models.CheckConstraint(
                name="casework_transfer_decided_by_someone",
                condition=Q(status="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    status__in=["accepted", "refused", "withdrawn"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="casework_transfer_not_from_and_to_one",
                condition=Q(from_person__isnull=True)
                | Q(to_person__isnull=True)
                | ~Q(from_person=F("to_person")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_office"],
                name="casework_transfer_to_office",
                condition=Q(status="waiting"),
            ),
            models.Index(
                fields=["to_person"],
                name="casework_transfer_to_person",
                condition=Q(status="waiting"),
            ),
            models.Index(fields=["batch"], name="casework_transfer_batch"),
        ]

    def __str__(self) -> str:
        return self.status

    def get_absolute_url(self) -> str:
        return reverse("casework:transfers")
