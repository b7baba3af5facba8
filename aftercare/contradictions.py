"""What records of care must not say: given in the future, assessed before there was a plan."""

from __future__ import annotations

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.contradictions import happened
from core.contradictions import Rule, declare

BEFORE_PLAN = _("This lies before the plan was opened.")
BEFORE_CLOSING = _("This lies before the plan was closed.")
BEFORE_AWARD = _("Nothing is paid before the award.")
BEFORE_CERTIFICATE = _("Nothing is paid before the certificate was issued.")


def _before_plan(field: str) -> Rule:
    return Rule(
        "before_plan", field, BEFORE_PLAN, lambda: Q(**{f"{field}__lt": F("plan__opened_on")})
    )


declare(
    "aftercare.Assessment",
    Rule(
        "assessed_before_plan",
        "assessed_on",
        BEFORE_PLAN,
        lambda: Q(assessed_on__lt=F("plan__opened_on")),
    ),
)
declare("aftercare.Goal", _before_plan("ended_on"))
declare("aftercare.PlanReview", _before_plan("reviewed_on"))
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
