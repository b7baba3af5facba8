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


def name_of(said: Values) -> str:
    return " ".join(said[name] for name in NAMES if name in said)


def sex_of(said: Values) -> str:
    return str(CODES["sexes"][said.get("prs_Gender", "NonSpecifiedUnknown")])


def first_of(said: Values, name: str) -> str:
    return (parts(said.get(name, "")) or [""])[0]


def months_of(born: str, on: date) -> int | None:
    if not born or (day := date.fromisoformat(born)) > on:
        return None
    months = (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day)
    return min(months, OLDEST_MONTHS)


def described(said: Values) -> dict[str, object]:
    ours = {written: code for code, written in CODES["languages"].items()}
    spoken = [said.get("prs_PrimaryLanguage", ""), said.get("prs_SecondaryLanguage", "")]
    languages = [ours[code] for code in spoken if code in ours]
    told = {
        "marital_status": said.get("prs_MaritalStatus"),
        "education": said.get("prs_HighestLevelOfEducation"),
        "nationality": first_of(said, "prs_Citizenship"),
        "languages": languages,
    }
    return {name: value for name, value in told.items() if value}


def exploitation_of(said: Values) -> dict[str, object]:
    relation = CODES["relations_read"].get(said.get("vic_RelationshipToTrafficker", ""))
    done = {
        "status": said.get("vic_TraffickingStatus"),
        "decided_by": said.get("vic_TraffickingStatusDecisionMakingOrg"),
        "relationship": relation,
        **{ours: parts(said.get(name, "")) for name, ours in LISTS.items()},
    }
    return {name: value for name, value in done.items() if value}
