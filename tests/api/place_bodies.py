"""What the tests of the interface send about places and agencies."""

from __future__ import annotations

import itertools
from typing import Any

from accounts.models import Office
from places.models import Agency, Jurisdiction
from tests import factories
from tests.factories.tasks import rule

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
SHAPE = {"type": "Polygon", "coordinates": [[[88, 22], [89, 22], [89, 23], [88, 22]]]}
SUFFIXES = map("".join, itertools.product(LETTERS, LETTERS))


def place() -> Jurisdiction:
    """A district that nobody else has."""
    above, end = Jurisdiction.objects.by_code("IN-WB"), next(SUFFIXES)
    return Jurisdiction.objects.create(
        code=f"IN-WB-{end}9", name=f"Invented {end}", level="district", parent=above
    )


def court(*away: dict[str, str]) -> Agency:
    """A court that does not sit on these days, each by itself."""
    vacations = [one | {"ends_on": one["starts_on"]} for one in away]
    return factories.agency(kind="court", vacations=vacations)


def practice() -> Office:
    """An office for practice, in which nothing was done yet."""
    end = next(SUFFIXES)
    made = {"code": f"practice-{end}".lower(), "prefix": f"{end}P", "name": "Practice"}
    return Office.objects.create(**made, is_practice=True, jurisdiction=factories.place("IN-WB"))


def of_laws() -> dict[str, tuple[Any, Any]]:
    """What is proposed of the law of a country, and decided."""
    said = {"country": "PH", "statute": "IVA", "title": "Invented Act", "offence": "holding"}
    said |= {"source": "Invented Gazette 2026, p. 12", "verified": True}
    more = {"min_years": "2.00", "max_years": "7.00", "life_possible": True, "fine": "fine"}
    more |= {"iccs": "0204", "exploitation": True, "of_child": True}
    days = {"in_force_from": "2026-01-05", "in_force_to": "2027-01-05"}
    end, law = next(SUFFIXES), factories.law_version
    ends = {"last_day": "2027-12-31", "source": said["source"]}
    waits = {step: f"law-versions/{law().pk}/{step}/" for step in ("confirm", "refuse", "withdraw")}
    limit = {"country": "NP", "source": said["source"], "begins_on": "2027-01-05"}
    scheme = limit | {"name": "Invented fund", "currency": "NPR"}
    order = ["filed", "arraigned", "trial", "judgment", "appeal", "closed"]
    places = {f"{code}_place": place for place, code in enumerate(order, start=1)}
    stages = limit | {"begins_on": "2028-01-05"} | places
    return {
        "law-versions/stages/": (
            stages | {"trial_name": "Hearing of evidence"},
            stages | {"sentencing_place": None, "filed_name": "", "verified": True},
        ),
        "law-versions/scheme/": (
            scheme | {"extreme_total": "900", "extreme_deposit": "500"},
            scheme
            | {f"{of}_total": "900" for of in ("everyone", "adult_man", "woman_or_child")}
            | {"approved_until": "2028-01-05", "verified": True},
        ),
        "law-versions/": (
            limit | {"kind": "charge", "amount": 60, "life": True, "least": "10", "above": "7"},
            limit
            | {"kind": "limitation", "amount": 3, "up_to": "3", "statute": ""}
            | {"verified": True},
        ),
        "provisions/": (said | more | {"number": f"{end}1"}, said | days | {"number": f"{end}2"}),
        f"provisions/{factories.provision().pk}/end/": (ends, ends | {"verified": True}),
        f"law-versions/{law().pk}/effect/": ({}, None),
        **{address: ({}, None) for address in waits.values()},
    }


def of_places() -> dict[str, tuple[Any, Any]]:
    """Two good bodies for each address; none is about a case."""
    end = next(SUFFIXES)
    new = {"level": "district", "parent": "IN-WB"}
    agency = {"kind": "court", "jurisdiction": "IN-WB"}
    return {
        "jurisdictions/": (
            new | {"name": f"Invented {end}7", "register_code": f"7{end}"},
            new
            | {"name": f"Invented {end}8", "code": f"IN-WB-8{end}", "time_zone": "Asia/Kolkata"},
        ),
        "offices/": tuple(
            {"name": "Invented", "code": f"invented-{end}{n}".lower(), "prefix": f"{end}{n}"}
            | {"jurisdiction": "IN-WB", "opened_on": "2026-01-05"}
            | {"language": "bn", "currency": "INR"}
            for n in "XZ"
        ),
        f"jurisdictions/{court().jurisdiction_id}/close-courts/": tuple(
            {"occasion": "Strike", "starts_on": day, "ends_on": day}
            for day in ("2027-03-02", "2027-03-03")
        ),
        "choices/": tuple(
            {"listed": "site_kind", "code": f"own_{end}{n}".lower(), "labels": {"en": f"{end}{n}"}}
            | {"counts_as": counts_as, "position": 5, "starts_on": "2026-01-05", "ends_on": None}
            for n, counts_as in (("x", "bar"), ("z", ""))
        ),
        "agencies/": tuple(agency | {"name": f"Invented Court {end} {n}"} for n in "ab"),
        f"task-rules/{rule().pk}/try/": ({"days": 30}, {"is_on": False, "roles": ["case_manager"]}),
    }


def changed_places() -> dict[str, list[Any]]:
    """What changes one of them, by the version that was read."""
    winter = {"occasion": "Winter vacation", "starts_on": "2026-12-24"}
    return {
        f"choices/{factories.choice().pk}/": [{"labels": {"fr": "Péniche"}}, {"position": 7}],
        f"jurisdictions/{place().pk}/": [{"register_code": "309"}, {"is_active": False}],
        f"jurisdictions/{place().pk}/draw/": [{"outline": SHAPE}, {"outline": None}],
        f"offices/{factories.office().pk}/": [
            {"closed_on": None},
            {"language": "", "currency": "USD"},
        ],
        f"task-rules/{rule().pk}/": [{"is_on": False}, {"days": 30, "roles": ["case_manager"]}],
        f"task-rules/{rule('step-overdue').pk}/reset/": [{}],
        f"offices/{practice().pk}/take-practice-away/": [{}],
        f"agencies/{factories.agency().pk}/": [{"is_active": False}],
        f"agencies/{court().pk}/add-vacation/": [winter | {"ends_on": "2027-01-02"}],
        f"agencies/{court(winter).pk}/drop-vacation/": [{"starts_on": winter["starts_on"]}],
    }
