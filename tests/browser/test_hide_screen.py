"""Hide screen: covered at once, signed out on the server, nothing to go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import LEAD, demo_case

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


def press_button(page: Page) -> None:
    page.get_by_role("button", name="Hide screen").click()


def press_escape(page: Page) -> None:
    for _time in range(3):
        page.keyboard.press("Escape")


@pytest.mark.parametrize("hide", [press_button, press_escape])
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

    held = _held(page, waiting)
    held.continue_()
    page.wait_for_url("**/sign-in/")
    _session_is_over(page, case, reference)
    page.go_back()
    assert reference not in page.content()
    expect(page.get_by_role("region", name="Survivors")).to_have_count(0)


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
    page.wait_for_url("**/sign-in/")
    _session_is_over(page, case, reference)


def test_without_javascript_the_button_signs_out(visitors) -> None:
    page = visitors(LEAD, afresh=True, java_script_enabled=False)
    demo_case(page)
    case, reference = page.url, page.title().split(" ")[0]
    press_button(page)
    page.wait_for_url("**/sign-in/")
    _session_is_over(page, case, reference)


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
    page.wait_for_url("**/sign-in/")


def _held(page: Page, waiting: list[Route]) -> Route:
    """The request that does not get through yet."""
    for _time in range(500):
        if waiting:
            break
        page.wait_for_timeout(20)
    return waiting[0]


def _session_is_over(page: Page, case: str, reference: str) -> None:
    answer: Any = page.context.request.get(case)
    assert "/sign-in/" in answer.url
    assert reference not in answer.text()
