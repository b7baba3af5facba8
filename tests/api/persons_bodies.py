"""Bodies for what is completed about persons, their siblings and their consents."""

from __future__ import annotations

from typing import Any

from tests import factories
from tests.api.care_bodies import ahead
from tests.factories import persons

Bodies = dict[str, tuple[Any, Any]]


def of_completed(case: Any) -> Bodies:
    """What takes a key: rows made, and steps without a version."""
    person, other, third = (factories.involvement(case) for _one in range(3))
    elsewhere = factories.case(case.office)
    here = {"case": str(case.pk)}
    people = [factories.involvement(elsewhere) for _one in range(2)]
    given = {"person": str(person.pk), "purpose": "care", "given_on": "2026-03-11"}
    given |= {"given_by": "guardian", "relation": "official", "language": "bn"}
    wide, guarded = {"recipient_kind": "any_provider"}, {"relation": "parent"}
    guarded |= {"expires_on": ahead(), "recipient_kind": "agency"}
    agreed = persons.consent(person, purpose="court", recipient_kind="authorities")
    told = {"consent": str(agreed.pk), "told_on": "2026-03-12"}
    return {
        "consent-shares/": (
            told | {"recipient_kind": "authorities"},
            told | {"recipient_kind": "agency", "recipient_id": str(factories.agency().pk)},
        ),
        "involvements/": tuple(here | {"person": str(one.pk)} for one in people),
        "consents/": (
            given | wide,
            given | guarded | {"recipient_id": str(factories.agency().pk), "purpose": "court"},
        ),
        f"victims/{person.victim_id}/join-siblings/": tuple(
            {"sibling": str(one.pk)} for one in (other, third)
        ),
        f"siblings/{persons.sibling(case).pk}/leave/": ({}, None),
    }


def completed(case: Any) -> dict[str, list[Any]]:
    """What goes by a version."""
    person = factories.involvement(case)
    victim, part = f"victims/{person.victim_id}", f"involvements/{person.pk}"
    return {
        f"{victim}/": [{"nationality": "IN", "languages": ["bn"], "education": None}],
        f"{victim}/note-safety/": [{"safety": "danger", "reason": "Invented danger"}],
        f"{victim}/note-papers/": [{"papers": "withheld", "details": "Invented words"}],
        f"{part}/": [{"forms": ["ForcedLabour"], "controls": None}],
        f"{part}/set-route/": [{"stops": [{"kind": "recruitment", "jurisdiction": "IN-WB"}]}],
        f"{part}/answer-indicators/": [
            {"answers": [{"sign": "deception", "answer": "yes", "evidence": "Invented words"}]}
        ],
        f"consents/{factories.consent(case).pk}/withdraw/": [{"withdrawn_on": "2026-06-01"}],
        f"withdrawals/{persons.withdrawal(case).pk}/told/": [{"told_on": "2026-06-02"}],
    }
