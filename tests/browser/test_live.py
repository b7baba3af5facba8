"""While a page is open: what others change is told, the bell counts, nothing is asked in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import LEAD
from tests.browser.test_idle_screen import HIDDEN
from tests.browser.ways import demo_case

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

A_WHILE = 31_000
SAID = "Somebody changed this at 14:02."


@pytest.fixture
def page(visitors) -> Page:
    page = visitors(LEAD)
    page.clock.install()
    demo_case(page)
    return page


def answered(page: Page, **answer) -> list[str]:
    """The questions of the page, each answered so."""
    asked: list[str] = []

    def answer_it(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(**answer)

    page.route("**/live/**", answer_it)
    return asked


def wait_for(page: Page, asked: list[str], many: int) -> None:
    for _turn in range(40):
        if len(asked) >= many:
            return
        page.wait_for_timeout(50)


def test_what_others_change_is_told_and_shown_on_asking(page) -> None:
    asked = answered(page, json={"unseen": 3, "said": SAID})
    expect(page.get_by_text(SAID)).to_be_hidden()
    page.clock.fast_forward(A_WHILE)
    expect(page.get_by_text(SAID)).to_be_visible()
    expect(page.locator("[data-unseen]")).to_contain_text("3")
    assert "case=" in asked[0]
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text(SAID)).to_be_hidden()


@pytest.mark.nightly
def test_a_tab_that_nobody_sees_asks_nothing(page) -> None:
    asked = answered(page, json={"unseen": 0, "said": ""})
    page.evaluate(HIDDEN, True)
    for _turn in range(4):
        page.clock.fast_forward(A_WHILE)
    assert asked == []
    page.evaluate(HIDDEN, False)
    wait_for(page, asked, 1)
    assert len(asked) == 1


@pytest.mark.nightly
def test_whoever_is_signed_out_elsewhere_is_asked_no_more(page) -> None:
    asked = answered(page, status=401, json={})
    for _turn in range(4):
        page.clock.fast_forward(A_WHILE)
        wait_for(page, asked, 1)
    assert len(asked) == 1
