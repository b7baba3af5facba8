"""How courts and people are named on a page."""

from __future__ import annotations

import pytest

from prosecutions.words import court_of
from tests import factories
from victims.enums import person_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Court of first instance", "Court of first instance, West Bengal"),
        ("Sessions court, West Bengal", "Sessions court, West Bengal"),
    ],
)
def test_a_court_is_named_with_its_place_once(case, name, words):
    place = factories.place("IN-WB")
    court = factories.agency(kind="court", name=name, jurisdiction=place)
    filed = factories.prosecution(case, jurisdiction=place, court=court)
    assert court_of(filed) == words
    filed.court = None
    assert court_of(filed) == "West Bengal"


def test_an_age_goes_on_within_the_sentence():
    assert person_words("female", "unknown") == "Female, age not known"
    assert person_words("male", "13-17") == "Boy, 13–17"
