"""What is not in our hands: limits that run, requests, judgments and reports that are awaited."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from casework.enums import CaseStatus
from core.days import clock
from prosecutions.docket import kept_answers
from prosecutions.enums import Direction
from prosecutions.limits import ASKED_AFTER
from prosecutions.models import (
    AssistanceRequest,
    Complaint,
    Custody,
    CustodyClock,
    ProtectiveMeasure,
)

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User
    from prosecutions.court_querysets import CustodyQuerySet, RequestQuerySet

NEAR = timedelta(days=14)
REPORT_AWAITED = timedelta(days=60)  # how long the police may take before somebody asks


def limits_near(user: User) -> CustodyQuerySet:
    """Suspects in custody without a charge whose last day for one is near, or over."""
    near = _held(user).uncharged().filter(charge_by__lte=clock.today() + NEAR)
    return near.order_by("charge_by", "pk")


def without_limit(user: User) -> CustodyQuerySet:
    """Suspects in custody for some time, without a charge, with no last day for one known."""
    since = clock.today() - ASKED_AFTER
    return _held(user).without_limit().filter(since__lte=since).order_by("since", "pk")


def presumed(user: User) -> QuerySet[CustodyClock]:
    """Where somebody was arrested, and nobody has said yet what became of the person."""
    rows = CustodyClock.objects.visible_to(user)
    return rows.select_related("case__jurisdiction").order_by("court_by", "pk")


def unseen(user: User) -> CustodyQuerySet:
    """Suspects whom no court has seen yet, where the law says until when it must."""
    soon = timezone.now() + NEAR
    return _held(user).unseen().filter(court_by__lte=soon).order_by("court_by", "pk")


def _held(user: User) -> CustodyQuerySet:
    rows = Custody.objects.visible_to(user).in_force()
    return rows.select_related("case__jurisdiction", "suspect", "provision__jurisdiction")


def unanswered_requests(user: User) -> RequestQuerySet:
    """Requests of ours without an answer, or answered in part."""
    return (
        AssistanceRequest.objects.visible_to(user)
        .waiting()
        .filter(direction=Direction.TO)
        .select_related("case__jurisdiction", "jurisdiction", "agency")
        .order_by("asked_on", "pk")
    )


def unreported(user: User, *, is_kept: bool) -> QuerySet[Any, tuple[UUID, date]]:
    """Complaints the police have said nothing about for too long, and no court has; since when."""
    asked_from = clock.today() - REPORT_AWAITED
    if is_kept:
        silent = kept_answers.answers(user, kept_answers.SILENT).filter(due_on__lte=asked_from)
        return silent.order_by("due_on", "row_id").values_list("row_id", "due_on")
    rows = Complaint.objects.visible_to(user).unreported()
    rows = rows.filter(case__status__in=CaseStatus.OPEN, open_since__lte=asked_from)
    return rows.order_by("open_since", "pk").values_list("pk", "open_since")


def complaints(rows: list[tuple[UUID, date]], user: User) -> list[Complaint]:
    """These in their order, each with `open_since`. What a row shows is looked up for a page of
    them: joined to all, it takes the planner's worst way."""
    beside = ("case__jurisdiction", "jurisdiction", "agency")
    records = Complaint.objects.visible_to(user).select_related(*beside)
    known = {row.pk: row for row in records.filter(pk__any_of=[pk for pk, _since in rows])}
    entries = []
    for pk, since in rows:
        if complaint := known.get(pk):
            complaint.open_since = since
            entries.append(complaint)
    return entries


def protection(user: User) -> QuerySet[ProtectiveMeasure, tuple[UUID, str]]:
    """The case and the answer of each measure that was asked for to protect a survivor."""
    return ProtectiveMeasure.objects.visible_to(user).values_list("case", "answer")
