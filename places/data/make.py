"""Write `jurisdictions.json` from ISO 3166 (pycountry). Run at development time only:

    python places/data/make.py

Codes and nesting are ISO's; names are the official English ones of today. Cities hang below them.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pycountry

TARGET = Path(__file__).with_name("jurisdictions.json")
LEVELS = ("country", "state", "district", "city")

# A country with several zones has its capital's.
COUNTRIES = {
    "AE": "Asia/Dubai",
    "AU": "Australia/Sydney",
    "BD": "Asia/Dhaka",
    "CA": "America/Toronto",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "DO": "America/Santo_Domingo",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "GH": "Africa/Accra",
    "GT": "America/Guatemala",
    "ID": "Asia/Jakarta",
    "IN": "Asia/Kolkata",
    "JP": "Asia/Tokyo",
    "KE": "Africa/Nairobi",
    "KH": "Asia/Phnom_Penh",
    "KR": "Asia/Seoul",
    "LA": "Asia/Vientiane",
    "LK": "Asia/Colombo",
    "MM": "Asia/Yangon",
    "MY": "Asia/Kuala_Lumpur",
    "NL": "Europe/Amsterdam",
    "NP": "Asia/Kathmandu",
    "PH": "Asia/Manila",
    "PK": "Asia/Karachi",
    "SA": "Asia/Riyadh",
    "SG": "Asia/Singapore",
    "TH": "Asia/Bangkok",
    "TW": "Asia/Taipei",
    "UG": "Africa/Kampala",
    "US": "America/New_York",
    "VN": "Asia/Ho_Chi_Minh",
}
DIVIDED = ("IN", "PH", "KH", "TH")  # countries loaded with their parts

# Names in use where ISO romanises otherwise or is behind.
NAMES = {
    "LA": "Laos",
    "KH-1": "Banteay Meanchey",
    "KH-2": "Battambang",
    "KH-3": "Kampong Cham",
    "KH-5": "Kampong Speu",
    "KH-6": "Kampong Thom",
    "KH-8": "Kandal",
    "KH-9": "Koh Kong",
    "KH-10": "Kratie",
    "KH-11": "Mondulkiri",
    "KH-14": "Prey Veng",
    "KH-15": "Pursat",
    "KH-16": "Ratanakiri",
    "KH-17": "Siem Reap",
    "KH-19": "Stung Treng",
    "KH-20": "Svay Rieng",
    "KH-21": "Takeo",
    "KH-22": "Oddar Meanchey",
    "KH-23": "Kep",
    "KH-25": "Tboung Khmum",
    "PH-14": "Bangsamoro Autonomous Region in Muslim Mindanao (BARMM)",
    "PH-MDC": "Occidental Mindoro",
    "PH-MDR": "Oriental Mindoro",
    "TH-10": "Bangkok",
    "TH-S": "Pattaya",
}
# Cities ISO lists beside the province they lie in.
CITIES_OF_ISO = {"TH-S": "TH-20"}
# Cities of our own coding: (name, parent).
CITIES = {
    "IN-DL-DEL": ("Delhi", "IN-DL"),
    "IN-KA-BLR": ("Bengaluru", "IN-KA"),
    "IN-MH-MUM": ("Mumbai", "IN-MH"),
    "IN-TN-CHE": ("Chennai", "IN-TN"),
    "IN-WB-KOL": ("Kolkata", "IN-WB"),
    "KH-PNH": ("Phnom Penh", "KH-12"),
    "PH-CEB-CEB": ("Cebu City", "PH-CEB"),
    "PH-MNL": ("Manila", "PH-00"),
    "PH-PAM-ANG": ("Angeles City", "PH-PAM"),
    "TH-BKK": ("Bangkok", "TH-10"),
    "TH-SKA": ("Samut Sakhon", "TH-74"),
}


class Place(NamedTuple):
    code: str
    name: str
    level: str
    parent: str | None
    time_zone: str


def plain(name: str) -> str:
    """Without the marks of scholarly romanisation, as the authorities write it in English."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def country(code: str) -> Place:
    """A country under its everyday name."""
    entry = pycountry.countries.lookup(code)
    name = NAMES.get(code) or getattr(entry, "common_name", None) or entry.name
    return Place(code, name, "country", None, COUNTRIES[code])


def parts(code: str) -> list[Place]:
    """The subdivisions of a country; one that lies in another is of the next level down."""
    places = []
    for entry in pycountry.subdivisions.get(country_code=code):
        parent = CITIES_OF_ISO.get(entry.code) or entry.parent_code
        level = "city" if entry.code in CITIES_OF_ISO else "district" if parent else "state"
        name = NAMES.get(entry.code) or plain(entry.name)
        places.append(Place(entry.code, name, level, parent or code, COUNTRIES[code]))
    return places


def places() -> list[Place]:
    """All places, parents before children, in a stable order."""
    rows = [country(code) for code in COUNTRIES]
    for code in DIVIDED:
        rows += parts(code)
    rows += [
        Place(code, name, "city", parent, COUNTRIES[code[:2]])
        for code, (name, parent) in CITIES.items()
    ]
    return sorted(rows, key=lambda place: (LEVELS.index(place.level), place.code))


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(place, ensure_ascii=False) for place in places())
    TARGET.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
