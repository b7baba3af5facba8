"""The timeline of a case: what happened and what is listed, from every app, in one table.

A line is a source: its rows, the day of theirs, how it is said, and what the words are made of.
Who read and wrote is the history (`desk/readers.py`), not this.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, Subquery, TextChoices, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare import models as aid
from aftercare.codes import CertificateStatus, ClaimKind, ClaimStatus, JourneyPurpose
from aftercare.enums import AssessmentStatus, MoveReason, Need, PlanEnd, ReviewResult
from aftercare.models import (
    Assessment,
    CarePlan,
    FollowUp,
    Placement,
    PlanReview,
    Referral,
    ServiceRecord,
)
from casework.enums import ClosingReason, LinkKind, TransferStatus
from casework.inquiry_codes import StepStatus
from casework.models import (
    Assignment,
    Case,
    CaseLink,
    Closing,
    CustodyEvent,
    Document,
    DocumentVersion,
    InvestigationStep,
    Lead,
    Note,
    OnlineIncident,
    Rescue,
    SiteClosing,
    Transfer,
)
from casework.paper_codes import NoteKind
from desk import timeline_words as words
from desk.stream import Source
from desk.timeline_words import labelled
from prosecutions import models as justice
from prosecutions.enums import (
    Accused,
    AccusedEnd,
    Measure,
    NetworkRole,
    Plea,
    PoliceReportKind,
    Release,
    RequestAnswer,
)
from victims.enums import Outcome, Purpose
from victims.htcds import TraffickingStatus
from victims.models import Consent, Exploitation, Involvement, Withdrawal


class Kind(TextChoices):
    """By what the timeline is narrowed."""

    COURT = "court", _("Court")
    PEOPLE = "people", _("People")
    CARE = "care", _("Care")
    FILE = "file", _("File")


# What is read elsewhere for a row, as far as the reader may.


def count(rows: Any, column: str, view: str) -> Any:
    """How many rows hang on it; None where the reader is not to know."""

    def told(case: Case, user: Any) -> Any:
        if not (user.has_perm(view) and user.scope.reads(case, view)):
            return Value(None)
        mine = rows.visible_to(user).filter(**{column: OuterRef("pk")}).order_by()
        return Coalesce(Subquery(mine.values(column).annotate(n=Count("pk")).values("n")), 0)

    return told


def colleague(path: str) -> Any:
    """The name of one of us; empty for those who are not to know who works on the case."""

    def told(case: Case, user: Any) -> Any:
        known = user.has_perm(Perm.TEAM_VIEW) and user.scope.reads(case, Perm.TEAM_VIEW)
        return F(path) if known else Value("")

    return told


def ends(_case: Case, user: Any) -> Any:
    decisions = justice.ChargeDecision.objects.visible_to(user).filter(judgment=OuterRef("pk"))
    return ArraySubquery(decisions.values("disposition"))


def facts(*columns: str, **paths: Any) -> dict[str, Any]:
    return {column: column for column in columns} | paths


# How the lines of one part of the file look.

court = partial(Source, kind=Kind.COURT, icon="gavel", link="court")
asked = partial(court, icon="send", link="requests")
charge = partial(court, person="suspect")
suspect = partial(Source, kind=Kind.PEOPLE, icon="lock", link="suspects", person="suspect")
survivor = partial(Source, kind=Kind.PEOPLE, icon="users", link="survivors", person="involvement")
in_court = partial(survivor, link="taking-part")
agreed = partial(survivor, icon="hand-heart")
protection = partial(in_court, icon="shield")
way = partial(Source, kind=Kind.PEOPLE, icon="map-pin", link="borders")
care = partial(Source, kind=Kind.CARE, icon="hand-heart", link="care", person="involvement")
owed = partial(care, icon="file-text", link="ledgers")
journey = partial(care, icon="map-pin", link="ledgers")
file = partial(Source, kind=Kind.FILE, icon="file-text")
team = partial(file, icon="circle-user-round", link="team")
inquiry = partial(Source, kind=Kind.FILE, icon="search", link="inquiry")
online = partial(Source, kind=Kind.PEOPLE, icon="eye-off", link="online")
site = partial(file, icon="building-2", link="sites")
paper = partial(file, link="documents")
rescue = partial(Source, kind=Kind.PEOPLE, icon="life-buoy", link="rescues")

LAW = facts(statute="provision__statute", provision="provision__number")
NEW_LAW = facts(statute="final_provision__statute", provision="final_provision__number")
AT = facts(agency="agency__name", place="jurisdiction__name")
FILED = facts("docket", court="court__name", place="jurisdiction__name")
HEARD = facts(court="prosecution__court__name", place="prosecution__jurisdiction__name")
LISTED = facts("purpose", "result", "adjourned_for") | HEARD
STAGE = facts("stage", code="prosecution__jurisdiction__code") | HEARD
REPORTED = facts("kind", complaint="complaint__number")
PAID = facts("amount", currency="sentence__currency")
MOMENT = {"zone": "jurisdiction__time_zone"}
BROUGHT_OUT = Involvement.objects.filter(outcome=Outcome.RESCUED)
OPERATION = MOMENT | {
    "people": count(BROUGHT_OUT, "rescue", Perm.VICTIM_VIEW),
    "arrests": count(justice.Arrest.objects.all(), "rescue", Perm.SUSPECT_VIEW),
    "by": colleague("led_by__name"),
    "place": "jurisdiction__name",
}
MEMBER = {"by": colleague("user__name")}
PLEA = labelled(_("Plea"), Plea, "plea")
POLICE = labelled(_("Police"), PoliceReportKind, "kind")
ANSWER = labelled(_("Answer to a request"), RequestAnswer, "answer")
RELEASE = labelled(_("Custody ended"), Release, "ended")
MEMBERSHIP = labelled(_("Member of a network"), NetworkRole, "role")
WANTED = labelled(_("Protection asked for"), Measure, "kind")
ACCUSED = labelled(_("Accused herself"), Accused, "offence")
CLEARED = labelled(_("Accusation of a survivor"), AccusedEnd, "ended")
REFERRED = labelled(_("Referred"), Need, "need")
NOTED = labelled(_("Note"), NoteKind, "kind")
ENDED = labelled(_("Case closed"), ClosingReason, "reason")
REOPENED = Q(reopened_on__isnull=False)  # of a case that is closed, the case itself tells
HANDED = facts(agency="to_office__name") | {"by": colleague("decided_by__name")}
TAKEN_OVER = Q(status=TransferStatus.ACCEPTED)
CONSENT = labelled(_("Consent given"), Purpose, "purpose")
UNCONSENT = labelled(_("Consent withdrawn"), Purpose, "purpose")
FOUND = labelled(_("Found to be"), TraffickingStatus, "status")
LINKED = labelled(_("Linked with another case"), LinkKind, "kind")
TRANSFER = facts("amount", "payer", "tranche", currency="entitlement__rate__scheme__currency")
ASKED = labelled(_("Compensation asked for"), ClaimKind, "kind")
CLAIM_ANSWER = labelled(_("Claim for compensation"), ClaimStatus, "status")
PAPER = labelled(_("Release certificate"), CertificateStatus, "status")
WAY = facts("purpose", place="destination__name")
LEAVES = labelled(_("Journey planned"), JourneyPurpose, "purpose")
PLACED = facts("kind", provider="provider__name")
MOVED = labelled(_("Left the place"), MoveReason, "ended_for")
PLAN_END = labelled(_("Care plan closed"), PlanEnd, "closed_for")
REVIEWED = labelled(_("Care plan looked at again"), ReviewResult, "result")
CALLED = facts("months", "contact_lost", "safe")
SITE = {"code": "site__code"}
CLOSED = SITE | {"agency": "closed_by__name"}
PLACE = {"place": "jurisdiction__name"}
PASSED = {"agency": "passed_to__name"}
STEP = facts("code", "kind")
PLAN = Q(status=StepStatus.PLANNED)
INCIDENT = facts("code", "media")
TERM = facts("life", "months", "suspended")


def known_link(user: Any) -> Q:
    """A link in force whose other case the reader may know of: no case is betrayed by its twin."""
    return Q(pk__in=CaseLink.objects.known_to(user).in_force())


def counted(_user: Any) -> Q:
    return Q(not_counted="")


# name, model, day, words, facts
SOURCES = (
    court("complaint", justice.Complaint, "filed_on", words.complaint, facts("number") | AT),
    court("police-report", justice.PoliceReport, "reported_on", POLICE, REPORTED),
    court("prosecution", justice.Prosecution, "filed_on", words.prosecution, FILED),
    court("stage", justice.StageReached, "reached_on", words.stage, STAGE),
    court("hearing", justice.Hearing, "listed_on", words.hearing, LISTED, hour="listed_at"),
    charge("charge", justice.Charge, "filed_on", _("Charge filed"), LAW),
    charge("framed", justice.Charge, "framed_on", _("Charge framed"), LAW),
    charge("plea", justice.Charge, "pleaded_on", PLEA, facts("plea") | LAW),
    charge("amended", justice.Charge, "amended_on", _("Charge amended"), NEW_LAW),
    court(
        "judgment",
        justice.Judgment,
        "decided_on",
        words.judgment,
        facts("instance", ends=ends) | HEARD,
    ),
    charge("sentence", justice.Sentence, "judgment__decided_on", words.sentence, TERM),
    court("appeal", justice.Appeal, "filed_on", _("Appeal filed")),
    court("appeal-withdrawn", justice.Appeal, "withdrawn_on", _("Appeal withdrawn")),
    court("payment", justice.CompensationPayment, "paid_on", words.payment, PAID),
    asked(
        "request",
        justice.AssistanceRequest,
        "asked_on",
        words.request,
        facts("kind", "direction") | AT,
    ),
    asked("answer", justice.AssistanceRequest, "answered_on", ANSWER, facts("answer") | AT),
    rescue("rescue", Rescue, "occurred_on", words.rescue, OPERATION, moment="occurred_at"),
    suspect("arrest", justice.Arrest, "arrested_on", _("Arrested"), facts(agency="agency__name")),
    suspect("custody", justice.Custody, "since", _("Taken into custody")),
    suspect("release", justice.Custody, "ended_on", RELEASE, facts("ended")),
    suspect("member", justice.NetworkMember, "known_on", MEMBERSHIP, facts("role")),
    way("corridor", justice.Corridor, "created_at", _("Way people were taken recorded")),
    in_court(
        "part",
        justice.Participation,
        "happened_on",
        words.part,
        facts("kind", place="travelled_from__name"),
    ),
    protection("protection", justice.ProtectiveMeasure, "asked_on", WANTED, facts("kind")),
    protection(
        "protection-answer",
        justice.ProtectiveMeasure,
        "answered_on",
        words.protection,
        facts("kind", "answer"),
    ),
    in_court("accusation", justice.Accusation, "accused_on", ACCUSED, facts("offence")),
    in_court("accusation-end", justice.Accusation, "ended_on", CLEARED, facts("ended")),
    agreed("consent", Consent, "given_on", CONSENT, facts("purpose")),
    agreed("consent-withdrawn", Consent, "withdrawn_on", UNCONSENT, facts("purpose")),
    agreed(
        "withdrawal-told", Withdrawal, "told_on", _("A recipient heard that consent is withdrawn")
    ),
    survivor("found", Exploitation, "decided_on", FOUND, facts("status")),
    care("referral", Referral, "sent_at", REFERRED, facts("need", provider="provider__name")),
    care(
        "service",
        ServiceRecord,
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
        _("Given back by the centre to the state"),
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
    care("placement", Placement, "since", words.placement, PLACED),
    care("placement-end", Placement, "until", MOVED, facts("ended_for") | PLACED),
    care("plan", CarePlan, "opened_on", _("Care plan opened")),
    care("plan-end", CarePlan, "closed_on", PLAN_END, facts("closed_for")),
    care("plan-review", PlanReview, "reviewed_on", REVIEWED, facts("result"), person=""),
    care("follow-up", FollowUp, "done_on", words.follow_up, CALLED, person=""),
    care(
        "assessment",
        Assessment,
        "assessed_on",
        _("Assessment completed"),
        where=Q(status=AssessmentStatus.COMPLETED),
    ),
    file("opened", Case, "opened_on", _("Case opened")),
    file("closed", Case, "closed_on", _("Case closed")),
    file("closed-before", Closing, "closed_on", ENDED, facts("reason"), where=REOPENED),
    file("reopened", Closing, "reopened_on", _("Case reopened")),
    team("handed-over", Transfer, "decided_at", _("Handed over"), HANDED, where=TAKEN_OVER),
    team("joined", Assignment, "started_at", _("Joined the team"), MEMBER, moment="started_at"),
    team("left", Assignment, "ended_at", _("Left the team"), MEMBER, moment="ended_at"),
    file("link", CaseLink, "created_at", LINKED, facts("kind"), where=known_link, link="borders"),
    site("site-closed", SiteClosing, "closed_on", words.site_closed, CLOSED),
    site("site-open-again", SiteClosing, "reopened_on", words.site_open_again, SITE),
    inquiry("lead", Lead, "received_on", words.lead, facts("code", "source", **PLACE)),
    inquiry("lead-end", Lead, "ended_on", words.lead_end, facts("code", "ended", **PASSED)),
    inquiry("step-planned", InvestigationStep, "planned_for", words.step_planned, STEP, where=PLAN),
    inquiry("step", InvestigationStep, "done_on", words.step, STEP | facts("result")),
    online("online-incident", OnlineIncident, "began_on", words.incident, INCIDENT),
    file("note", Note, "happened_on", NOTED, facts("kind"), link="notes"),
    paper("document", Document, "received_on", words.document, facts("code", "kind")),
    paper(
        "document-version",
        DocumentVersion,
        "received_at",
        words.newer_version,
        facts("number", code="document__code"),
        where=Q(number__gt=1),
    ),
    paper(
        "document-custody",
        CustodyEvent,
        "happened_on",
        words.custody,
        facts("step", code="document__code", agency="agency__name"),
    ),
)
BY_NAME = {source.name: source for source in SOURCES}
