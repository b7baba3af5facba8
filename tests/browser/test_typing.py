"""A long list is found by typing, and fields that do not apply are not there: on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import looks
from tests.browser.pages import LEAD
from tests.browser.ways import survivor

pytestmark = pytest.mark.nightly


def test_a_place_is_found_by_typing(phone) -> None:
    page = phone(LEAD)
    page.goto("/cases/new/")
    places = page.get_by_label("Place", exact=True)
    box = places.locator("xpath=preceding-sibling::input")
    lines = places.locator("option")
    every = lines.count()
    box.fill("pradesh")
    assert 3 < lines.count() < 15
    expect(places).to_have_value("")
    box.fill("Kolk")
    expect(places).to_have_value("IN-WB-KOL")  # the last one that is left
    box.fill("")
    expect(lines).to_have_count(every)
    expect(places).to_have_value("IN-WB-KOL")
    box.fill("nowhere")
    expect(places).to_have_value("IN-WB-KOL")  # what was chosen stays
    assert looks.barriers(page) == []


def test_who_sleeps_at_home_has_no_provider(phone) -> None:
    page = phone(LEAD)
    survivor(page)
    page.goto(f"{page.url.partition('#')[0]}placements/new/")
    place, provider = page.get_by_label("Where", exact=True), page.locator("select[name=provider]")
    expect(provider).to_be_hidden()
    for kind in ("shelter", "home", "foster_care"):
        place.select_option(kind)
        expect(provider).to_be_enabled(enabled=kind != "home")
        expect(provider).to_be_visible(visible=kind != "home")
    assert page.evaluate("document.documentElement.scrollHeight") < 2 * page.viewport_size["height"]
    assert looks.barriers(page) == []
