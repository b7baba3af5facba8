"""The docket worked through, by keys on the desk and by the thumb on the way to court."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.pages import LEAD


def test_h_records_the_hearing_of_the_row(visitors) -> None:
    page = visitors(LEAD)
    page.goto("/docket/")
    rows = page.locator("[data-rows] > :not(.group)")
    due = next(n for n in range(rows.count()) if rows.nth(n).locator("[data-record]").count())
    page.keyboard.press("h")
    for _row in range(due + 1):
        expect(page).to_have_url(re.compile("/docket/$"))
        page.keyboard.press("j")
    expect(rows.nth(due).locator("th a")).to_be_focused()
    page.keyboard.press("h")
    expect(page.get_by_role("heading", level=1)).to_have_text("Record a hearing")


def test_a_thumb_reaches_the_button_and_the_case(phone) -> None:
    page = phone(LEAD)
    for name, heading in (("Record", "Record a hearing"), ("KOL-2026-0001", "KOL-2026-0001")):
        page.goto("/docket/?show=overdue")
        page.locator("tbody").get_by_role("link", name=name).first.tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
