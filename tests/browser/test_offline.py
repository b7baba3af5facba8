"""Without a connection a page says so, what was typed stays, and the device keeps nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.house import COUNTS
from tests.browser.pages import LEAD
from tests.browser.test_hide_screen import UNLOCK
from tests.browser.visit import sign_in
from tests.browser.ways import demo_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

WORDS = "Invented words that took a while"
# All that a site can leave on a device beside cookies; "seen" is the moment of the last input.
KEPT = """async () => [
  ...await caches.keys(), ...(await indexedDB.databases()).map(({ name }) => name),
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
]"""


@pytest.fixture
def come(visitors) -> Callable[[str], Page]:
    """A page that came past the script, on a device that had kept something."""

    def sign_in_as(who: str) -> Page:
        page = visitors(None, service_workers="allow")
        page.goto("/sign-in/")
        page.evaluate("() => caches.open('of an earlier version')")
        sign_in(page, who)
        page.evaluate("async () => { await navigator.serviceWorker.ready }")
        page.goto("/notices/")
        assert page.evaluate("() => Boolean(navigator.serviceWorker.controller)")
        return page

    return sign_in_as


def says_so(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    assert page.title() == "No connection"
    assert "KOL-" not in page.content()


@pytest.mark.nightly
def test_a_page_says_so_and_comes_when_there_is_a_connection(come) -> None:
    page = come(LEAD)
    demo_case(page)
    case = page.url
    page.context.set_offline(True)
    page.goto("/cases/")
    says_so(page)
    assert page.evaluate("() => getComputedStyle(document.querySelector('a')).fontWeight") == "600"
    page.goto(case)
    says_so(page)
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("region", name="Survivors")).to_be_visible()
    assert page.evaluate(KEPT) == ["seen"]

    page.locator(".menu .ib").click()  # tasks of the page have menus, too
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    page.context.set_offline(True)
    page.goto(case)
    says_so(page)
    page.context.set_offline(False)
    page.reload()
    page.wait_for_url("**/sign-in/?next=**")


def test_a_form_is_not_sent_and_keeps_what_was_typed(come) -> None:
    page = come(LEAD)
    demo_case(page)
    page.goto(f"{page.url.partition('#')[0]}tasks/new/")
    page.get_by_label("What is to be done").fill(WORDS)
    page.get_by_label("By when").fill((date.today() + timedelta(days=9)).isoformat())
    page.context.set_offline(True)
    page.get_by_role("button", name="Add the task").click()
    expect(page.get_by_role("alert")).to_contain_text("No connection: nothing was sent")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.get_by_role("button", name="Close").click()  # a dialog sends nothing
    expect(page.locator("#keys")).to_be_hidden()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Cases").click()
    expect(page.get_by_label("What is to be done")).to_have_value(WORDS)
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_be_hidden()
    # A device that says it has no network, and a server that answers.
    page.evaluate("() => Object.defineProperty(navigator, 'onLine', { get: () => false })")
    page.get_by_role("button", name="Add the task").click()
    expect(page.get_by_role("region", name="To do")).to_contain_text(WORDS)


@pytest.mark.nightly
def test_the_server_is_asked_by_the_browser_as_without_the_script(come) -> None:
    """A file arrives as a file; a locked screen stays locked, and the answer is a page."""
    page = come(COUNTS)
    page.goto("/dashboards/legal/")
    with page.expect_download():
        page.evaluate("() => document.querySelector('a[href$=csv]').click()")
    address, token = "/account/lock/", page.locator("[name=csrfmiddlewaretoken]").first
    page.request.post(address, form={"csrfmiddlewaretoken": token.input_value()})
    page.goto("/reports/")
    page.wait_for_url(UNLOCK)


@pytest.mark.nightly
def test_a_run_under_way_asks_for_no_page_that_does_not_exist(come) -> None:
    """It has words of its own for a server that does not answer: they are no address."""
    page = come(COUNTS)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto("/reports/sentences/")
    expect(page.get_by_role("heading", name="Being computed")).to_be_visible()
    with page.expect_response(lambda answer: answer.url == page.url):
        pass  # the page looks how far it is
    assert faults == []
    page.context.set_offline(True)
    page.get_by_role("link", name="Reports").first.click()
    expect(page.get_by_role("alert")).to_contain_text("No connection")
