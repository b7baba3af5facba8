"""A rescue without a network: sealed on the phone, kept though the browser is killed, then sent."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser import looks
from tests.browser.flags import CHROMIUM_FLAGS
from tests.browser.test_poor_signal import FORM, references
from tests.browser.visit import PATIENCE, sign_in
from tests.browser.ways import confirmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Route

    from tests.browser.house import House

CANARY = "CANARY-7731 behind the mill"
SHELL = "async () => (await caches.keys()).filter(name => name.startsWith('shell-')).length"


class Phone:
    """A browser with a profile on the disk, which outlives it."""

    def __init__(self, browser: Browser, path: str, url: str, profile: Path) -> None:
        self.browser, self.kind = browser, browser.browser_type
        self.path, self.url, self.profile = path, url, profile
        self.faults: list[str] = []
        self.start()

    def start(self) -> None:
        self.context: BrowserContext = self.kind.launch_persistent_context(
            self.profile,
            executable_path=self.path,
            args=CHROMIUM_FLAGS,
            base_url=self.url,
            viewport={"width": 390, "height": 844},
            has_touch=True,
            is_mobile=True,
            locale="en-GB",
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.page: Page = self.context.pages[0]

    def kill(self) -> None:
        """As a phone that runs out of battery."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                told = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if str(self.profile).encode() in told:
                os.kill(int(process.name), signal.SIGKILL)

    def holds(self, words: str) -> list[str]:
        """The files of the profile in which these words can be read."""
        forms = [words.encode(), words.encode("utf-16-le")]
        files = [path for path in self.profile.rglob("*") if path.is_file()]
        return [str(path) for path in files if any(form in path.read_bytes() for form in forms)]


@pytest.fixture
def phone(browser, chromium_path, house: House, tmp_path) -> Iterator[Phone]:
    """Enrolled by its officer."""
    house.plant("no-phones", person="field.kolkata")
    made = Phone(browser, chromium_path, house.url, tmp_path / "profile")
    page = made.page
    sign_in(page, "field.kolkata")
    confirmed("/field/phones/new/")(page)
    page.get_by_label("What you call this phone").fill("Invented phone")
    page.get_by_role("button", name="Enrol").click()
    expect(page.get_by_text("This one").locator("visible=true")).to_have_count(1)
    while not page.evaluate(SHELL):
        page.wait_for_timeout(100)
    yield made
    made.context.close()
    assert made.faults == []


def enter(page: Page) -> int:
    """Five survivors, as a field officer would. Says how many taps that took."""
    taps = 0

    def tap(name: str, times: int = 1) -> None:
        nonlocal taps
        for _one in range(times):
            page.get_by_label(name, exact=True).first.tap(force=True)
            taps += 1

    tap("One more: Girl, 12 or younger", 2)
    tap("One more: Boy, 12 or younger")
    tap("One more: Girl, 13–17", 2)
    tap("Commercial sexual exploitation of children")
    tap("Medical")
    tap("Safe place")
    page.locator("summary", has_text="Add a note").tap()
    page.locator("#id_narrative").fill(CANARY)
    page.get_by_role("button", name="Seal and send").tap()
    return taps + 1


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
    enter(page)
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
    enter(page)
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
    enter(phone.page)
    expect(phone.page.get_by_text("Not saved: this phone has no room left.")).to_be_visible()
    expect(phone.page.locator("#id_narrative")).to_have_value(CANARY)


@pytest.mark.nightly
def test_the_page_of_an_enrolled_phone_has_no_barrier(phone: Phone) -> None:
    phone.page.goto("/field/")
    phone.context.set_offline(True)
    enter(phone.page)
    waits(phone.page, "not sent yet")
    for kind in ("arrest", "file"):
        phone.page.get_by_label("What do you want to write?").select_option(kind)
        if os.environ.get("PICTURES"):
            for scheme in ("light", "dark"):
                phone.page.emulate_media(color_scheme=scheme)
                phone.page.screenshot(path=f"/tmp/phone-{kind}-{scheme}.png", full_page=True)
    assert looks.barriers(phone.page) == []
    assert looks.scrolls_sideways(phone.page) == []


def waits(page: Page, words: str) -> None:
    expect(page.locator("#waiting li").last).to_contain_text(words, ignore_case=True)


def write(page: Page, what: str, /, **said: Any) -> None:
    """By the form of this kind."""
    page.get_by_label("What do you want to write?").select_option(what)
    form = page.locator(f"form[data-kind={what}]")
    for name, value in said.items():
        box = form.locator(f"[name={name}]")
        if name == "file":
            box.set_input_files(value)
        elif name == "text":
            box.fill(value)
        else:
            box.select_option(value)
    form.get_by_role("button", name="Seal and send").tap()
    expect(page.locator("#waiting li").last).to_contain_text("not sent yet", ignore_case=True)
    expect(form.locator("[name=kind]")).to_have_value("")


def picture(size: int) -> Any:
    """No picture, but bytes that would be found again."""
    return {"name": "P.jpg", "mimeType": "image/jpeg", "buffer": CANARY.encode().ljust(size, b".")}


def test_a_day_without_a_network(phone: Phone, visitors) -> None:
    before = references(visitors("lead.kolkata"))
    phone.context.set_offline(True)
    phone.page.goto("/field/")
    expect(phone.page).to_have_title("Notes")
    assert enter(phone.page) <= 13
    waits(phone.page, "not sent yet")
    expect(phone.page.get_by_text("Sealed on this phone.")).to_be_visible()
    write(phone.page, "note", text=CANARY, kind="visit")
    write(phone.page, "file", kind="photo", file=[picture(300_000), picture(9)])
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
