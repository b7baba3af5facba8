"""A day is typed, or chosen: the box shows what the server understands."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from core.days.typed import read_day, say_day
from tests.browser import looks
from tests.browser.pages import LEAD
from tests.browser.ways import demo_case


@pytest.fixture(params=["phone", "desktop"])
def page(request, visitors, phone):
    page = phone(LEAD) if request.param == "phone" else visitors(LEAD)
    demo_case(page)
    return page


@pytest.mark.by_turns(2)
def test_it_is_shown_as_it_is_understood(page) -> None:
    case = page.url.partition("#")[0]
    for address, label, ahead in (("tasks/new/", "By when", True), ("notes/new/", "Day", False)):
        page.goto(f"{case}{address}")
        box = page.get_by_label(label, exact=False).and_(page.locator("[data-day]"))
        today = date.fromisoformat(box.get_attribute("data-day"))
        for typed in (
            "12/3",
            "1.2",
            "31/12",
            "3-9-2026",
            "29/2",
            "12 March",
            "7 sep 2026",
            "soon",
            "31/2",
        ):
            box.fill(typed)
            box.blur()
            try:
                meant = say_day(read_day(typed, today=today, ahead=ahead))
            except ValueError:
                meant = typed
            expect(box).to_have_value(meant)
        box.fill("")
        page.get_by_role("button", name="Today").click()
        expect(box).to_have_value(say_day(today))
        expect(box).to_be_focused()
        assert looks.barriers(page) == []


@pytest.mark.nightly
def test_the_calendar_of_the_browser_fills_it_in(page) -> None:
    page.goto(f"{page.url.partition('#')[0]}tasks/new/")
    expect(page.get_by_role("button", name="Calendar")).to_be_visible()
    page.locator("[data-days] input[type=date]").evaluate(
        "box => { box.value = '2026-12-24'; box.dispatchEvent(new Event('change')); }"
    )
    expect(page.locator("[data-day]")).to_have_value("24 Dec 2026")


@pytest.mark.nightly
def test_a_charge_offers_the_laws_of_the_day_that_is_understood(visitors) -> None:
    page = visitors("legal.kolkata")
    demo_case(page)
    page.goto(f"{page.url.partition('#')[0]}court/")
    address = page.locator('a[href*="/charges/new/"]').first.get_attribute("href")
    page.goto(address)
    offered = page.locator("[name=provision] option:not([hidden])")
    box = page.locator("[name=offence_on]")
    box.fill("")
    box.blur()
    every = offered.count()
    box.fill("1 Jan 1995")
    box.blur()
    expect(offered).not_to_have_count(every)
    assert 1 <= offered.count() < every
