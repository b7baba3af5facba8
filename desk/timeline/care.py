"""Help, where survivors sleep, what they are owed, and their journeys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aftercare import models as aid
from aftercare.codes import CertificateStatus, ClaimKind, ClaimStatus, JourneyPurpose
from aftercare.enums import AssessmentStatus, MoveReason, Need, PlanEnd, ReviewResult
from desk.timeline import words
from desk.timeline.facts import AT, facts, place
from desk.timeline.kinds import Kind
from desk.timeline.stream import Source
from desk.timeline.words import labelled

if TYPE_CHECKING:
    from accounts.models import User


def counted(_user: User) -> Q:
    return Q(not_counted="")


care = partial(Source, kind=Kind.CARE, icon="hand-heart", link="care", person="involvement")
owed = partial(care, icon="file-text", link="care")
journey = partial(care, icon="map-pin", link="care")

REFERRED = labelled(_("Referred"), Need, "need")
PAPER = labelled(_("Release certificate"), CertificateStatus, "status")
TRANSFER = facts("amount", "payer", "tranche", currency="entitlement__rate__scheme__currency")
ASKED = labelled(_("Compensation asked for"), ClaimKind, "kind")
CLAIM_ANSWER = labelled(_("Claim for compensation"), ClaimStatus, "status")
WAY = facts("purpose") | place("destination")
LEAVES = labelled(_("Journey planned"), JourneyPurpose, "purpose")
PLACED = facts("kind", provider="provider__name")
MOVED = labelled(_("Left the place"), MoveReason, "ended_for")
PLAN_END = labelled(_("Care plan closed"), PlanEnd, "closed_for")
REVIEWED = labelled(_("Care plan looked at again"), ReviewResult, "result")
CALLED = facts("months", "contact_lost", "safe")

# name, model, day, words, facts
SOURCES = (
    care("referral", aid.Referral, "sent_at", REFERRED, facts("need", provider="provider__name")),
    care(
        "service",
        aid.ServiceRecord,
        "provided_on",
        words.service,
        facts("kind", provider="provider__name"),
    ),
    owed(
        "certificate",
        aid.ReleaseCertificate,
        "applied_on",
        _("Certificate applied for"),
        AT,
    ),
    owed("certificate-answer", aid.ReleaseCertificate, "answered_on", PAPER, facts("status") | AT),
    owed(
        "scheme-payment",
        aid.RehabilitationPayment,
        "paid_on",
        words.scheme_payment,
        TRANSFER,
        where=counted,
        person="entitlement__involvement",
    ),
    owed(
        "given-back",
        aid.RehabilitationPayment,
        "reimbursed_on",
        _("Returned by the central government to the state"),
        where=counted,
        person="entitlement__involvement",
    ),
    owed("claim", aid.CompensationClaim, "asked_on", ASKED, facts("kind") | AT),
    owed("claim-answer", aid.CompensationClaim, "answered_on", CLAIM_ANSWER, facts("status")),
    owed(
        "claim-payment",
        aid.ClaimPayment,
        "paid_on",
        words.payment,
        facts("amount", currency="claim__currency"),
        person="claim__involvement",
    ),
    journey("journey", aid.Repatriation, "planned_for", LEAVES, WAY),
    journey("journey-left", aid.Repatriation, "travelled_on", _("Journey begun"), WAY),
    journey("journey-arrived", aid.Repatriation, "arrived_on", _("Journey ended: arrived"), WAY),
    journey("journey-cancelled", aid.Repatriation, "cancelled_on", _("Journey cancelled"), WAY),
    care("placement", aid.Placement, "since", words.placement, PLACED),
    care("placement-end", aid.Placement, "until", MOVED, facts("ended_for") | PLACED),
    care("plan", aid.CarePlan, "opened_on", _("Care plan opened")),
    care("plan-end", aid.CarePlan, "closed_on", PLAN_END, facts("closed_for")),
    care("plan-review", aid.PlanReview, "reviewed_on", REVIEWED, facts("result"), person=""),
    care("follow-up", aid.FollowUp, "done_on", words.follow_up, CALLED, person=""),
    care(
        "assessment",
        aid.Assessment,
        "assessed_on",
        _("Assessment completed"),
        where=Q(status=AssessmentStatus.COMPLETED),
    ),
)
