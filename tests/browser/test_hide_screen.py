"""Hide screen: covered at once, locked on the server, nothing to go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from intake.demo.people import PASSWORD
from tests.browser import looks
from tests.browser.pages import LEAD
from tests.browser.ways import demo_case

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

UNLOCK = "**/account/unlock/"


def press_button(page: Page) -> None:
    page.get_by_role("button", name="Hide screen").click()


def press_escape(page: Page) -> None:
    for _time in range(3):
        page.keyboard.press("Escape")


def unlock(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Unlock").click()


@pytest.mark.parametrize("hide", [press_button, press_escape])
@pytest.mark.by_turns(2)
def test_hidden_at_once_and_for_good(hide, visitors) -> None:
    page = visitors(LEAD, afresh=True)
    demo_case(page)
    case, reference = page.url, page.title().split(" ")[0]
    waiting: list[Route] = []
    page.route("**/account/lock/", lambda route: waiting.append(route))  # noqa: PLW0108

    hide(page)
    expect(page.locator("body")).to_have_text("Screen hidden")  # before the network has answered
    assert page.title() == "New tab"
    assert reference not in page.content()

    held = held_back(page, waiting)
    held.continue_()
    page.wait_for_url(UNLOCK)
    assert page.title() == "New tab"
    _is_locked(page, case, reference)
    for _move in (page.go_back, page.go_back, page.go_forward):
        _move()
        assert reference not in page.content()
        expect(page.get_by_role("heading")).to_have_text("Locked")

    unlock(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("password")
    unlock(page)
    page.wait_for_url(case)
    expect(page.get_by_role("region", name="Survivors")).to_be_visible()


@pytest.mark.nightly
def test_the_cover_stays_until_the_server_has_answered(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    demo_case(page)
    case, reference = page.url, page.title().split(" ")[0]
    page.clock.install()
    page.context.set_offline(True)
    press_escape(page)
    expect(page.locator("body")).to_have_text("Screen hidden")
    page.context.set_offline(False)
    page.clock.run_for(10_000)
    page.wait_for_url(UNLOCK)
    _is_locked(page, case, reference)


@pytest.mark.nightly
def test_a_sign_in_page_of_the_network_is_no_answer(visitors) -> None:
    """A Wi-Fi that answers in the server's place has locked nothing."""
    page = visitors(LEAD, afresh=True)
    demo_case(page)
    case, reference = page.url, page.title().split(" ")[0]
    portal = {"status": 200, "content_type": "text/html", "body": "<h1>Buy an hour</h1>"}
    page.route("**/account/lock/", lambda route: route.fulfill(**portal), times=1)
    page.clock.install()
    press_button(page)
    expect(page.locator("body")).to_have_text("Screen hidden")
    page.clock.run_for(10_000)
    page.wait_for_url(UNLOCK)
    _is_locked(page, case, reference)


@pytest.mark.nightly
def test_without_javascript_the_button_locks(visitors) -> None:
    page = visitors(LEAD, afresh=True, java_script_enabled=False)
    demo_case(page)
    case, reference = page.url, page.title().split(" ")[0]
    press_button(page)
    page.wait_for_url(UNLOCK)
    _is_locked(page, case, reference)
    unlock(page)
    page.wait_for_url(case)


@pytest.mark.nightly
def test_a_report_that_waits_gets_a_last_try(visitors, house) -> None:
    page = visitors("field.kolkata", afresh=True)
    page.goto("/field/rescues/new/")
    page.get_by_label("Bonded labour", exact=True).check()
    page.route("**/field/rescues/new/", lambda route: route.abort(), times=1)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Try now").wait_for()
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        press_button(page)
    assert sent.value.status == 201
    page.wait_for_url(UNLOCK)


@pytest.mark.nightly
def test_five_wrong_tries_sign_out(visitors) -> None:
    page = visitors("field.manila", afresh=True)
    page.goto("/")
    press_button(page)
    page.wait_for_url(UNLOCK)
    for _try in range(5):
        unlock(page, "wrong")
        page.wait_for_load_state()
    page.wait_for_url("**/sign-in/")
    page.goto("/cases/")
    page.wait_for_url("**/sign-in/?next=**")


@pytest.mark.nightly
def test_what_the_browser_keeps_for_back_is_covered_and_asked_for_anew(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    demo_case(page)
    reference = page.title().split(" ")[0]
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert reference not in page.content()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.get_by_role("region", name="Survivors")).to_be_visible()


@pytest.mark.nightly
def test_the_other_tabs_close_and_open_with_this_one(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    demo_case(page)
    reference = page.title().split(" ")[0]
    other = page.context.new_page()
    other.goto(page.url)
    press_button(page)
    for tab in (page, other):
        tab.wait_for_url(UNLOCK)
        assert reference not in tab.content()
    unlock(page)
    expect(page.get_by_role("region", name="Survivors")).to_be_visible()
    other.wait_for_url(lambda url: "/unlock/" not in url)


@pytest.mark.nightly
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", looks.SIZES)
@pytest.mark.by_turns(4)
def test_cover_lock_and_warning_are_plain_to_everyone(size, scheme, visitors) -> None:
    page = visitors(LEAD, afresh=True)
    page.clock.install()
    page.goto("/cases/")
    looks.look(page, size, scheme)
    page.clock.fast_forward(8 * 60_000)
    expect(page.get_by_role("button", name="Stay")).to_be_visible()
    _look_at(page, f"warning-{size}-{scheme}")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    _look_at(page, f"cover-{size}-{scheme}")
    press_escape(page)
    page.wait_for_url(UNLOCK)
    page.get_by_text("What locking does not do").click()
    page.clock.fast_forward(13 * 60_000)
    expect(page.get_by_role("link", name="Stay signed in")).to_be_visible()
    _look_at(page, f"unlock-{size}-{scheme}")


def _look_at(page: Page, name: str) -> None:
    size = page.viewport_size
    assert looks.barriers(page) == []
    looks.keep_screen(page, name)
    assert looks.scrolls_sideways(page) == []
    page.set_viewport_size(size)


def held_back(page: Page, waiting: list[Route]) -> Route:
    """The request that does not get through yet."""
    for _time in range(500):
        if waiting:
            break
        page.wait_for_timeout(20)
    return waiting[0]


def _is_locked(page: Page, case: str, reference: str) -> None:
    answer: Any = page.context.request.get(case)
    assert "/account/unlock/" in answer.url
    assert reference not in answer.text()
