"""Leads: what was heard, how far it can be relied on, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.columns import ExactPlace, Heard, Informant
from casework.inquiry_codes import LeadEnd, Reliability
from casework.models import Lead, LeadWords
from casework.services.cases import require_content, require_open_case, require_past
from casework.services.numbers import next_code
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from casework.models import Case
    from places.models import Agency, Jurisdiction


@service(Perm.INQUIRY_RECORD, label=gettext_lazy("Record a lead"), begins=True)
def record_lead(
    case: Case,
    *,
    source: str,
    reliability: str = Reliability.UNKNOWN,
    jurisdiction: Jurisdiction,
    received_on: date,
    text: Heard,
    informant: Informant = "",
    exact_place: ExactPlace = "",
    actor: User,
) -> Lead:
    """Record what was heard, and when. Who told it, and about which place, is encrypted and
    open to the team only."""
    require_open_case(case, actor)
    require_past(case, received_on)
    if not text.strip():
        raise Refused(_("Say what was heard."), "text")
    lead = Lead.objects.create(
        case=case,
        code=next_code(Lead, "L", case),
        source=source,
        reliability=reliability,
        jurisdiction=jurisdiction,
        received_on=received_on,
    )
    LeadWords.objects.create(
        id=lead.pk,
        case=case,
        lead=lead,
        text=text.strip(),
        informant=informant.strip() or None,
        exact_place=exact_place.strip() or None,
    )
    audit.record("lead.recorded", lead, actor=actor, source=source)
    return lead


@service(Perm.INQUIRY_RECORD, label=gettext_lazy("Correct a lead"))
def correct_lead(
    lead: Lead,
    *,
    version: int,
    source: str,
    reliability: str,
    jurisdiction: Jurisdiction,
    received_on: date,
    actor: User,
) -> Lead:
    """Correct a lead. The former values stay in the history. Raises `Stale`."""
    require_content(lead.case, actor)
    require_past(lead.case, received_on)
    if lead.ended_on and received_on > lead.ended_on:
        raise Refused(_("Its outcome is recorded for an earlier day."), "received_on")
    corrected = amend(
        lead,
        version,
        source=source,
        reliability=reliability,
        jurisdiction=jurisdiction,
        received_on=received_on,
    )
    audit.record("lead.corrected", corrected, actor=actor)
    return corrected


@service(Perm.INQUIRY_RECORD, label=gettext_lazy("What became of the lead"))
def end_lead(
    lead: Lead,
    *,
    version: int,
    ended: str,
    ended_on: date,
    passed_to: Agency | None = None,
    actor: User,
) -> Lead:
    """Record whether a lead was followed up, unfounded or passed on, and when. Raises `Stale`."""
    require_content(lead.case, actor)
    require_past(lead.case, ended_on)
    if ended_on < lead.received_on:
        raise Refused(_("This is before the lead was received."), "ended_on")
    if (ended == LeadEnd.PASSED_ON) != (passed_to is not None):
        raise Refused(
            _("Say whom it was passed on to, if it was passed on; otherwise leave this empty."),
            "passed_to",
        )
    row = amend(lead, version, ended=ended, ended_on=ended_on, passed_to=passed_to)
    audit.record("lead.ended", row, actor=actor, ended=ended)
    return row


@service(Perm.INQUIRY_READ)
def open_lead(words: LeadWords, *, actor: User) -> dict[str, object]:
    """Show what was told, by whom and about where. Looking is an act, so it leaves a mark."""
    audit.read("lead.opened", words, actor=actor)
    facts = {"text": words.text, "informant": words.informant, "exact_place": words.exact_place}
    return facts | {"id": words.pk, "code": words.lead.code}
