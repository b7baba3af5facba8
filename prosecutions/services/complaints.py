"""Complaints to the police, and how the police disposed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_open_case, require_past
from core import audit
from core.contradictions import refuse
from core.refusals import gettext as _
from core.services import Refused, service
from prosecutions.columns import Against, SentUp
from prosecutions.enums import PoliceReportKind
from prosecutions.models import Complaint, ComplaintSuspect, PoliceReport
from prosecutions.services.courts import check_office, same_case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from accounts.models import User
    from casework.models import Case
    from places.models import Agency, Jurisdiction
    from prosecutions.models import Suspect


@service(Perm.COMPLAINT_RECORD, label=gettext_lazy("Record a complaint"), begins=True)
def record_complaint(
    case: Case,
    *,
    number: str,
    filed_on: date,
    jurisdiction: Jurisdiction,
    suspects: Against = (),
    agency: Agency | None = None,
    actor: User,
) -> Complaint:
    """Record a complaint to the police (in India, the FIR), and whom it is against."""
    require_open_case(case, actor)
    require_past(case, filed_on)
    same_case(case.pk, *suspects)
    check_office(agency, jurisdiction)
    complaint = Complaint.objects.create(
        case=case, number=number, filed_on=filed_on, jurisdiction=jurisdiction, agency=agency
    )
    ComplaintSuspect.objects.bulk_create(
        ComplaintSuspect(case=case, complaint=complaint, suspect=suspect) for suspect in suspects
    )
    audit.record("complaint.recorded", complaint, actor=actor)
    return complaint


@service(Perm.COMPLAINT_RECORD, label=gettext_lazy("Record what the police decided"))
def record_police_report(
    complaint: Complaint,
    *,
    kind: str,
    reported_on: date,
    suspects: SentUp = None,
    actor: User,
) -> PoliceReport:
    """Record a charge sheet, a closure or a reopening by the police.

    `suspects`: whom a charge sheet sends up, others are left out; not said, all whom the
    complaint is against and no earlier sheet sent up.
    """
    reopened = kind == PoliceReportKind.REOPENED
    (require_open_case if reopened else require_content)(complaint.case, actor)
    require_past(complaint.case, reported_on)
    Complaint.objects.select_for_update().get(pk=complaint.pk)  # no two disposals at once
    _check_turn(complaint, kind, reported_on)
    waiting = ComplaintSuspect.objects.filter(complaint=complaint, sent_up__isnull=True)
    sent_up = _sent_up(waiting, kind, suspects)
    report = PoliceReport.objects.create(
        case=complaint.case, complaint=complaint, kind=kind, reported_on=reported_on
    )
    refuse(report)
    sent_up.update(sent_up=report, version=F("version") + 1, updated_at=Now())
    audit.record("complaint.reported", report, actor=actor, kind=kind)
    return report


def _sent_up(
    waiting: QuerySet[ComplaintSuspect], kind: str, suspects: Sequence[Suspect] | None
) -> QuerySet[ComplaintSuspect]:
    """Of those who wait for it, whom a report brings before a court."""
    if kind != PoliceReportKind.CHARGE_SHEET:
        if suspects:
            raise Refused(_("Only a charge sheet names people to be tried."), "suspects")
        return waiting.none()
    if suspects is None:
        return waiting
    wanted = {suspect.pk for suspect in suspects}
    sent_up = waiting.filter(suspect__in=wanted)
    if not wanted or sent_up.count() != len(wanted):
        words = _("Name each person once, and only people the complaint is against.")
        raise Refused(words, "suspects")
    return sent_up


def _check_turn(complaint: Complaint, kind: str, day: date) -> None:
    """Disposals and reopenings take turns, in the order of their days."""
    last = complaint.reports.order_by("reported_on", "created_at").last()
    closed = last is not None and last.kind != PoliceReportKind.REOPENED
    if last and day < last.reported_on:
        raise Refused(_("The previous report is dated later."))
    if kind == PoliceReportKind.REOPENED and not closed:
        raise Refused(_("The police can reopen only a complaint that they closed or charged."))
    if kind != PoliceReportKind.REOPENED and closed:
        raise Refused(
            _(
                "The police have already closed or charged this complaint. Record that they"
                " reopened it first."
            )
        )
    if complaint.reports.filter(kind=kind, reported_on=day).exists():
        raise Refused(_("This is already recorded for that day."))
