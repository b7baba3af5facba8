"""Ctrl and K on any page: a case, a page or the search, by keys alone; without script a page."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Route, expect

from tests.browser import looks
from tests.browser.pages import LEAD


def test_it_opens_a_page_a_case_and_the_search_by_keys(visitors) -> None:
    page = visitors(LEAD)
    page.goto("/cases/")
    page.keyboard.press("Control+k")
    box = page.get_by_role("dialog", name="Go to")
    typed = box.get_by_role("searchbox")
    expect(typed).to_be_focused()
    assert looks.barriers(page) == []
    page.keyboard.type("docket")
    expect(box.get_by_role("link", name="Cases", exact=True)).to_be_hidden()
    expect(box.get_by_role("status")).to_contain_text("1 way")
    page.keyboard.press("ArrowDown")
    expect(box.get_by_role("link", name="Docket")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/docket/")
    page.keyboard.press("Control+k")
    expect(typed).to_be_focused()
    page.keyboard.type("KOL-2026-0002")
    page.keyboard.press("Enter")
    found = box.get_by_role("link", name="KOL-2026-0002").first
    expect(found).to_be_visible()
    assert page.url.endswith("/docket/"), "what is searched for stands in no address"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*-*/")
    page.keyboard.press("Control+k")
    expect(box.get_by_role("link", name="KOL-2026-0002").first).to_be_visible()
    page.keyboard.type("who saw")
    expect(box.get_by_role("status")).to_contain_text("1 way")
    page.keyboard.press("Escape")  # what was typed goes first
    expect(typed).to_have_value("")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


@pytest.mark.nightly
def test_the_verbs_of_the_open_case_are_among_its_ways(visitors) -> None:
    page = visitors(LEAD)
    page.goto("/cases/")
    page.locator("main tbody a[href^='/cases/']").first.click()
    page.wait_for_url("**/cases/*-*/")
    page.keyboard.press("Control+k")
    part = page.get_by_role("dialog", name="Go to").get_by_role("region", name="On this page")
    expect(part.get_by_role("link", name="Summary")).to_be_visible()
    page.keyboard.type("correct")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/correct/")


def test_it_closes_when_the_screen_is_hidden(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    page.goto("/cases/")
    page.keyboard.press("Control+k")
    box = page.get_by_role("dialog", name="Go to")
    expect(box).to_be_visible()
    page.evaluate("dispatchEvent(new CustomEvent('casework:hide', { cancelable: true }))")
    expect(box).to_be_hidden()
    assert page.locator("#palette li").count() == 0


@pytest.mark.nightly
def test_an_answer_that_comes_after_the_screen_was_hidden_is_not_shown(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    page.goto("/cases/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/go/", hold)
    with page.expect_request("**/go/"):
        page.keyboard.press("Control+k")
    page.evaluate("dispatchEvent(new CustomEvent('casework:hide', { cancelable: true }))")
    page.wait_for_timeout(100)
    for route in held:
        with suppress(Error):  # nobody waits for it any more
            route.continue_()
    page.wait_for_timeout(500)
    assert page.locator("#palette li").count() == 0
    expect(page.get_by_role("dialog", name="Go to")).to_be_hidden()
    assert page.url.endswith("/cases/")


@pytest.mark.nightly
def test_without_script_it_is_a_page(visitors) -> None:
    page = visitors(LEAD, java_script_enabled=False)
    page.goto("/go/")
    page.get_by_role("link", name="Cause list").click()
    page.wait_for_url("**/docket/cause-list/")
