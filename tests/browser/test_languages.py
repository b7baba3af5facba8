"""Every language fits on a small phone."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser import looks
from tests.browser.pages import LEAD

PAGES = [
    "/",
    "/to-do/",
    "/cases/",
    "/docket/",
    "/field/rescues/new/",
    "/providers/",
    "/cases/new/",
    "/notices/",
]
PARTS = ("", "people/", "court/", "care/")  # of the first case


def _of_a_case(page: Page) -> list[str]:
    page.goto("/cases/?status=prosecution")
    case = page.locator("#main a[href^='/cases/'][href$='/']:has(bdi)").first.get_attribute("href")
    return [f"{case}{part}" for part in PARTS]


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
@pytest.mark.by_turns(10)
def test_twelve_pages_fit_in_320_pixels(code, visitors) -> None:
    page = visitors(LEAD, locale=code)
    wide = {}
    for path in [*PAGES, *_of_a_case(page)]:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", code)
        if lines := looks.scrolls_sideways(page):
            wide[path] = lines
        looks.keep_screen(page, f"{code}-{path.strip('/').replace('/', '-') or 'today'}")
    assert wide == {}
