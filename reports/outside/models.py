"""To whom outside released figures go, and each letter with one of them.

Whoever lets figures out also says to whom: one person proposes an address, a second one confirms
it. An address is never changed, or one person alone would turn it into another: it ends, and a new
one is proposed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.permissions import Perm
from accounts.roles import GRANTS
from core.access import Access, Held, Scoped, ScopedQuerySet
from core.days import clock
from core.fields import EncryptedTextField
from core.models import Record
from reports.base import report_of
from reports.publishing.models import Verdict
from reports.schedules.models import Schedule

if TYPE_CHECKING:
    from typing import Any

    from accounts.models.changes import Described
    from accounts.models.offices import OfficeQuerySet

AGAIN = timedelta(hours=1)  # after the mail server refused it
MOST_TRIES = 24


def offices_of(person: User, perm: Perm) -> OfficeQuerySet:
    """The offices for which this person may do it; nothing leaves one that is for practice."""
    held = {office for office, role in person.roles if perm in GRANTS[role]}
    rows: OfficeQuerySet = Office.objects.real()
    return rows if held & person.globally else rows.filter(pk__in=held)


class OfOwnOffices(Access):
    """For those who let figures of its office out."""

    view = Perm.RELEASE_DECIDE

    def scope(self, rows: Any, user: Any) -> ScopedQuerySet:
        return rows.filter(office__in=offices_of(user, Perm.RELEASE_DECIDE))


class OutsideAddressQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        """Confirmed, not ended, of an office that is open."""
        is_open = Q(office__closed_on__isnull=True) | Q(office__closed_on__gt=clock.today())
        return self.filter(is_open, confirmed_at__isnull=False, ended_at__isnull=True)


class OutsideAddress(Record, Scoped):
    """Where a funder, a ministry or an office of the UN gets released figures."""

    office = models.ForeignKey(
        "accounts.Office",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Office"),
        help_text=_("People of this office confirm it and can end it."),
    )
    organisation = models.CharField(_("Organisation"), max_length=120)
    contact = EncryptedTextField(_("Contact"))
    email = EncryptedTextField(_("E-mail address"))
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES)
    purpose = models.CharField(
        _("Why it gets figures"),
        max_length=140,
        help_text=_("One line. Do not write about a case."),
    )
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    # Not where it leads: a second person confirmed that.
    changeable = ("confirmed_by", "confirmed_at", "ended_by", "ended_at")
    names = ("organisation", "purpose")
    shown_with = ("office", "proposed_by", "confirmed_by", "ended_by")
    access = OfOwnOffices()
    objects = OutsideAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reports_outsideaddress_second_person",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="reports_outsideaddress_confirmed_by_someone",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reports_outsideaddress_ended_by_someone",
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="reports_outsideaddress_newest"),
        ]

    def __str__(self) -> str:
        return self.organisation

    def get_absolute_url(self) -> str:
        return reverse("reports:outside-address", args=[self.pk])

    @property
    def state(self) -> object:
        if self.ended_at:
            return _("Ended")
        return _("Confirmed") if self.confirmed_at else _("Waits for a second person")

    def describe(self) -> Described:
        return [
            (_("Organisation"), self.organisation),
            (_("Contact"), self.contact or "–"),
            (_("E-mail address"), self.email),
            (_("Language"), dict(settings.LANGUAGES)[self.language]),
            (_("Why it gets figures"), self.purpose),
            (_("Office"), str(self.office)),
            (_("Proposed by"), self.proposed_by.name),
            *([(_("Confirmed by"), self.confirmed_by.name)] if self.confirmed_by else []),
            *([(_("Ended by"), self.ended_by.name)] if self.ended_by else []),
        ]


class ReleaseLetterQuerySet(ScopedQuerySet):
    def let_out(self) -> Self:
        """Of tables that a second person let out."""
        return self.filter(proposal__release__isnull=False)

    def due(self) -> Self:
        """Of tables that were let out, to whom it may still be sent: asked again before each one.

        The address is in force, and the regular report goes on and still names it.
        """
        named = Schedule.objects.running().filter(
            pk=OuterRef("schedule"), outside__contains=[OuterRef("address")]
        )
        in_force = OutsideAddress.objects.in_force().filter(pk=OuterRef("address"))
        rested = Q(refused_at__isnull=True) | Q(refused_at__lt=Now() - AGAIN)
        waits = Q(sent_at__isnull=True, refusals__lt=MOST_TRIES)
        return self.let_out().filter(waits, rested, Exists(in_force), Exists(named))

    def shown(self) -> Self:
        """With what is said of each, the newest first."""
        beside = ("address__office", "proposal__snapshot", "proposal__release", "schedule")
        return self.select_related(*beside).order_by("-created_at", "-id")


class ReleaseLetter(Record, Scoped):
    """A released table goes to one outside address; written when the release is proposed.

    `refusals`: how often the mail server did not take it, the last time at `refused_at`.
    """

    proposal = models.ForeignKey(
        "reports.ReleaseProposal", on_delete=models.PROTECT, related_name="letters"
    )
    address = models.ForeignKey(OutsideAddress, on_delete=models.PROTECT, related_name="letters")
    schedule = models.ForeignKey(
        "reports.Schedule", on_delete=models.PROTECT, related_name="letters"
    )
    sent_at = models.DateTimeField(null=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    refused_at = models.DateTimeField(null=True)

    changeable = ("sent_at", "refusals", "refused_at")
    access = Held(Perm.RELEASE_VIEW)
    objects = ReleaseLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "address"], name="reports_releaseletter_once"
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="reports_releaseletter_newest"),
            models.Index(
                fields=["created_at"],
                name="reports_releaseletter_waiting",
                condition=Q(sent_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        proposal = self.proposal
        is_out = proposal.outcome == Verdict.APPROVED
        return str((proposal.release if is_out else proposal).get_absolute_url())

    @property
    def title(self) -> object:
        return report_of(self.proposal.snapshot).title

    @property
    def is_off(self) -> bool:
        """Nothing will go there: the address or the regular report ended, or left it out."""
        address, schedule = self.address, self.schedule
        closed = address.office.closed_on
        return bool(
            address.ended_at
            or schedule.stopped_at
            or address.pk not in schedule.outside
            or (closed and closed <= clock.today())
        )

    @property
    def state(self) -> object:
        """What became of it, in words."""
        proposal = self.proposal
        if self.sent_at:
            return _("Sent")
        if proposal.outcome in {Verdict.REFUSED, Verdict.WITHDRAWN}:
            return proposal.get_outcome_display()
        if self.is_off:
            return _("Not sent: it was ended before")
        if self.refusals >= MOST_TRIES:
            return _("The mail server did not take it")
        if self.refusals:
            return _("The mail server did not take it; tried again each hour")
        return _("Waiting to be sent") if proposal.outcome else _("Waits for a second person")
