"""The life of a case, its team, sites, inquiry and papers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
    SiteClosing,
    Transfer,
)
from casework.paper_codes import NoteKind
from desk.timeline import words
from desk.timeline.facts import colleague, facts, place
from desk.timeline.kinds import Kind
from desk.timeline.stream import Source
from desk.timeline.words import labelled

if TYPE_CHECKING:
    from accounts.models import User


def known_link(user: User) -> Q:
    """A link in force whose other case the reader may know of: no case is betrayed by its twin."""
    return Q(pk__in=CaseLink.objects.known_to(user).in_force())


file = partial(Source, kind=Kind.FILE, icon="file-text")
team = partial(file, icon="circle-user-round", link="team")
inquiry = partial(Source, kind=Kind.FILE, icon="search", link="inquiry")
site = partial(file, icon="building-2", link="sites")
paper = partial(file, link="documents")

ENDED = labelled(_("Case closed"), ClosingReason, "reason")
REOPENED = Q(reopened_on__isnull=False)  # of a case that is closed, the case itself tells
HANDED = facts(agency="to_office__name") | {"by": colleague("decided_by__name")}
TAKEN_OVER = Q(status=TransferStatus.ACCEPTED)
MEMBER = {"by": colleague("user__name")}
LINKED = labelled(_("Linked with another case"), LinkKind, "kind")
SITE = {"code": "site__code"}
CLOSED = SITE | {"agency": "closed_by__name"}
PASSED = {"agency": "passed_to__name"}
STEP = facts("code", "kind")
PLAN = Q(status=StepStatus.PLANNED)
NOTED = labelled(_("Note"), NoteKind, "kind")

# name, model, day, words, facts
SOURCES = (
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
    inquiry("lead", Lead, "received_on", words.lead, facts("code", "source", **place())),
    inquiry("lead-end", Lead, "ended_on", words.lead_end, facts("code", "ended", **PASSED)),
    inquiry("step-planned", InvestigationStep, "planned_for", words.step_planned, STEP, where=PLAN),
    inquiry("step", InvestigationStep, "done_on", words.step, STEP | facts("result")),
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
