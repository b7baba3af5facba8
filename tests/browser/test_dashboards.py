"""Dashboards with figures: no barrier in any size, theme or direction, and whole on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looks
from tests.browser.house import COUNTS
from tests.whole import WHOLE

BOARDS = {
    "field-office": "Field office",
    "legal": "Legal",
    "aftercare": "Aftercare",
    "programme": "Programme",
    "data-quality": "Data quality",
}
BY_DAY = {("ltr", "phone", "light"), ("ltr", "desktop", "dark"), ("rtl", "phone", "light")}


def unfolded(page: Page) -> None:
    closed = page.locator(".panel details:not([open]) > summary")
    while closed.count():  # one fewer with each
        closed.first.click()


@pytest.mark.parametrize("slug", list(BOARDS))
@pytest.mark.by_turns(5)
def test_a_dashboard_has_no_barrier(slug, visitors) -> None:
    page = visitors(COUNTS)
    page.goto(f"/dashboards/{slug}/")
    assert page.title().startswith(BOARDS[slug])
    assert page.locator(".panel svg").count() > 3
    found = []
    for direction in ("ltr", "rtl"):
        page.evaluate("to => { document.documentElement.dir = to; }", direction)
        for size in looks.SIZES:
            for scheme in ("light", "dark"):
                if not (WHOLE or looks.PICTURES or (direction, size, scheme) in BY_DAY):
                    continue
                looks.look(page, size, scheme)
                lines = looks.barriers(page, colours_only=scheme == "dark")
                found += [f"{direction} {size} {scheme} {line}" for line in lines]
                looks.keep_screen(page, f"dashboard-{slug}-{direction}-{size}-{scheme}")
        assert looks.scrolls_sideways(page) == []
    assert not found


@pytest.mark.nightly
def test_an_unfolded_table_has_no_barrier_either(visitors) -> None:
    page = visitors(COUNTS)
    page.goto("/dashboards/legal/")
    unfolded(page)
    page.evaluate("document.activeElement.blur()")
    for size in looks.SIZES:
        looks.look(page, size)
        page.evaluate("scrollTo(0, 0)")  # nothing lies half under the bar
        assert looks.barriers(page) == []
    assert looks.scrolls_sideways(page) == []


@pytest.mark.nightly
def test_everything_is_reached_and_opened_by_key(visitors) -> None:
    page = visitors(COUNTS)
    page.goto("/dashboards/legal/")
    table = page.get_by_role("table", name="Conviction rate, and how sure we can be: the table")
    expect(table).to_be_hidden()
    fold = page.locator("#rate").locator("xpath=ancestor::section").locator("summary").first
    fold.focus()
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('aria-labelledby')")
    assert focused == "rate-table"  # a wide table can be moved by arrow keys


def test_on_paper_each_picture_has_its_table_and_no_button(visitors) -> None:
    page = visitors(COUNTS)
    page.goto("/dashboards/legal/")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    drawn = page.locator(".panel__table")
    assert drawn.count() > 3
    for table in drawn.locator("table").all():
        expect(table).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("link", name="CSV")).to_have_count(0)
    page.set_viewport_size({"width": 673, "height": 971})  # a sheet of A4 within its margins
    looks.keep_screen(page, "dashboard-legal-paper")
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(wide)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(drawn.locator("table").first).to_be_hidden()
