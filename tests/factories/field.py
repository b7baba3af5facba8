"""Rows of inquiries, of sites and of abuse online."""

from __future__ import annotations

import itertools
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from casework.models import (
    InvestigationStep,
    Lead,
    LeadWords,
    OnlineIncident,
    RescuePlan,
    SameSite,
    SiteClosing,
    StepWords,
)
from prosecutions.models import SuspectMet
from tests import factories
from tests.factories.people import place
from victims.models import IncidentSurvivor

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case

_numbers = itertools.count(5001)


def lead(case: Case | None = None, **fields: Any) -> Lead:
    """Open, of long ago."""
    values = {"code": f"L-{next(_numbers)}", "source": "hotline", "jurisdiction": place()}
    values |= {"received_on": date(2026, 3, 2)}
    return Lead.objects.create(case=case or factories.case(), **(values | fields))


def lead_words(case: Case | None = None, text: str = "Invented words", **fields: Any) -> LeadWords:
    of = fields.pop("lead", None) or lead(case)
    return LeadWords.objects.create(id=of.pk, case=of.case, lead=of, text=text, **fields)


def step(case: Case | None = None, **fields: Any) -> InvestigationStep:
    """Planned, and its day long past."""
    values = {"code": f"I-{next(_numbers)}", "kind": "surveillance", "status": "planned"}
    values |= {"planned_for": date(2026, 3, 4)}
    return InvestigationStep.objects.create(case=case or factories.case(), **(values | fields))


def done_step(case: Case | None = None, **fields: Any) -> InvestigationStep:
    values = {"status": "done", "done_on": date(2026, 3, 5), "result": "pending"}
    return step(case, **(values | fields))


def step_words(case: Case | None = None, text: str = "Invented words", **fields: Any) -> StepWords:
    of = fields.pop("step", None) or step(case)
    return StepWords.objects.create(id=of.pk, case=of.case, step=of, text=text, **fields)


def incident(case: Case | None = None, **fields: Any) -> OnlineIncident:
    values = {"code": f"O-{next(_numbers)}", "media": "live", "began_on": date(2026, 3, 1)}
    return OnlineIncident.objects.create(case=case or factories.case(), **(values | fields))


def incident_survivor(case: Case | None = None, **fields: Any) -> IncidentSurvivor:
    case = case or factories.case()
    of = fields.pop("incident", None) or incident(case)
    person = fields.pop("involvement", None) or factories.involvement(case)
    return IncidentSurvivor.objects.create(case=case, incident=of, involvement=person, **fields)


def suspect_met(case: Case | None = None, **fields: Any) -> SuspectMet:
    case = case or factories.case()
    of = fields.pop("rescue", None) or factories.rescue(case)
    suspect = fields.pop("suspect", None) or factories.suspect(case)
    return SuspectMet.objects.create(case=case, rescue=of, suspect=suspect, **fields)


def rescue_plan(case: Case | None = None, *people: User, **fields: Any) -> RescuePlan:
    """Open, of a day long past; it names these people, else somebody who is on no case."""
    case, named = case or factories.case(), people or (factories.user(),)
    says = {"day": "2026-03-02", "jurisdiction": case.jurisdiction.code}
    says |= {"team": {str(person.pk): "Invented part" for person in named}}
    says |= {"meeting_point": "Invented meeting point"} | fields.pop("says", {})
    kept = {"named": [person.pk for person in named], "content": json.dumps(says)}
    return RescuePlan.objects.create(case=case, **(kept | fields))


def site_closing(case: Case | None = None, **fields: Any) -> SiteClosing:
    of = fields.pop("site", None) or factories.site(case)
    values = {"closed_on": date(2026, 3, 12)}
    return SiteClosing.objects.create(case=of.case, site=of, **(values | fields))


def same_site(case: Case | None = None, **fields: Any) -> SameSite:
    """Two sites of one case, so that whoever may read the one may read the other."""
    of = fields.pop("site", None) or factories.site(case)
    beside = fields.pop("other", None) or factories.site(of.case)
    return SameSite.objects.create(case=of.case, site=of, other=beside, **fields)


FACTORIES: dict[Any, Any] = {
    IncidentSurvivor: incident_survivor,
    InvestigationStep: step,
    Lead: lead,
    LeadWords: lead_words,
    OnlineIncident: incident,
    RescuePlan: rescue_plan,
    SameSite: same_site,
    SiteClosing: site_closing,
    StepWords: step_words,
    SuspectMet: suspect_met,
}
