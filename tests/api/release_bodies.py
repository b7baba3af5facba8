"""What the tests of the interface send about releases and what comes by itself."""

from __future__ import annotations

from typing import Any

from reports.publishing.draft import draft
from reports.publishing.keys import Detail
from reports.readers import rows_key
from reports.run import store
from tests import factories
from tests.factories import releases
from tests.reports import tables_to_release as made

WHY = {"recipient": "Invented Foundation", "reason": "Invented reason"}


def of_releases(user: Any) -> dict[str, tuple[Any, Any]]:
    """Two good bodies for every address that takes a key, of figures of what the caller counts."""
    people = made.persons("IN-WB", "csec", 0, 40)
    snapshot = made.snapshot({("IN-WB", "csec"): (people, set())}, rows_key(user))
    store(snapshot)
    body = WHY | {"snapshot": str(snapshot.pk), "level": "country", "by_programme": False}
    others = {
        step: f"release-proposals/{_proposed(snapshot, step).pk}/{step}/"
        for step in ("approve", "refuse", "withdraw")
    }
    releases.release_letter()
    monthly = {"report": "rescues-and-victims", "span": "month", "day": 3}
    colleague = factories.user("case_manager", user.home_office)
    quarterly = {"every": "quarter", "span": "april", "people": [colleague.username]}
    office = user.home_office or factories.office()
    ministry = {"office": office.code, "organisation": "Invented Ministry", "language": "fr"}
    ministry |= {"email": "statistics@ministry.example", "purpose": "Invented purpose"}
    waits = releases.outside_address(office=office, confirmed_by=None, confirmed_at=None)
    nowhere = {"outside": [], "level": "country", "by_programme": False}
    funder = {"email": "grants@funder.example", "contact": "Invented Contact"}
    return {
        "outside-addresses/": (ministry, ministry | funder),
        f"outside-addresses/{waits.pk}/confirm/": ({}, None),
        f"outside-addresses/{releases.outside_address(office=office).pk}/end/": ({}, None),
        "release-proposals/": (body, body | {"level": "state", "by_programme": True}),
        **{path: ({}, None) for path in others.values()},
        "report-schedules/": (
            monthly,
            monthly | quarterly | nowhere | {"jurisdiction": "IN-WB", "programme": "csec"},
        ),
        f"report-schedules/{releases.schedule(user).pk}/stop/": ({}, None),
    }


def versioned_releases(user: Any) -> dict[str, Any]:
    """What needs a version: by its address, good bodies."""
    weekly = {"every": "week", "day": 5, "span": "week", "people": []}
    narrow = {"jurisdiction": "IN-WB", "programme": "csec"}
    narrow |= {"outside": [], "level": "country", "by_programme": False}
    return {
        f"report-schedules/{releases.schedule(user, span='all').pk}/": [{"day": 9}, weekly | narrow]
    }


def _proposed(snapshot: Any, step: str) -> Any:
    """By somebody else, for one step each."""
    officer = factories.user("data_officer")
    words = WHY | {"recipient": f"Invented recipient of {step}", "proposed_by": officer}
    digest = draft(snapshot, Detail("country"), officer).digest if step == "approve" else "0" * 64
    return releases.release_proposal(snapshot=snapshot, digest=digest, **words)
