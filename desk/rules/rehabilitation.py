"""Questions about what survivors are owed, and their journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, DateField, Exists, F, OuterRef, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.codes import CertificateStatus, JourneyStatus, Tranche
from aftercare.models import Entitlement, RehabilitationPayment, ReleaseCertificate, Repatriation
from aftercare.schemes import PAID_WITHIN, RELIEF_WITHIN, with_paid
from casework.enums import Programme
from desk.rules.rule import Rule, Urgency, after
from desk.rules.terms import CERTIFICATE_WITHIN, RECEIVER_AHEAD
from victims.enums import Outcome
from victims.models import Involvement
from victims.persons import also_of_person, has_none

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def without_certificate(_today: date) -> QuerySet[Involvement]:
    """Survivors of bonded labour brought to safety with no certificate, of whatever record or
    case: nobody has two. One that was refused answers for its own case alone."""
    papers = ReleaseCertificate.objects
    refused = papers.filter(involvement=OuterRef("pk"), status=CertificateStatus.REFUSED)
    issued = also_of_person(papers.filter(status=CertificateStatus.ISSUED))
    return Involvement.objects.filter(
        ~Exists(refused),
        has_none(issued),
        case__programme=Programme.BONDED_LABOUR,
        outcome=Outcome.RESCUED,
    )


def unpaid(_today: date) -> QuerySet[Entitlement]:
    """What is owed and not paid in full: first the relief is asked for, then the whole."""
    relief = RehabilitationPayment.objects.filter(
        entitlement=OuterRef("pk"), tranche=Tranche.IMMEDIATE, not_counted=""
    )
    open_ones = with_paid(Entitlement.objects.all()).filter(balance__gt=0)
    return Entitlement.objects.filter(pk__in=open_ones.values("pk")).annotate(
        relieved=Exists(relief)
    )


def without_receiver(_today: date) -> QuerySet[Repatriation]:
    return Repatriation.objects.filter(
        status=JourneyStatus.PLANNED, receiver__isnull=True, provider__isnull=True
    )


_issued = F("certificate__answered_on")
_whole = Cast(_issued + Value(PAID_WITHIN), DateField())
_due = Case(
    When(relieved=True, then=_whole),
    When(rate__immediate=0, then=_whole),
    default=Cast(_issued + Value(RELIEF_WITHIN), DateField()),
    output_field=DateField(),
)

RULES = (
    Rule(
        "certificate-missing",
        _("Ask for the release certificate"),
        _("Open the ledger"),
        "desk:ledger",
        Perm.REHABILITATION_RECORD,
        without_certificate,
        due=after("rescue__occurred_on"),
        term=CERTIFICATE_WITHIN,
        urgency=Urgency.THIS_WEEK,
        about=F("code"),
        after_closing=True,
    ),
    Rule(
        "rehabilitation-late",
        _("Ask for the rehabilitation payment that is late"),
        _("Open the ledger"),
        "desk:ledger",
        Perm.REHABILITATION_RECORD,
        unpaid,
        due=_due,
        urgency=Urgency.THIS_WEEK,
        of="involvement",
        about=F("involvement__code"),
        after_closing=True,
    ),
    Rule(
        "journey-without-receiver",
        _("Find who receives the survivor at the end of the journey"),
        _("Change the plan"),
        "aftercare:change-repatriation",
        Perm.REPATRIATION_RECORD,
        without_receiver,
        due=after("planned_for"),
        term=-RECEIVER_AHEAD,
        about=F("involvement__code"),
    ),
)
