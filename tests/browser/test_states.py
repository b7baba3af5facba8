"""What was just done can be undone for a moment, and longer by whoever is on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.pages import LEAD
from tests.browser.ways import demo_case

WORDS = "Invented words that took a while"


@pytest.mark.nightly
def test_what_can_be_undone_goes_after_ten_seconds_but_waits_for_who_is_on_it(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    page.clock.install()
    demo_case(page)
    page.goto(f"{page.url.partition('#')[0]}tasks/new/")
    page.get_by_label("What is to be done").fill(WORDS)
    page.get_by_label("By when").fill((date.today() + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Add the task").click()
    place, open_tasks = page.locator("[data-undo]"), page.get_by_role("region", name="To do")

    def finish() -> None:
        task = open_tasks.locator("li").filter(has_text=WORDS).first
        task.get_by_role("button", name="Done").click()
        expect(place).to_contain_text("Done.")
        page.mouse.move(0, 0)

    finish()
    place.get_by_role("button", name="Undo").focus()
    page.clock.run_for(30_000)
    expect(place).to_be_visible()
    place.get_by_role("button", name="Undo").press("Enter")
    expect(open_tasks.locator(".todo").first).to_contain_text(WORDS)
    finish()
    page.clock.run_for(9_000)
    expect(place).to_be_visible()
    page.clock.run_for(2_000)
    expect(place).to_have_count(0)
