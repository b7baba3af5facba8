"""What records of care must not say: given in the future, assessed before there was a plan."""

from __future__ import annotations

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.contradictions import happened
from core.contradictions import Rule, declare

declare(
    "aftercare.Assessment",
    Rule(
        "assessed_before_plan",
        "assessed_on",
        _("This lies before the plan was opened."),
        lambda: Q(assessed_on__lt=F("plan__opened_on")),
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
