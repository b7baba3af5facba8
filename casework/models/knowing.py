"""Who may know of a case beside its office and team, and who must not.

Each row opens or closes one case for a person, with a reason, from one moment to another by the
clock of the database; `open_context` reads the same rows for the second wall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import (
    GLASS_MINUTES,
    ConflictKind,
    ConflictStatus,
    DisclosureStatus,
    GlassFinding,
    GlassStatus,
    LegalBasis,
    Part,
    SealStatus,
)
from casework.models.records import ITS_CASE, CaseRecord
from casework.querysets import (
    ConflictQuerySet,
    DisclosureQuerySet,
    GlassQuerySet,
    SealQuerySet,
)
from core.access import CONTENT, EXISTS, CaseRows, CaseRowsAndOwn
from core.fields import EncryptedTextField

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrOrPromise


def _person(label: Any = None, **more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        "accounts.User", verbose_name=label, on_delete=models.PROTECT, related_name="+", **more
    )


class Seal(CaseRecord):
    """A case closed to everyone it does not name. One person seals; two persons open."""

    status = models.CharField(max_length=10, choices=SealStatus, default=SealStatus.SEALED)
    reason = EncryptedTextField(
        _("Reason"), help_text=_("At least ten characters. Leave names out.")
    )
    sealed_by = _person()
    sealed_at = models.DateTimeField(db_default=Now())
    asked_by = _person(null=True)
    asked_reason = EncryptedTextField(null=True)
    asked_at = models.DateTimeField(null=True)
    opened_by = _person(null=True)
    opened_at = models.DateTimeField(null=True)

    part = "knowing"
    access = CaseRows(EXISTS, Perm.SEAL_VIEW)
    objects: ClassVar[Any] = SealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="casework_seal_one", condition=~Q(status="opened")
            ),
            models.CheckConstraint(
                name="casework_seal_two_persons_open",
                condition=~Q(status="opened")
                | (
                    Q(asked_by__isnull=False, opened_by__isnull=False, opened_at__isnull=False)
                    & ~Q(asked_by=F("opened_by"))
                ),
            ),
        ]


class Conflict(CaseRecord):
    """A person who must not see a case: a relative, a neighbour, a former employer of someone."""

    user = _person(_("Who has the tie"))
    kind = models.CharField(
        _("What ties this person to the case"), max_length=12, choices=ConflictKind
    )
    # The person of the case it is about, where it is one: it follows that person to other cases.
    person_id = models.UUIDField(null=True)
    status = models.CharField(max_length=10, choices=ConflictStatus, default=ConflictStatus.HOLDS)
    declared_by = _person()
    declared_at = models.DateTimeField(db_default=Now())
    lifted_by = _person(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = EncryptedTextField(null=True)

    part, shown_with = "knowing", (*ITS_CASE, "user")
    access = CaseRowsAndOwn(EXISTS, Perm.CONFLICT_VIEW, owner="user")
    objects: ClassVar[Any] = ConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user", "person_id"],
                name="casework_conflict_once",
                condition=Q(status="holds"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="casework_conflict_lifted_by_another",
                condition=Q(status="holds")
                | (
                    Q(lifted_by__isnull=False, lifted_at__isnull=False)
                    & ~Q(lifted_by=F("user"))
                    & ~Q(lifted_by=F("declared_by"))
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["user"], name="casework_conflict_of_user"),
            models.Index(
                fields=["person_id"],
                name="casework_conflict_of_person",
                condition=Q(person_id__isnull=False),
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [(_("Person"), self.user.name), (_("Tie"), self.get_kind_display())]


class Disclosure(CaseRecord):
    """What of a case an outside prosecutor may read, on which legal basis, and until when."""

    user = _person(_("Prosecutor"))
    parts = ArrayField(
        models.CharField(max_length=12, choices=Part),
        verbose_name=_("What is opened"),
        help_text=_("No more than the legal basis covers."),
    )
    basis = models.CharField(_("Legal basis"), max_length=12, choices=LegalBasis)
    document = EncryptedTextField(
        _("Document"), help_text=_("The number of the order or letter, as the court gives it.")
    )
    reason = EncryptedTextField(_("Reason"), help_text=_("The person who confirms it reads this."))
    named = models.BooleanField(default=False)  # made while sealed, by someone the case names
    status = models.CharField(
        max_length=10, choices=DisclosureStatus, default=DisclosureStatus.PROPOSED
    )
    proposed_by = _person()
    expires_at = models.DateTimeField()
    confirmed_by = _person(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_by = _person(null=True)
    ended_at = models.DateTimeField(null=True)

    access = CaseRowsAndOwn(CONTENT, Perm.DISCLOSURE_VIEW, owner="user", shown=Perm.CASE_VIEW)
    part, shown_with = "disclosures", (*ITS_CASE, "user", "proposed_by")
    objects: ClassVar[Any] = DisclosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_disclosure_two_persons",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="casework_disclosure_confirmed_by_someone",
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_disclosure_of_known_parts",
                condition=Q(parts__len__gt=0) & Q(parts__contained_by=Part.values),
            ),
            # A name is reached through the person's part in the case.
            models.CheckConstraint(
                name="casework_disclosure_identity_needs_people",
                condition=~Q(parts__contains=["identity"]) | Q(parts__contains=["people"]),
            ),
        ]
        indexes = [models.Index(fields=["user"], name="casework_disclosure_of_user")]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        last = date_format(self.case.jurisdiction.clock(self.expires_at), "j M Y")
        return [
            (_("Prosecutor"), self.user.name),
            (_("What is opened"), ", ".join(str(Part(part).label) for part in self.parts)),
            (_("Legal basis"), self.get_basis_display()),
            (_("Document"), self.document),
            (_("Open until the end of"), last),
            (_("Reason"), self.reason),
            (_("Proposed by"), self.proposed_by.name),
        ]


class BreakGlass(CaseRecord):
    """Emergency reading of one case, for an hour at most; reviewed afterwards by someone else.

    It opens the case to the session that confirmed who asks, not to that person's keys.
    """

    user = _person()
    session = models.UUIDField(null=True, editable=False)
    reason = EncryptedTextField(
        _("Why now, and why you"),
        help_text=_("Say who is in danger and what you must look up. Use codes, not names."),
    )
    status = models.CharField(max_length=10, choices=GlassStatus, default=GlassStatus.OPEN)
    started_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(db_default=Now() + GLASS_MINUTES)
    ended_at = models.DateTimeField(null=True)
    reviewed_by = _person(null=True)
    reviewed_at = models.DateTimeField(null=True)
    finding = models.CharField(_("Finding"), max_length=12, choices=GlassFinding, blank=True)
    remark = EncryptedTextField(
        _("Remark"), null=True, help_text=_("Whom you asked, and what you were told.")
    )

    access = CaseRowsAndOwn(EXISTS, Perm.GLASS_VIEW, owner="user", shown=Perm.CASE_VIEW)
    objects: ClassVar[Any] = GlassQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_breakglass_an_hour_at_most",
                condition=Q(expires_at__lte=F("started_at") + GLASS_MINUTES),
            ),
            models.CheckConstraint(
                name="casework_breakglass_reviewed_by_another",
                condition=~Q(status="reviewed")
                | (
                    Q(reviewed_by__isnull=False, reviewed_at__isnull=False)
                    & ~Q(reviewed_by=F("user"))
                    & ~Q(finding="")
                ),
            ),
        ]
        indexes = [models.Index(fields=["user"], name="casework_breakglass_of_user")]

    def get_absolute_url(self) -> str:
        return reverse("casework:emergencies")

    @property
    def over_at(self) -> datetime:
        """When nothing was open by it any more, at the latest."""
        return min(at for at in (self.ended_at, self.reviewed_at, self.expires_at) if at)
