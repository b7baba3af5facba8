"""A screen that is left alone: covered, locked, signed out, each after its time."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from tests.browser import looks
from tests.browser.pages import FIELD, LEAD
from tests.browser.study_pages import DATA
from tests.browser.test_hide_screen import UNLOCK, held_back, press_escape, unlock
from tests.browser.visit import fill_in
from tests.browser.ways import demo_case

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

MINUTE = 60_000
FORM = "/field/rescues/new/"
HIDDEN = """hidden => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


@pytest.fixture
def left_alone(phone) -> Page:
    """A phone with a case on it, its clock in our hands."""
    page = phone(LEAD, afresh=True)
    page.clock.install()
    demo_case(page)
    return page


@pytest.fixture
def desk(visitors) -> Page:
    page = visitors(LEAD, afresh=True)
    page.clock.install()
    demo_case(page)
    return page


def is_covered(page: Page) -> None:
    expect(page.locator("body")).to_contain_text("Screen hidden")
    expect(page.get_by_role("region", name="Survivors")).to_have_count(0)
    assert page.title() == "New tab"
    assert "KOL-" not in page.content()


def is_open(page: Page) -> None:
    expect(page.get_by_role("region", name="Survivors")).to_be_visible()
    assert page.title().startswith("KOL-")


def test_a_phone_covers_after_two_minutes_and_a_tap_lifts_it(left_alone) -> None:
    left_alone.clock.run_for(2 * MINUTE - 5_000)
    is_open(left_alone)
    left_alone.clock.run_for(10_000)
    is_covered(left_alone)
    left_alone.get_by_role("button", name="Show again").tap()
    is_open(left_alone)


@pytest.mark.nightly
def test_a_phone_locks_after_five(left_alone) -> None:
    left_alone.clock.run_for(4 * MINUTE)
    is_covered(left_alone)
    left_alone.clock.run_for(MINUTE + 5_000)
    left_alone.wait_for_url(UNLOCK)
    assert "/account/unlock/" in left_alone.context.request.get("/cases/").url


@pytest.mark.nightly
def test_a_phone_that_slept_locks_instead_of_showing_the_page(left_alone) -> None:
    """Timers stand still in a pocket."""
    left_alone.evaluate(HIDDEN, True)
    left_alone.clock.pause_at(left_alone.evaluate("Date.now()") + 1_000)
    left_alone.clock.fast_forward(6 * MINUTE)
    with suppress(Error):  # the page may leave while it is told
        left_alone.evaluate(HIDDEN, False)
        left_alone.clock.run_for(5_000)
    left_alone.wait_for_url(UNLOCK)


@pytest.mark.nightly
def test_a_phone_that_shows_something_else_keeps_a_picture_of_the_cover(left_alone) -> None:
    left_alone.evaluate(HIDDEN, True)
    is_covered(left_alone)
    left_alone.evaluate(HIDDEN, False)
    is_open(left_alone)


@pytest.mark.nightly
def test_an_office_screen_is_not_covered_by_another_window(desk) -> None:
    desk.evaluate(HIDDEN, True)
    is_open(desk)


@pytest.mark.nightly
def test_unfinished_entries_wait_below_the_cover(phone) -> None:
    page = phone(FIELD, afresh=True)
    page.clock.install()
    page.goto(FORM)
    page.get_by_label("One more: Woman, 18 and over").click(click_count=2)
    page.clock.run_for(5 * MINUTE + 5_000)
    expect(page.get_by_text("Your entries are kept here")).to_be_visible()
    assert "/account/unlock/" in page.context.request.get("/").url
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Unlock").click()
    unlock(opened.value)
    opened.value.wait_for_url(f"**{FORM}")
    expect(page.get_by_label("Woman 18 and over")).to_have_value("2")
    page.get_by_label("Bonded labour", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-receipt=reference]")).to_contain_text("KOL-")


@pytest.mark.nightly
def test_unfinished_entries_do_not_wait_for_someone_who_hides_them(phone) -> None:
    page = phone(FIELD, afresh=True)
    page.clock.install()
    page.goto(FORM)
    page.get_by_label("One more: Woman, 18 and over").click()
    page.clock.run_for(5 * MINUTE + 5_000)
    page.get_by_role("link", name="Unlock").wait_for()
    press_escape(page)
    page.wait_for_url(UNLOCK)


@pytest.mark.nightly
def test_an_office_screen_warns_and_locks_after_ten(desk) -> None:
    stay = desk.get_by_role("button", name="Stay")
    desk.clock.run_for(8 * MINUTE - 5_000)
    expect(stay).to_be_hidden()
    desk.clock.run_for(10_000)
    expect(stay).to_be_visible()
    stay.click()
    desk.clock.run_for(2_000)
    expect(stay).to_be_hidden()
    desk.clock.run_for(10 * MINUTE - 10_000)
    is_open(desk)
    desk.clock.run_for(15_000)
    desk.wait_for_url(UNLOCK)


def test_typing_keeps_the_session_and_the_other_tabs(desk) -> None:
    other = desk.context.new_page()
    other.goto("/cases/new/")
    told: list[str] = []
    other.on("request", lambda request: told.append(request.url))
    for _three_minutes in range(4):
        other.keyboard.press("Tab")
        desk.clock.run_for(3 * MINUTE)
    is_open(desk)
    assert [url for url in told if url.endswith("/account/stay/")]


@pytest.mark.nightly
def test_reading_without_a_move_tells_the_server_nothing(desk) -> None:
    # The click that led here, by the clock of the page before, which is not quite the one of this.
    desk.evaluate("localStorage.seen -= 2000")
    told: list[str] = []
    desk.on("request", lambda request: told.append(request.url))
    desk.clock.run_for(7 * MINUTE)
    # What is new is asked for all the same; it keeps no session (tests/desk/test_live.py).
    assert [url for url in told if "favicon" not in url and "/live/" not in url] == []


@pytest.mark.nightly
def test_a_session_that_ended_elsewhere_closes_the_page(desk) -> None:
    desk.context.clear_cookies()
    desk.clock.run_for(5_000)
    desk.keyboard.press("Tab")
    desk.clock.run_for(3 * MINUTE)
    desk.wait_for_url("**/sign-in/")


@pytest.mark.nightly
def test_the_locked_page_says_when_the_sign_in_ends_and_keeps_it_if_asked(desk) -> None:
    press_escape(desk)
    desk.wait_for_url(UNLOCK)
    stay = desk.get_by_role("link", name="Stay signed in")
    desk.clock.run_for(13 * MINUTE - 5_000)
    expect(stay).to_be_hidden()
    desk.clock.run_for(10_000)
    expect(desk.get_by_role("alert")).to_contain_text("You will be signed out.")
    with desk.expect_response(UNLOCK):
        stay.click()
    expect(stay).to_be_hidden()
    desk.context.clear_cookies()  # as the server's own clock would have it
    asked: list[str] = []

    def is_slow(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=204)  # the page stays

    desk.route(UNLOCK, is_slow)
    desk.clock.run_for(15 * MINUTE)
    for _tick in range(4):
        desk.clock.run_for(2_000)
    assert len(asked) == 1  # asked each second, a poor network would never answer
    desk.unroute(UNLOCK)
    desk.reload()
    desk.wait_for_url("**/sign-in/")


WORDS = "Invented words that took a while"


@pytest.fixture
def typed(desk) -> Page:
    """An office screen on which somebody writes down what is to be done."""
    desk.goto(f"{desk.url.partition('#')[0]}tasks/new/")
    desk.get_by_label("What is to be done").fill(WORDS)
    return desk


def lock_by_itself(page: Page) -> None:
    page.clock.run_for(10 * MINUTE + 5_000)
    expect(page.get_by_text("Your entries are kept here")).to_be_visible()
    assert WORDS not in page.content()
    assert "/account/unlock/" in page.context.request.get("/").url


def press_add(page: Page) -> None:
    expect(page.get_by_label("What is to be done")).to_have_value(WORDS)
    page.get_by_label("By when").fill((date.today() + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Add the task").click()


def send(page: Page) -> None:
    press_add(page)
    expect(page.get_by_role("region", name="To do")).to_contain_text(WORDS)


@pytest.mark.nightly
def test_what_a_script_put_into_a_field_waits_too(typed) -> None:
    """As the digits of a hash do; no event tells of it."""
    typed.reload()
    typed.get_by_label("What is to be done").evaluate(
        "(box, words) => { box.value = words }", WORDS
    )
    lock_by_itself(typed)
    with typed.expect_popup() as opened:
        typed.get_by_role("link", name="Unlock").click()
    unlock(opened.value)
    send(typed)


def test_typed_words_wait_below_the_cover(typed) -> None:
    lock_by_itself(typed)
    with typed.expect_popup() as opened:
        typed.get_by_role("link", name="Unlock").click()
    unlock(opened.value)
    send(typed)


@pytest.mark.nightly
def test_a_box_called_like_a_property_of_forms_changes_nothing(visitors) -> None:
    """A study has its method, which is what a form calls how it is sent."""
    page = visitors(DATA, afresh=True)
    page.clock.install()
    page.goto("/studies/new/")
    page.get_by_label("Title").fill(WORDS)
    lock_by_itself(page)


def sign_in_anew(page: Page) -> None:
    page.context.clear_cookies()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Unlock").click()
    fill_in(opened.value, LEAD)
    opened.value.wait_for_url(lambda url: "/sign-in/" not in url)


@pytest.mark.nightly
def test_typed_words_outlive_a_new_sign_in(typed) -> None:
    """They show once they can be sent, however long the page takes to fetch the new token."""
    held: list[Route] = []
    typed.route(typed.url, lambda route: held.append(route), times=1)  # noqa: PLW0108
    lock_by_itself(typed)
    sign_in_anew(typed)
    asked = held_back(typed, held)
    expect(typed.locator("body")).to_contain_text("Screen hidden")
    assert WORDS not in typed.content()
    asked.continue_()
    send(typed)


@pytest.mark.nightly
def test_typed_words_come_back_where_the_new_token_cannot_be_fetched(typed) -> None:
    lock_by_itself(typed)
    typed.route(typed.url, lambda route: route.abort(), times=1)
    sign_in_anew(typed)
    press_add(typed)
    typed.get_by_text("what you typed is kept here").wait_for()
    for size, scheme in (("phone", "light"), ("desktop", "dark")):
        looks.look(typed, size, scheme)
        assert looks.barriers(typed) == []
        looks.keep_screen(typed, f"sent-again-{size}-{scheme}")
    typed.get_by_role("button", name="Send again").click()
    expect(typed.get_by_role("region", name="To do")).to_contain_text(WORDS)


@pytest.mark.nightly
def test_words_taken_back_hold_nothing(typed) -> None:
    typed.get_by_label("What is to be done").fill("")
    typed.clock.run_for(10 * MINUTE + 5_000)
    typed.wait_for_url(UNLOCK)


@pytest.mark.nightly
def test_typed_words_do_not_wait_for_someone_who_hides_them(typed) -> None:
    lock_by_itself(typed)
    press_escape(typed)
    typed.wait_for_url(UNLOCK)
