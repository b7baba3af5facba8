"""Without a connection a page says so and a form waits; what was just done can be undone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import LEAD
from tests.browser.test_hide_screen import UNLOCK
from tests.browser.ways import demo_case

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = "Invented words that took a while"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  }
  return found;
}"""


@pytest.fixture
def page(visitors) -> Page:
    """A page of a case that the script stands before."""
    page = visitors(LEAD, afresh=True, service_workers="allow")
    demo_case(page)
    page.evaluate("async () => { await navigator.serviceWorker.ready }")
    page.reload()
    assert page.evaluate("() => Boolean(navigator.serviceWorker.controller)")
    return page


def test_a_page_says_that_there_is_no_connection_and_comes_when_there_is(page) -> None:
    before = page.url
    page.context.set_offline(True)
    page.goto("/cases/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    assert "KOL-" not in page.content()
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cases")
    page.goto(before)
    expect(page.get_by_role("region", name="Survivors")).to_be_visible()


def test_no_page_with_content_is_ever_kept(page) -> None:
    for path in ("/", "/cases/", "/to-do/", "/notices/"):
        page.goto(path)
    kept = page.evaluate(KEPT)
    assert "/offline/" in kept
    assert [path for path in kept if path != "/offline/" and not path.startswith("/static/")] == []
    said = page.evaluate("async () => (await caches.match('/offline/')).text()")
    assert "No connection" in said
    assert LEAD not in said


def test_a_locked_screen_stays_locked_before_the_script(page) -> None:
    """The server is asked as it is without it: by the browser, for a window."""
    page.request.post("/account/lock/", headers={"Referer": page.url, **token(page)})
    page.goto("/cases/")
    page.wait_for_url(UNLOCK)


def token(page: Page) -> dict[str, str]:
    box = page.locator("[name=csrfmiddlewaretoken]").first
    return {"X-CSRFToken": box.input_value()}


def test_a_form_is_not_sent_and_keeps_what_was_typed(page) -> None:
    page.goto(f"{page.url.partition('#')[0]}tasks/new/")
    page.get_by_label("What is to be done").fill(WORDS)
    page.get_by_label("By when").fill((date.today() + timedelta(days=9)).isoformat())
    page.context.set_offline(True)
    page.get_by_role("button", name="Add the task").click()
    expect(page.get_by_role("alert")).to_contain_text("No connection: nothing was sent")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Cases").click()
    expect(page.get_by_label("What is to be done")).to_have_value(WORDS)
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_be_hidden()
    page.get_by_role("button", name="Add the task").click()
    expect(page.get_by_role("region", name="To do")).to_contain_text(WORDS)


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
