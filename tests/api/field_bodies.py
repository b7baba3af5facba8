"""What the tests of the interface send about leads, steps, abuse online, sites and rescues."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests import factories
from tests.factories import field, justice

DAY = "2026-05-04"


def of_field(case: Any) -> dict[str, tuple[Any, Any]]:
    """Two good bodies for every address that takes a key, in or beside this case."""
    return _of_inquiry(case) | _of_incidents(case) | _of_sites(case)


def versioned_in_field(case: Any) -> dict[str, Any]:
    """What goes by the version that was read."""
    done = {"done_on": DAY, "result": "confirmed", "text": "Invented words"}
    rescue, site = factories.rescue(case), factories.site(case)
    agency = str(factories.agency().pk)
    amended = {"sites": [str(site.pk)], "agencies": [agency], "led_by_agency": agency}
    person = factories.involvement(case, rescue=rescue, outcome="rescued")
    step = field.step(case)
    related = {"step": str(step.pk), "incident": str(field.incident(case).pk)}
    asked, plan = justice.assistance_request(case), f"rescue-plans/{field.rescue_plan(case).pk}"
    named = {"user": str(factories.user("field_officer", case.office).pk)}
    reason = {"reason": "Invented reason"}
    later = factories.rescue(case, occurred_at=timezone.now())
    return {
        f"{plan}/": [{"beds": "Six, invented home"}],
        f"{plan}/name-person/": [named | {"part": "drives"}],
        f"{plan}/unname-person/": [named],
        f"{plan}/decide/": [reason | {"decision": "go"}],
        f"{plan}/call-off/": [reason],
        f"{plan}/carry-out/": [{"rescue": str(later.pk)}],
        f"leads/{field.lead(case).pk}/": [{"reliability": "unsure"}],
        f"leads/{field.lead(case).pk}/end/": [{"ended": "unfounded", "ended_on": DAY}],
        f"investigation-steps/{field.step(case).pk}/finish/": [done],
        f"investigation-steps/{field.done_step(case).pk}/tell-result/": [{"result": "confirmed"}],
        f"investigation-steps/{field.step(case).pk}/drop/": [{}],
        f"online-incidents/{field.incident(case).pk}/": [{"platform": "skype"}],
        f"involvements/{person.pk}/amend-outcome/": [{"outcome": "declined"}],
        f"sites/{site.pk}/": [{"setting": "private"}],
        f"site-closings/{field.site_closing(case).pk}/": [{"closed_by": agency}],
        f"rescues/{rescue.pk}/amend/": [amended],
        f"assistance-requests/{asked.pk}/relate/": [{"step": None}, related],
    }


def _of_inquiry(case: Any) -> dict[str, tuple[Any, Any]]:
    here = {"case": str(case.pk)}
    heard = here | {"jurisdiction": "IN-WB-KOL", "received_on": DAY, "text": "Invented words"}
    told = {"informant": "Invented Neighbour", "exact_place": "Lane 4", "reliability": "unsure"}
    step = here | {"kind": "site_visit"}
    planned = here | {"day": DAY, "jurisdiction": "IN-WB-KOL", "part": "leads"}
    partners = [str(factories.agency().pk)]
    first = {"hour": "04:30", "site": str(factories.site(case).pk), "partners": partners}
    first |= {"meeting_point": "Invented corner", "risks": "Dogs: a handler comes along"}
    later = {"children": 4, "adults": 2, "beds": "Six", "medical": "A doctor", "hour": None}
    later |= {"interpreters": "Bengali", "evidence": "One films, one seizes"}
    return {
        "rescue-plans/": (planned | first, planned | later),
        "leads/": (heard | {"source": "police"}, heard | {"source": "hotline"} | told),
        "investigation-steps/": (
            step | {"planned_for": DAY, "lead": str(field.lead(case).pk)},
            step | {"done_on": DAY, "result": "pending", "text": "Invented words"},
        ),
    }


def _of_incidents(case: Any) -> dict[str, tuple[Any, Any]]:
    seen = {"case": str(case.pk), "media": "live", "began_on": DAY}
    paid = {"amount": "50.00", "currency": "USD", "paid_by": "remittance"}
    said = dict.fromkeys(("for_publication", "third_party_absent", "for_compensation"), "yes")
    known = {"ended_on": DAY, "customer_country": "DE", "platform": "skype"}
    incident = {"incident": str(field.incident(case).pk)}
    people = [str(factories.involvement(case).pk) for _one in range(2)]
    return {
        "online-incidents/": (seen, seen | paid | said | known),
        "incident-survivors/": (
            incident | {"survivors": people},
            incident | {"survivors": people[:1]},
        ),
    }


def _of_sites(case: Any) -> dict[str, tuple[Any, Any]]:
    first, second, third = (factories.site(case) for _one in range(3))
    closed = field.site_closing(case)
    agency = {"closed_by": str(factories.agency().pk)}
    rescue = str(factories.rescue(case).pk)
    suspects = [str(factories.suspect(case).pk) for _one in range(2)]
    taken = field.same_site(site=first)
    return {
        f"sites/{second.pk}/close/": ({"closed_on": DAY}, {"closed_on": DAY} | agency),
        f"sites/{second.pk}/place/": ({"exact_place": "Lane 4"}, {"exact_place": "Lane 5"}),
        f"sites/{closed.site_id}/reopen/": (
            {"reopened_on": DAY},
            {"reopened_on": "2026-05-05"},
        ),
        "same-sites/": tuple(
            {"site": str(one.pk), "other": str(other.pk)}
            for one, other in ((first, second), (first, third))
        ),
        f"same-sites/{taken.pk}/undo/": ({}, None),
        "involvements/met/": (
            {"rescue": rescue, "sex": "female", "age_band": "13-17"},
            {"rescue": rescue, "sex": "male", "age_months": 200, "outcome": "declined"},
        ),
        "suspects-met/": (
            {"rescue": rescue, "suspects": suspects},
            {"rescue": rescue, "suspects": suspects[:1]},
        ),
        f"rescues/{factories.rescue(case).pk}/tell/": (
            {"text": "Invented account"},
            {"text": "Another account"},
        ),
    }
