"""What records of care must not say: given in the future, assessed before there was a plan."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q

from aftercare.enums import AssessmentStatus
from aftercare.models import CarePlan
from casework.contradictions import happened
from core.contradictions import Rule, declare
from core.refusals import gettext_lazy as _
from victims.contradictions import BEFORE_RESCUE

BEFORE_PLAN = _("This is before the plan was opened.")
AFTER_CLOSING = _("This is after the plan was closed.")
BEFORE_CLOSING = _("This is before the plan was closed.")
BEFORE_AWARD = _("A payment cannot be before the award.")
BEFORE_CERTIFICATE = _("A payment cannot be before the certificate was issued.")
FORMER_LASTS = _("The former plan was closed after that day.")
TARGET_EARLY = _("A goal cannot be due before the plan was opened.")


def _before_plan(field: str) -> Rule:
    return Rule(
        "before_plan", field, BEFORE_PLAN, lambda: Q(**{f"{field}__lt": F("plan__opened_on")})
    )


def _former_lasts() -> Exists:
    others = CarePlan.objects.filter(involvement=OuterRef("involvement"))
    lasting = Q(closed_on__isnull=True) | Q(closed_on__gt=OuterRef("opened_on"))
    return Exists(others.filter(lasting, opened_on__lt=OuterRef("opened_on")))


declare(
    "aftercare.Placement",
    Rule(
        "before_rescue",
        "since",
        BEFORE_RESCUE,
        lambda: Q(since__lt=F("involvement__rescue__occurred_on")),
    ),
)
declare("aftercare.CarePlan", Rule("former_lasts", "opened_on", FORMER_LASTS, _former_lasts))
declare(
    "aftercare.Assessment",
    Rule(
        "assessed_before_plan",
        "assessed_on",
        BEFORE_PLAN,
        lambda: Q(assessed_on__lt=F("plan__opened_on")),
    ),
    Rule(
        "assessed_after_closing",
        "assessed_on",
        AFTER_CLOSING,
        lambda: Q(assessed_on__gt=F("plan__closed_on")) & ~Q(status=AssessmentStatus.DROPPED),
    ),
)
declare(
    "aftercare.Goal",
    _before_plan("ended_on"),
    Rule(
        "target_before_plan",
        "target_on",
        TARGET_EARLY,
        lambda: Q(target_on__lt=F("plan__opened_on")),
    ),
)
declare(
    "aftercare.PlanReview",
    _before_plan("reviewed_on"),
    Rule(
        "after_closing",
        "reviewed_on",
        AFTER_CLOSING,
        lambda: Q(reviewed_on__gt=F("plan__closed_on")),
    ),
)
declare(
    "aftercare.FollowUp",
    Rule(
        "before_closing",
        "done_on",
        BEFORE_CLOSING,
        lambda: Q(done_on__lt=F("plan__closed_on")),
    ),
)
declare(
    "aftercare.ClaimPayment",
    Rule("before_award", "paid_on", BEFORE_AWARD, lambda: Q(paid_on__lt=F("claim__answered_on"))),
)
declare(
    "aftercare.RehabilitationPayment",
    Rule(
        "before_certificate",
        "paid_on",
        BEFORE_CERTIFICATE,
        lambda: Q(paid_on__lt=F("entitlement__certificate__answered_on")),
    ),
)
happened("aftercare.ServiceRecord", "provided_on")
happened("aftercare.Placement", "since", "until")
happened("aftercare.CarePlan", "opened_on", "closed_on")
happened("aftercare.Goal", "ended_on")
happened("aftercare.PlanReview", "reviewed_on")
happened("aftercare.FollowUp", "done_on")
happened("aftercare.Assessment", "assessed_on")
happened("aftercare.ReleaseCertificate", "applied_on", "answered_on")
happened("aftercare.RehabilitationPayment", "paid_on", "reimbursed_on")
happened("aftercare.CompensationClaim", "asked_on", "answered_on")
happened("aftercare.ClaimPayment", "paid_on")
happened("aftercare.Repatriation", "travelled_on", "arrived_on", "cancelled_on")
