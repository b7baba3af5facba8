"""The world the work begins with."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from places.models import Jurisdiction, jurisdiction_id
from places.services.loading import load_jurisdictions

pytestmark = pytest.mark.django_db

STATUTE_COUNTRIES = ["DO", "GH", "GT", "IN", "KE", "KH", "PH", "TH", "UG"]
OTHER_COUNTRIES = [
    *("MM", "LA", "VN", "MY", "ID", "BD", "NP", "LK", "SG", "US", "GB", "AU"),
    *("DE", "CA", "NL", "FR", "JP", "KR", "TW", "CN", "AE", "SA", "PK"),
]
CHAINS = {
    "IN-WB-KOL": ["IN", "IN-WB"],
    "IN-MH-MUM": ["IN", "IN-MH"],
    "IN-DL-DEL": ["IN", "IN-DL"],
    "IN-TN-CHE": ["IN", "IN-TN"],
    "IN-KA-BLR": ["IN", "IN-KA"],
    "PH-MNL": ["PH", "PH-00"],
    "PH-CEB": ["PH", "PH-07"],
    "PH-CEB-CEB": ["PH", "PH-07", "PH-CEB"],
    "PH-PAM": ["PH", "PH-03"],
    "PH-PAM-ANG": ["PH", "PH-03", "PH-PAM"],
    "KH-PNH": ["KH", "KH-12"],
    "TH-SKA": ["TH", "TH-74"],
    "TH-BKK": ["TH", "TH-10"],
    "TH-S": ["TH", "TH-20"],
}


@pytest.mark.parametrize("code", STATUTE_COUNTRIES + OTHER_COUNTRIES)
def test_country_is_there(code: str) -> None:
    assert Jurisdiction.objects.by_code(code).level == "country"


@pytest.mark.parametrize("code", CHAINS)
def test_fixed_code_lies_where_it_should(code: str) -> None:
    place = Jurisdiction.objects.by_code(code)
    above = []
    while place.parent:
        place = place.parent
        above.insert(0, place.code)
    assert above == CHAINS[code]


@pytest.mark.parametrize(
    ("country", "states", "districts"),
    [("IN", 36, 0), ("PH", 17, 82), ("KH", 25, 0), ("TH", 77, 0)],
)
def test_divided_countries_are_complete(country: str, states: int, districts: int) -> None:
    inside = Jurisdiction.objects.within(country)
    assert inside.filter(level="state").count() == states
    assert inside.filter(level="district").count() == districts


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("IN-OD", "Odisha"),
        ("IN-TS", "Telangana"),
        ("IN-TN", "Tamil Nadu"),
        ("KH-17", "Siem Reap"),
        ("PH-COM", "Davao de Oro"),
        ("TH-10", "Bangkok"),
        ("LA", "Laos"),
        ("VN", "Vietnam"),
    ],
)
def test_names_are_the_official_ones_of_today(code: str, name: str) -> None:
    assert Jurisdiction.objects.by_code(code).name == name


def test_every_time_zone_is_known_and_inherited() -> None:
    for place in Jurisdiction.objects.select_related("parent"):
        assert ZoneInfo(place.time_zone)
        assert place.parent is None or place.time_zone == place.parent.time_zone


def test_keys_follow_from_codes() -> None:
    assert all(place.pk == jurisdiction_id(place.code) for place in Jurisdiction.objects.all())


def test_loading_again_adds_nothing() -> None:
    assert load_jurisdictions() == 0


def test_loading_adds_what_is_missing_and_keeps_what_was_corrected() -> None:
    Jurisdiction.objects.by_code("PH-CEB-CEB").delete()
    Jurisdiction.objects.filter(code="PH-CEB").update(name="Lalawigan sa Sugbo")
    assert load_jurisdictions() == 1
    assert Jurisdiction.objects.by_code("PH-CEB-CEB").parent.name == "Lalawigan sa Sugbo"
