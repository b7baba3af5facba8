"""Bodies about referrals, providers, placements, plans and assessments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from aftercare.models import Provider, Referral
from instruments.services import previewed
from tests import factories
from tests.factories import care, persons


def ahead() -> str:
    """A day on which what begins now is still in force."""
    return (timezone.localdate() + timedelta(days=100)).isoformat()


def our_provider() -> Provider:
    """The provider the caller of these tests answers for."""
    return Provider.objects.filter(name="Invented partner").first() or factories.provider(
        name="Invented partner"
    )


def received_referral(case: Any = None) -> Referral:
    """A referral sent to our provider and not answered yet."""
    drafted = factories.referral(case)
    drafted.provider, drafted.status = our_provider(), "sent"
    drafted.sent_at = datetime(2026, 3, 12, tzinfo=UTC)
    drafted.save()
    persons.consent(drafted.involvement)
    return drafted


def _asked(code: str) -> dict[str, Any]:
    """A set of questions as its file says it."""
    item = {"code": "a", "label": "Invented item"}
    domains = [{"code": "safety", "label": "Safety", "items": [item], "from_months": 0}]
    rule = {"least": 3, "no_item_at_one_in": ["safety"]}
    named = {"code": code, "edition": 1, "name": "Invented questions", "licence": "Invented"}
    return named | {"domains": domains, "restored": rule}


def _imported() -> dict[str, tuple[Any, Any]]:
    one, other = _asked("invented_one"), _asked("invented_other")
    bodies = [{"instrument": data, "digest": previewed(data).digest} for data in (one, other)]
    return {"instruments/": (bodies[0], bodies[1])}


def previews() -> dict[str, list[Any]]:
    """What is looked at before it is added: nothing is kept of it, so that it takes no key."""
    return {"instruments/preview/": [{"instrument": _asked("invented_third")}]}


def of_plans(case: Any) -> dict[str, tuple[Any, Any]]:
    return _placed(case) | _planned(case) | _told(case) | _imported()


def _placed(case: Any) -> dict[str, tuple[Any, Any]]:
    """No placement of the second body is against a rule, so that a worker can send it."""
    first, second = (str(factories.involvement(case).pk) for _ in range(2))
    house = factories.provider()
    beds = {"services": ["safe_place"], "sexes": ["female"], "places_female": 4}
    rules = {"age_min_months": 72, "age_max_months": 215, "places_male": 2, "places_any": 1}
    shared = {"agreement_from": "2026-01-01", "agreement_until": ahead(), "is_active": True}
    new = {"jurisdiction": "IN-WB-KOL"} | beds
    return {
        "providers/": (
            new | {"name": f"Invented house {house.pk}"},
            new | rules | shared | {"name": f"Another house {house.pk}"},
        ),
        f"providers/{house.pk}/add-staff/": tuple(
            {"user": factories.user("provider_partner").username} for _ in range(2)
        ),
        f"provider-staff/{factories.provider_staff(house).pk}/end/": ({}, None),
        "placements/": (
            {"involvement": first, "kind": "home", "since": "2026-03-20"},
            {"involvement": second, "kind": "shelter", "since": "2026-04-01"}
            | {"provider": str(house.pk), "until": "2026-05-01", "ended_for": "planned"}
            | {"apart": "Invented reason"},
        ),
        "referrals/": (
            {"involvement": first, "need": "medical"},
            {"involvement": second, "need": "safe_place", "urgency": "days"},
        ),
    }


def _planned(case: Any) -> dict[str, tuple[Any, Any]]:
    plan, closed = care.care_plan(case), care.closed_plan(case)
    other = care.closed_plan(case)
    of, new = {"plan": str(plan.pk)}, str(factories.involvement(case).pk)
    again = str(factories.involvement(case).pk)
    assessed = {"assessed_on": "2026-04-01"}
    goal = of | {"domain": "safety", "text": "Invented goal", "target_on": "2026-12-01"}
    well = {"safe": "yes", "in_school_or_work": "no", "revictimised": "unknown"}
    return {
        "care-plans/": (
            {"involvement": new, "opened_on": "2026-03-20"},
            {"involvement": again, "opened_on": "2026-03-21"},
        ),
        "goals/": (goal, goal | {"domain": "legal"}),
        "plan-reviews/": tuple(
            of | {"reviewed_on": f"2026-06-0{day}", "result": result}
            for day, result in ((1, "goes_on"), (2, "may_close"))
        ),
        "follow-ups/": (
            {"plan": str(closed.pk), "done_on": "2026-09-01", "contact_lost": True},
            {"plan": str(other.pk), "done_on": "2026-09-01"} | well,
        ),
        "assessments/": (
            of | assessed,
            {"plan": str(care.care_plan(case).pk), "answers": {"abuse": 3, "food": None}}
            | assessed
            | {"instrument": str(care.instrument().pk)},
        ),
    }


def _told(case: Any) -> dict[str, tuple[Any, Any]]:
    """What a provider says after it accepted."""
    helping = [received_referral(case) for _ in range(2)]
    for referral in helping:
        referral.status = "accepted"
        referral.save()
    return {
        f"received-referrals/{helping[0].pk}/complete/": ({}, None),
        f"received-referrals/{helping[1].pk}/note/": (
            {"text": "Invented progress"},
            {"text": "More of it"},
        ),
    }


def received_withdrawal(case: Any = None) -> Any:
    """A consent withdrawn of which our provider has not heard yet."""
    return persons.withdrawal(case, recipient_kind="provider", recipient_id=our_provider().pk)


def of_care(case: Any) -> dict[str, tuple[Any, Any]]:
    draft = factories.referral(case)
    accepted, declined, taken = (received_referral(case) for _ in range(3))
    taken.status = "accepted"
    taken.save()
    consent = {"given_by": "guardian", "relation": "official", "language": "bn"}
    consent |= {"given_on": "2026-03-11"}
    served = {"involvement": str(taken.involvement_id), "provided_on": "2026-03-12"}
    provider = {"provider": str(our_provider().pk)}
    clinic, together = factories.provider(services=["medical"]), factories.referral(case)
    whom = {"agreed_by_guardian": [str(together.involvement_id)], "relation": "official"}
    whom |= {"given_on": "2026-03-11", "language": "bn"}
    to = {"provider": str(clinic.pk), "referrals": [str(together.pk)]}
    return {
        "referrals/together/": (whom | {"sends": [to]}, whom | {"sends": [to], "language": "en"}),
        f"referrals/{draft.pk}/send/": (
            consent | provider,
            consent | provider | {"language": "en", "relation": "parent"} | {"expires_on": ahead()},
        ),
        f"received-referrals/{accepted.pk}/accept/": ({}, None),
        f"received-withdrawals/{received_withdrawal(case).pk}/acknowledge/": ({}, None),
        f"received-referrals/{declined.pk}/decline/": (
            {"reason": "No bed is free"},
            {"reason": "Too far away"},
        ),
        "service-records/": (
            served | {"kind": "shelter"},
            served | {"kind": "medical", "referral": str(taken.pk)} | provider,
        ),
    }
