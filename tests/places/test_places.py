"""What a place and an agency may be, and what can be asked about them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from places.countries import by_name, country_in_words
from places.currencies import currency_of
from places.enums import AgencyKind, JurisdictionLevel
from places.models import Agency, Jurisdiction, JurisdictionClosure, jurisdiction_id
from places.naming import meant_by

if TYPE_CHECKING:
    from django.test import Client

Place = Callable[..., Jurisdiction]


@pytest.fixture
def state(place: Place) -> Jurisdiction:
    return place("ZZ-A", place("ZZ"))


@pytest.fixture
def court(state: Jurisdiction) -> Agency:
    return Agency.objects.create(name="High Court", kind=AgencyKind.COURT, jurisdiction=state)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("places_jurisdiction_only_country_is_root", {"parent": None}),
        ("places_jurisdiction_only_country_is_root", {"level": "country"}),
        ("places_jurisdiction_level_known", {"level": "village"}),
        ("places_jurisdiction_code_shape", {"code": "zz-a"}),
        ("places_jurisdiction_code_fixed", {"code": "ZZ-B"}),
        ("places_jurisdiction_code_unique", {"code": "IN"}),
        ("places_jurisdiction_named", {"name": ""}),
        ("places_jurisdiction_has_time_zone", {"time_zone": ""}),
    ],
)
def test_the_table_refuses(state: Jurisdiction, rule: str, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=rule):
        Jurisdiction.objects.filter(pk=state.pk).update(**change)


def test_a_new_place_takes_its_key_from_its_code_and_its_zone_from_its_parent(
    state: Jurisdiction,
) -> None:
    assert state.pk == jurisdiction_id("ZZ-A")
    assert state.time_zone == "Asia/Kolkata"
    assert str(state) == "Place ZZ-A"


def test_a_known_code_is_refused_and_never_overwritten(state: Jurisdiction) -> None:
    twin = Jurisdiction(code=state.code, name="Twin", level=state.level, parent=state.parent)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    state.refresh_from_db()
    assert state.name == "Place ZZ-A"


def test_a_place_that_holds_others_cannot_be_deleted(state: Jurisdiction) -> None:
    assert state.parent is not None
    with pytest.raises(ProtectedError):
        state.parent.delete()


@pytest.mark.parametrize("zone", ["Asia/Atlantis", "Asia", "../etc/passwd"])
def test_an_unknown_time_zone_is_named(state: Jurisdiction, zone: str) -> None:
    state.time_zone = zone
    with pytest.raises(ValidationError, match="not a known time zone"):
        state.full_clean()


def test_within_takes_a_place_or_its_code(place: Place, state: Jurisdiction) -> None:
    city = place("ZZ-A-1", state, JurisdictionLevel.CITY)
    place("ZZ-B", state.parent)
    assert set(Jurisdiction.objects.within(state)) == {state, city}
    assert set(Jurisdiction.objects.within("ZZ-A")) == {state, city}
    assert not Jurisdiction.objects.within("ZZ-NONE").exists()


def test_an_unknown_code_does_not_exist(state: Jurisdiction) -> None:
    with pytest.raises(Jurisdiction.DoesNotExist):
        Jurisdiction.objects.by_code("ZZ-NONE")


def test_a_link_says_what_it_joins(state: Jurisdiction) -> None:
    link = JurisdictionClosure.objects.get(descendant=state, depth=1)
    assert str(link) == f"{state.parent_id} > {state.pk} (1)"


def test_agencies_are_found_by_place(place: Place, state: Jurisdiction, court: Agency) -> None:
    assert Agency.objects.within("ZZ").get() == court
    assert Agency.objects.within(state).get() == court
    assert not Agency.objects.within(place("ZZ-B", state.parent)).exists()
    assert str(court) == "High Court"


def test_only_agencies_in_use_are_active(court: Agency) -> None:
    assert Agency.objects.active().get() == court
    Agency.objects.update(is_active=False)
    assert not Agency.objects.active().exists()


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("places_agency_kind_known", {"kind": "circus"}),
        ("places_agency_named", {"name": ""}),
        ("places_agency_name_unique", {"name": "Other"}),
    ],
)
def test_the_agency_table_refuses(court: Agency, rule: str, change: dict[str, Any]) -> None:
    Agency.objects.create(name="Other", kind="court", jurisdiction=court.jurisdiction)
    with pytest.raises(IntegrityError, match=rule):
        Agency.objects.filter(pk=court.pk).update(**change)


def test_a_place_is_called_as_its_reader_calls_it_or_as_it_was_named() -> None:
    country = Jurisdiction(code="KH", name="Cambodia", level="country")
    state = Jurisdiction(code="IN-WB", name="West Bengal", level="state")
    city = Jurisdiction(code="IN-MH-MUM", name="Mumbai", level="city")
    assert (str(country), str(state), str(city)) == ("Cambodia", "West Bengal", "Mumbai")
    for language, words in (
        ("es", "Bengala Occidental"),
        ("bn", "পশ্চিমবঙ্গ"),
        ("fil", "West Bengal"),
    ):
        with translation.override(language):
            assert (str(state), str(city)) == (words, "Mumbai")
            assert meant_by(words[:9]) == (["IN-WB"] if language != "fil" else [])
    with translation.override("es"):
        assert str(country) == "Camboya"
        assert [name for code, name in by_name() if code == "DE"] == ["Alemania"]
        assert [code for code, _name in by_name()][:1] == ["AF"]
        assert country_in_words("DE") == "Alemania"
        assert meant_by("aleman") == ["DE"]
    with translation.override("fr"):  # the order of the list is that of the reader's words
        names = [name for _code, name in by_name()]
        assert names == sorted(names)
        assert "Cambodge" in names
    assert country_in_words("XX") == "XX"


def test_every_country_is_known_with_what_it_pays_with() -> None:
    without = {
        code for code, _words in by_name() if not re.fullmatch("[A-Z]{3}", currency_of(code))
    }
    assert without == {"AQ"}, "nobody is at home in Antarctica"
    assert [currency_of(code) for code in ("NP", "PE", "BT", "DE")] == ["NPR", "PEN", "BTN", "EUR"]
    assert currency_of("XX") == ""


@pytest.mark.django_db
@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_no_country_offers_two_places_of_one_name(language: str) -> None:
    """Delhi is a state, and the city in it."""
    with translation.override(language):
        for country in Jurisdiction.objects.filter(level=JurisdictionLevel.COUNTRY):
            names = [name for _, name in Jurisdiction.objects.to_choose().within(country).choices()]
            assert len(names) == len(set(names)), country.code
    names = dict(Jurisdiction.objects.to_choose().choices())
    assert names["IN-DL"] == "Delhi"
    assert names["IN-DL-DEL"] == "Delhi (City)"


@pytest.mark.django_db
def test_each_form_tells_them_apart(
    browser_client: Callable[[Any], Client], field_officer: Any
) -> None:
    page = browser_client(field_officer)
    for address in ("/field/rescues/new/", "/cases/new/", "/cases/"):
        html = page.get(address).content.decode()
        assert re.search(r">\s*Delhi\s*<", html), address
        assert re.search(r">\s*Delhi \(City\)\s*<", html), address
