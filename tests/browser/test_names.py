"""A name on the screen: only after a reason, for a minute, and gone however one leaves."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from tests.browser import looks
from tests.browser.pages import LEAD
from tests.browser.ways import on

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

NAME, CODE = "Canary Ivory", "S-7"


def survivors(page: Page):
    return page.get_by_role("region", name="Survivors")


def show_button(page: Page):
    return survivors(page).get_by_role("button", name=f"Show the name {CODE}")


def record(page: Page) -> None:
    """Write down who the last survivor is, unless an earlier test has."""
    on("people")(page)
    if not show_button(page).count():
        survivors(page).get_by_role("link", name=f"Record who this is {CODE}").click()
        page.get_by_label("Full name").fill(NAME)
        page.get_by_label("Contacts").fill("An invented aunt\nafter six in the evening")
        page.get_by_role("button", name="Save").click()
    show_button(page).wait_for()


def reveal(page: Page) -> None:
    """Ask for the name; say why, if asked."""
    show_button(page).click()
    page.wait_for_url("**/name/")
    if page.get_by_label("Medical care").count():
        assert NAME not in page.content()
        page.get_by_label("Medical care").check()
        page.get_by_role("button", name="Show the name").click()
    page.get_by_role("heading", name="Who this is").wait_for()


def searched(page: Page) -> None:
    page.goto("/cases/")
    page.get_by_role("link", name="Find a person").click()
    page.get_by_label("Name or part of it").fill("ivory")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("heading", name="Found").wait_for()


@pytest.mark.nightly
def test_the_name_counts_down_and_goes(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    record(page)
    assert NAME not in page.content()
    page.clock.install()
    reveal(page)
    expect(page.get_by_text(NAME)).to_be_visible()
    assert NAME not in page.title()
    page.clock.run_for(20_000)
    expect(page.get_by_role("timer")).to_have_text("Hidden in 40 s")
    page.clock.run_for(41_000)
    expect(page.get_by_text("Hidden again.")).to_be_visible()
    assert NAME not in page.content()


@pytest.mark.nightly
def test_asked_once_then_shown_straight(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    record(page)
    reveal(page)
    page.get_by_role("link", name="Hide and go back").click()
    show_button(page).click()
    expect(page.get_by_text(NAME)).to_be_visible()


@pytest.mark.nightly
def test_back_shows_nothing(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    record(page)
    reveal(page)
    page.get_by_role("link", name="Hide and go back").click()
    page.locator(".idbar").wait_for()
    with suppress(Error):  # the browser keeps no answer to a form, and does not ask again by itself
        page.go_back()
    page.locator(".idbar").wait_for(state="detached")
    assert NAME not in page.content()


@pytest.mark.nightly
def test_hiding_the_screen_takes_the_name_away(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    record(page)
    reveal(page)
    page.get_by_role("button", name="Hide screen").click()
    page.wait_for_url("**/account/unlock/")
    assert NAME not in page.content()


@pytest.mark.nightly
def test_without_javascript_the_page_leaves_by_itself(visitors) -> None:
    page = visitors(LEAD, afresh=True, java_script_enabled=False)
    record(page)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
    reveal(page)
    expect(page.get_by_text("Back to the case in 60 s")).to_be_visible()
    headers = [answer.headers for answer in answers if answer.url.endswith("/name/")][-1]
    assert headers["refresh"].startswith("60; url=/cases/")
    assert "no-store" in headers["cache-control"]


@pytest.mark.nightly
@pytest.mark.parametrize("visit", [record, reveal, searched])
def test_no_barrier_on_any_screen(visit, visitors) -> None:
    page = visitors(LEAD)
    record(page)
    if visit is not record:
        visit(page)
    for size in looks.SIZES:
        for scheme in ("light", "dark"):
            looks.look(page, size, scheme)
            assert looks.barriers(page) == []
    assert looks.scrolls_sideways(page) == []
