"""Bodies about how long records are kept, what is held back, and what has had its time."""

from __future__ import annotations

from typing import Any

from places.models import Jurisdiction
from retention.models import Policy
from tests import factories
from tests.factories import papers
from tests.factories import retention as kept

LISTS: dict[str, Any] = {
    "erasures/": lambda: kept.erasure(factories.case()),
    "legal-holds/": kept.hold,
    "retention-policies/": kept.policy,
    "tombstones/": kept.tombstone,
}
Bodies = dict[str, tuple[Any, Any]]


def of_retention(case: Any) -> Bodies:
    law = {"years": 7, "legal_source": "Invented Act 2001, section 4", "begins_on": "2026-05-04"}
    confirmed, refused = _waiting(), _waiting()
    why, other = {"reason": "Invented reason of a court"}, {"reason": "Another reason of a court"}
    person, paper = factories.involvement(case), papers.version(case)
    kept.tombstone()  # no call makes one, and there is one to look at
    manager = factories.user("case_manager", case.office)
    held = {"decided_by": manager}
    asked, no = kept.hold(_beside(case)), kept.hold(_beside(case))
    holding = kept.hold(_beside(case), status="holds", **held)
    lifting, keeping = (
        kept.hold(_beside(case), status="lifting", lifting_by=asked.asked_by, **held)
        for _ in range(2)
    )
    return {
        "erasures/": (
            {"involvement": str(person.pk), "legal_source": "Invented Act 2001, section 4"},
            {
                "involvement": str(factories.involvement(case).pk),
                "legal_source": "Invented Act 2001, section 5",
                "documents": [str(paper.document_id)],
                "notes": [str(papers.note(case).pk)],
            },
        ),
        "retention-policies/": (
            law | {"country": "IN", "kind": "survivors", "person": "child"},
            law | {"country": "PH", "kind": "inquiry"},
        ),
        f"retention-policies/{confirmed.pk}/confirm/": ({}, None),
        f"retention-policies/{refused.pk}/refuse/": ({}, None),
        "legal-holds/": (
            why | {"case": str(case.pk)},
            why | {"case": str(case.pk), "involvement": str(person.pk)},
        ),
        f"legal-holds/{asked.pk}/confirm/": ({}, None),
        f"legal-holds/{no.pk}/refuse/": ({}, None),
        f"legal-holds/{holding.pk}/ask-lifting/": (why, other),
        f"legal-holds/{lifting.pk}/lift/": ({}, None),
        f"legal-holds/{keeping.pk}/keep/": ({}, None),
    }


def versioned_retention(case: Any) -> dict[str, Any]:
    """What needs a version: by its address, good bodies."""
    once = {"status": "once", "first_by": factories.user("data_officer")}
    longer = kept.longer()
    return {
        f"erasures/{kept.erasure(_beside(case)).pk}/confirm/": [{}],
        f"erasures/{kept.erasure(_beside(case), **once).pk}/undo/": [{}],
        f"erasures/{kept.erasure(_beside(case)).pk}/keep/": [longer],
    }


def _waiting() -> Any:
    """Of a country for which none waits."""
    taken = Policy.objects.waiting().values("country")
    free = Jurisdiction.objects.filter(level="country").exclude(pk__in=taken).order_by("-code")
    return kept.policy(outcome="", country=free.first())


def _beside(case: Any) -> Any:
    return factories.case(case.office)
