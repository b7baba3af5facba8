"""A rescue without a network: sealed on the phone, kept though the browser is killed, then sent."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import looks
from tests.browser.phones import Phone, enter, picture, waits, write
from tests.browser.test_poor_signal import FORM, references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Route

    from tests.browser.house import House

CANARY = "CANARY-7731 behind the mill"


@pytest.fixture
def phone(browser, chromium_path, house: House, tmp_path) -> Iterator[Phone]:
    """Enrolled by its officer."""
    house.plant("no-phones", person="field.kolkata")
    made = Phone(browser, chromium_path, house.url, tmp_path / "profile")
    made.enrol("field.kolkata")
    yield made
    made.context.close()
    assert made.faults == []


def test_what_a_page_cannot_send_is_sealed_instead_and_stored_once(phone: Phone, visitors) -> None:
    """The server had stored it, and its answer was lost."""
    before, page = references(visitors("lead.kolkata")), phone.page
    page.goto(FORM)
    page.get_by_label("One more: Woman, 18 and over").tap()
    page.get_by_label("Bonded labour", exact=True).check(force=True)
    page.locator("summary", has_text="Add a note").tap()
    page.get_by_label("Note", exact=True).fill("Two\nlines")

    def lose(route: Route) -> None:
        assert route.fetch().status == 201
        route.abort("connectionreset")

    page.route(f"**{FORM}", lose, times=1)
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_role("button", name="Seal it on this phone")).to_be_visible()
    phone.context.set_offline(True)
    page.get_by_role("button", name="Seal it on this phone").tap()
    page.wait_for_url("**/field/")
    waits(page, "not sent yet")
    phone.context.set_offline(False)
    waits(page, "Saved on the server")
    assert len(references(visitors("lead.kolkata")) - before) == 1


@pytest.mark.nightly
def test_two_pages_and_a_lost_receipt_send_it_once(phone: Phone, visitors) -> None:
    before, page = references(visitors("lead.kolkata")), phone.page
    page.goto("/field/")
    other = phone.context.new_page()
    other.goto("/field/")
    page.route("**/parts/", lambda route: (route.fetch(), route.abort()), times=1)
    enter(page, CANARY)
    waits(page, "Saved on the server")
    waits(other, "Saved on the server")
    assert len(references(visitors("lead.kolkata")) - before) == 1


@pytest.mark.nightly
def test_a_lost_phone_forgets_what_it_had_once_all_is_sent(phone: Phone) -> None:
    page = phone.page
    this = page.get_by_role("listitem").filter(
        has=page.get_by_text("This one").locator("visible=true")
    )
    this.get_by_role("link").click()
    page.get_by_label("Lost or taken").check(force=True)
    page.get_by_role("button", name="Stop using this phone").click()
    page.goto("/field/")
    enter(page, CANARY)
    expect(page.get_by_text("This phone is no longer used.")).to_be_visible()
    expect(page.locator("#count")).to_have_text("0")
    kept = "async () => [await caches.keys(), await phoneBox.phone()]"
    while page.evaluate(kept) != [[], None]:
        page.wait_for_timeout(100)
    page.goto("/field/")
    expect(page.get_by_text("This phone is not enrolled.")).to_be_visible()


@pytest.mark.nightly
def test_a_full_phone_says_so_and_keeps_the_entries(phone: Phone) -> None:
    phone.page.goto("/field/")
    phone.page.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new Error(); }; }")
    enter(phone.page, CANARY)
    expect(phone.page.get_by_text("Not saved: this phone has no room left.")).to_be_visible()
    expect(phone.page.locator("#id_narrative")).to_have_value(CANARY)


@pytest.mark.nightly
def test_the_page_of_an_enrolled_phone_has_no_barrier(phone: Phone) -> None:
    phone.page.goto("/field/")
    phone.context.set_offline(True)
    enter(phone.page, CANARY)
    waits(phone.page, "not sent yet")
    for kind in ("arrest", "file"):
        phone.page.get_by_label("What do you want to write?").select_option(kind)
        if os.environ.get("PICTURES"):
            for scheme in ("light", "dark"):
                phone.page.emulate_media(color_scheme=scheme)
                phone.page.screenshot(path=f"/tmp/phone-{kind}-{scheme}.png", full_page=True)
    assert looks.barriers(phone.page) == []
    assert looks.scrolls_sideways(phone.page) == []


def test_a_day_without_a_network(phone: Phone, visitors) -> None:
    before = references(visitors("lead.kolkata"))
    phone.context.set_offline(True)
    phone.page.goto("/field/")
    expect(phone.page).to_have_title("Notes")
    assert enter(phone.page, CANARY) <= 13
    waits(phone.page, "not sent yet")
    expect(phone.page.get_by_text("Sealed on this phone.")).to_be_visible()
    write(phone.page, "note", text=CANARY, kind="visit")
    write(phone.page, "file", kind="photo", file=[picture(CANARY, 300_000), picture(CANARY, 9)])
    assert CANARY not in phone.page.content()
    phone.kill()
    assert phone.holds(CANARY) == []

    phone.start()
    phone.context.set_offline(True)
    phone.page.goto("/field/")
    waits(phone.page, "not sent yet")
    expect(phone.page.locator("#count")).to_have_text("3")
    phone.context.set_offline(False)
    waits(phone.page, "must be checked")  # what it is about was not said
    expect(phone.page.locator("#waiting li").first).to_contain_text("Saved on the server")
    expect(phone.page.locator("#count")).to_have_text("0")
    (new,) = references(visitors("lead.kolkata")) - before
    assert re.fullmatch(r"KOL-\d+-\d+", new)
    phone.kill()
    assert phone.holds(CANARY) == []
    phone.start()
