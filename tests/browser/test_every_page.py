"""Every page: no barrier, no error, no sideways scroll, a title that says what it is about."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from intake.demo.people import NAMES, OTHERS
from tests.browser import looks
from tests.browser.care_pages import CARE
from tests.browser.case_pages import CASE
from tests.browser.hostile import HOSTILE
from tests.browser.pages import FIELD, LEAD, PLACES, Place
from tests.browser.setting_pages import SETTINGS
from tests.browser.study_pages import STUDIES
from tests.browser.ways import cared_for, demo_case, demo_plan, on
from tests.whole import WHOLE, share

PEOPLE = [name for names in NAMES.values() for name in names]
PEOPLE += [name for name, _role, _office in OTHERS.values()]
EVERY = [(size, scheme) for size in looks.SIZES for scheme in ("light", "dark")]
PAGES = [*PLACES, *CARE, *CASE, *STUDIES, *SETTINGS]
TEMPLATE = re.compile(r"\{[{%#]|[}%#]\}")  # its own language, left over on a page


def words_of(page: Page) -> str:
    """What a page says, without what another test of this house may have put there."""
    said = page.locator("body").inner_text()
    for planted in HOSTILE:
        said = said.replace(planted, "")
    return said


def asked_of(place: Place) -> list[tuple[str, str]]:
    """A phone in light colours; by day for one page in three a desk in dark ones, too; at night and
    for pictures all four."""
    if WHOLE or looks.PICTURES:
        return EVERY
    return [("phone", "light"), *share([("desktop", "dark")], str(place), one_in=3)]


@pytest.mark.parametrize(
    "place", PAGES if looks.PICTURES else [*share(PAGES, "page", one_in=36)], ids=str
)
def test_page(place: Place, visitors) -> None:
    page = visitors(place.who)
    place.open(page)
    title = page.title()
    assert title.startswith(place.title)
    assert not [name for name in PEOPLE if set(name.split()) & set(title.split())]
    assert not TEMPLATE.search(words_of(page))
    found = []
    for size, scheme in asked_of(place):
        looks.look(page, size, scheme)
        lines = looks.barriers(page, colours_only=scheme == "dark")
        found += [f"{size} {scheme} {line}" for line in lines]
        looks.keep_screen(page, f"{place}-{size}-{scheme}")
    assert not found
    assert looks.scrolls_sideways(page) == []
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert looks.scrolls_sideways(page) == []


@pytest.mark.parametrize("path", ["/", "/cases/", "/field/rescues/new/", "/styleguide/"])
@pytest.mark.by_turns(4)
def test_written_from_right_to_left(path, visitors) -> None:
    page = visitors(FIELD)
    page.goto(path)
    page.evaluate("document.documentElement.dir = 'rtl'")
    for size in looks.SIZES:
        looks.look(page, size)
        assert looks.barriers(page) == []
        looks.keep_screen(page, f"rtl-{path.strip('/').replace('/', '-') or 'today'}-{size}")
    expect(page.locator("main").first).to_have_css("direction", "rtl")


@pytest.mark.nightly
def test_documentation_of_the_api_works_under_the_policy(visitors) -> None:
    page = visitors(FIELD)
    page.goto("/api/v1/docs/")
    page.get_by_role("link", name="account-changes").click()
    expect(page.get_by_text("/api/v1/account-changes/").first).to_be_visible()


@pytest.mark.nightly
def test_paper_says_that_it_is_confidential(visitors) -> None:
    page = visitors(LEAD)
    demo_case(page)
    banner = page.locator(".print-banner")
    expect(banner).to_be_hidden()
    page.emulate_media(media="print")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("CONFIDENTIAL")
    expect(banner).to_contain_text("Printed by Paroma Sen")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("region", name="Survivors")).to_be_visible()
    expect(page.get_by_role("heading", name="Next hearing")).to_be_visible()
    looks.keep_screen(page, "case-paper")


VERBS = ("Record a plea", "Record a payment", "File a charge", "Correct", "Change", "Record", "End")


def test_paper_has_no_verbs_and_no_empty_parts(visitors) -> None:
    page = visitors(LEAD)
    for go in (on("court"), on("care", cared_for), demo_plan):
        go(page)
        page.emulate_media(media="print")
        for verb in VERBS:
            shown = page.locator("main a").filter(
                has_text=re.compile(rf"^\s*{verb}\b"), visible=True
            )
            expect(shown).to_have_count(0)
        empty = "all => all.filter(one => one.offsetHeight && !one.innerText.trim()).length"
        assert page.locator(".card__body, .empty, .dots > span").evaluate_all(empty) == 0
        page.emulate_media(media="screen")


@pytest.mark.nightly
def test_the_paper_of_a_day_without_hearings_says_so(visitors) -> None:
    page = visitors(LEAD)
    page.goto("/docket/cause-list/?day=2031-01-05")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Cause list, Sunday 5 January 2031")).to_be_visible()
    expect(
        page.get_by_text("Nothing of yours is listed").or_(page.get_by_text("Nothing is listed"))
    ).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
