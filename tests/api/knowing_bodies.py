"""Bodies about who may know of a case: disclosures, emergencies, seals, names and conflicts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests import factories

Bodies = dict[str, tuple[Any, Any]]


def of_knowing(case: Any, user: Any) -> Bodies:
    return _of_openings(case, user) | _of_sealing(case, user)


def _of_openings(case: Any, user: Any) -> Bodies:
    waiting = {"status": "proposed", "confirmed_by": None, "confirmed_at": None}
    first, second = (factories.disclosure(case, **waiting).pk for _ in range(2))
    told = {
        "case": str(case.pk),
        "user": factories.user("prosecutor").username,
        "parts": ["people"],
        "basis": "order",
        "document": "Order 12 of 2026",
        "reason": "Invented reason of some length",
        "until": str(case.jurisdiction.today + timedelta(days=30)),
    }
    closed, over = _closed_case(user), timezone.now() - timedelta(minutes=1)
    times = {"started_at": over - timedelta(minutes=60), "expires_at": over}
    own, others = factories.break_glass(case, user, **times), factories.break_glass(case)
    factories.disclosure(case, user)  # who calls is told, and tells
    heard = factories.hearing(case)
    of = {"prosecution": str(heard.prosecution_id), "words": "Invented words"}
    heard_so = {"kind": "result", "hearing": str(heard.pk), "asked": "", "no_next_date": ""}
    heard_so |= {"result": "adjourned", "adjourned_for": "judge_absent"}
    heard_so |= {"next_on": told["until"], "next_at": "10:30", "next_purpose": "evidence"}
    return {
        "answers/": (of | {"kind": "request", "asked": "evidence"}, of | heard_so),
        "disclosures/": (told, told | {"parts": ["suspect", "court"]}),
        f"disclosures/{first}/confirm/": ({}, None),
        f"disclosures/{second}/refuse/": ({}, None),
        f"disclosures/{factories.disclosure(case).pk}/end/": ({}, None),
        "emergencies/": tuple(
            {"case": str(closed.pk), "reason": f"Invented reason of some length {n}"} for n in "ab"
        ),
        f"emergencies/{own.pk}/end/": ({}, None),
        f"emergencies/{others.pk}/review/": tuple(
            {"finding": finding, "remark": "Asked"} for finding in ("justified", "unjustified")
        ),
    }


def _of_sealing(case: Any, user: Any) -> Bodies:
    """Beside the case, which must stay open: an open one to seal, and sealed ones."""
    why, other = {"reason": "Invented reason"}, {"reason": "Another reason"}
    people = [factories.user("legal_officer", case.office).username for _ in range(4)]
    colleague = factories.user("case_manager", case.office)
    opened = factories.case(case.office)
    factories.assignment(opened, colleague)
    sealed, asked = (_sealed_case(case.office, user) for _ in range(2))
    factories.seal(sealed)
    factories.seal(asked, status="asked", asked_by=user)
    row = factories.assignment(sealed, colleague, named=True)
    tie = {"case": str(case.pk), "kind": "friend"}
    person = str(factories.involvement(case).victim_id)
    return {
        f"cases/{opened.pk}/seal/": (why, why | {"people": [colleague.username]}),
        f"cases/{sealed.pk}/name/": tuple({"user": name} for name in people[:2]),
        f"cases/{sealed.pk}/ask-to-open/": (why, other),
        f"cases/{asked.pk}/withdraw-asking/": ({}, None),
        f"cases/{case.pk}/pin/": ({}, None),
        f"cases/{case.pk}/unpin/": ({}, None),
        f"assignments/{row.pk}/take-name/": ({}, None),
        "conflicts/": (
            tie | {"user": people[2]},
            tie | {"user": people[3], "person": person},
        ),
    }


def _sealed_case(office: Any, user: Any) -> Any:
    """One that names the caller."""
    sealed = factories.case(office, level=4)
    factories.assignment(sealed, user, named=True)
    return sealed


def _closed_case(user: Any) -> Any:
    """One the caller only knows to exist, and somebody to be told of it."""
    there = factories.office("phnompenh", "KH-PNH")
    if not user.memberships.filter(office=there).exists():
        factories.membership(user, "field_officer", there)
    factories.user("safeguarding_lead", there)
    return factories.case(there)
