"""The docket worked through, by keys on the desk and by the thumb on the way to court."""

from __future__ import annotations

import re
from datetime import date, timedelta

import holidays
import pytest
from playwright.sync_api import expect

from tests.browser.pages import LEAD


@pytest.mark.nightly
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


@pytest.mark.nightly
def test_a_thumb_reaches_the_button_and_the_case(phone) -> None:
    page = phone(LEAD)
    for name, heading in (("Record", "Record a hearing"), ("KOL-2026-0001", "KOL-2026-0001")):
        page.goto("/docket/?show=overdue")
        page.locator("tbody").get_by_role("link", name=name).first.tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


class Hand:
    """A hand that counts what it does; `act` is `tap` on a phone and `click` at the desk."""

    def __init__(self, act: str) -> None:
        self.act, self.inputs = act, 0

    def press(self, where) -> None:
        getattr(where, self.act)()
        self.inputs += 1

    def enter(self, where, text: str) -> None:
        where.fill(text)
        self.inputs += 1


def test_an_adjourned_hearing_takes_three_taps(phone, house) -> None:
    page, hand = phone(LEAD), Hand("tap")
    page.goto(house.plant("due-hearing", lead=LEAD, purpose="mention")["record"])
    hand.press(page.get_by_text("Adjourned: Witness absent"))
    hand.press(page.locator("label:has(input[name=goes_on])").first)
    hand.press(page.get_by_role("button", name="Save the result"))
    expect(page).to_have_url(re.compile("/docket/$"))
    assert hand.inputs == 3


def a_court_day() -> date:
    """One that is not suggested, and on which courts in West Bengal sit."""
    rest = holidays.country_holidays("IN", subdiv="WB")
    ahead = (date.today() + timedelta(days=days) for days in range(33, 60))
    return next(day for day in ahead if day.weekday() < 5 and day not in rest)


@pytest.mark.nightly
def test_with_another_day_hour_and_purpose_it_takes_six(visitors, house) -> None:
    page, hand = visitors(LEAD), Hand("click")
    page.goto(house.plant("due-hearing", lead=LEAD, purpose="other")["record"])
    hand.press(page.get_by_text("Adjourned: Judge absent"))
    hand.enter(page.locator("input[name=next_on]"), f"{a_court_day()}")
    hand.enter(page.locator("input[name=next_at]"), "11:15")
    page.locator("select[name=next_purpose]").select_option("bail")
    hand.inputs += 1
    hand.press(page.get_by_role("button", name="Save the result"))
    expect(page).to_have_url(re.compile("/docket/$"))
    assert hand.inputs <= 6


@pytest.mark.nightly
def test_the_cause_list_of_one_court_is_one_sheet(visitors, house) -> None:
    page = visitors(LEAD)
    house.plant("due-hearing", lead=LEAD, purpose="bail")
    page.goto("/docket/cause-list/")
    expect(page.locator(".causes")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator("header").first).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    assert page.locator(".causes__blank").first.bounding_box()["width"] > 100, "room to write"
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
    assert re.search(rb"/MediaBox\s*\[\s*0 0 84[12]", paper), "A4, wide"
