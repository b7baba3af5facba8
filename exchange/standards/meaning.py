"""What is said of a person in a file of HTCDS, in the fields of our records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from exchange.standards.htcds import CODES
from exchange.standards.saying import LISTS
from exchange.standards.values import parts
from victims.enums import OLDEST_MONTHS

if TYPE_CHECKING:
    from exchange.standards.htcds import Values

NAMES = ("prs_FirstName", "prs_MiddleName", "prs_SecondName")


def name_of(values: Values) -> str:
    return " ".join(values[name] for name in NAMES if name in values)


def sex_of(values: Values) -> str:
    return str(CODES["sexes"][values.get("prs_Gender", "NonSpecifiedUnknown")])


def first_of(values: Values, name: str) -> str:
    return (parts(values.get(name, "")) or [""])[0]


def months_of(born: str, on: date) -> int | None:
    if not born or (day := date.fromisoformat(born)) > on:
        return None
    months = (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day)
    return min(months, OLDEST_MONTHS)


def described(values: Values) -> dict[str, object]:
    ours = {written: code for code, written in CODES["languages"].items()}
    spoken = [values.get("prs_PrimaryLanguage", ""), values.get("prs_SecondaryLanguage", "")]
    languages = [ours[code] for code in spoken if code in ours]
    facts = {
        "marital_status": values.get("prs_MaritalStatus"),
        "education": values.get("prs_HighestLevelOfEducation"),
        "nationality": first_of(values, "prs_Citizenship"),
        "languages": languages,
    }
    return {name: value for name, value in facts.items() if value}


def exploitation_of(values: Values) -> dict[str, object]:
    relation = CODES["relations_read"].get(values.get("vic_RelationshipToTrafficker", ""))
    done = {
        "status": values.get("vic_TraffickingStatus"),
        "decided_by": values.get("vic_TraffickingStatusDecisionMakingOrg"),
        "relationship": relation,
        **{ours: parts(values.get(name, "")) for name, ours in LISTS.items()},
    }
    return {name: value for name, value in done.items() if value}
