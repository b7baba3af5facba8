"""A case on a phone without a network: opened by a PIN, wiped when its time or its right ends."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import looks
from tests.browser.phones import Phone, enter, waits
from tests.browser.test_field_phone import phone  # noqa: F401
from tests.browser.ways import demo_case

if TYPE_CHECKING:
    from playwright.sync_api import Page

PIN, WRONG = "274951", "111222"
READING = "/field/reading/"
HELD = "async () => (await indexedDB.databases()).some(({ name }) => name === 'reading')"
SHORT = """() => new Promise(done => {
  indexedDB.open('reading').onsuccess = ({ target }) => {
    const rows = target.result.transaction('extracts', 'readwrite').objectStore('extracts');
    rows.openCursor().onsuccess = ({ target: { result: at } }) => {
      at.update({ ...at.value, again: Date.now() + 15_000 }).onsuccess = done;
    };
  };
})"""
NO_ROOM = "() => { IDBObjectStore.prototype.put = () => { throw new Error(); }; }"
# What is kept is of an earlier version; then a new one comes.
EARLIER = """async () => {
  const [name] = (await caches.keys()).filter(one => one.startsWith('shell-'));
  const now = await caches.open(name), before = await caches.open('shell-before');
  for (const file of await now.keys()) await before.put(file, await now.match(file));
  await caches.delete(name);
}"""
LATER = "async () => { await navigator.serviceWorker.register('/offline-worker.js?later'); }"
NAMES = "async () => (await caches.keys()).filter(name => name.startsWith('shell-'))"


def taken(phone: Phone) -> list[str]:  # noqa: F811
    """Checks out a case with survivors; says what is in the extract, line by line."""
    page = phone.page
    page.goto("/field/phones/")
    while (link := page.get_by_role("link", name="End reading offline")).count():  # of other tests
        link.first.click()
        page.get_by_role("button", name="End reading offline").click()
        page.get_by_role("heading", name="Phones", exact=True).wait_for()
    demo_case(page)
    page.goto(f"{page.url.partition('#')[0]}read-offline/")
    page.get_by_label("Why you need it without a network").fill("No signal at the court")
    look(page, "check")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_label("The same PIN again").fill(PIN)
    lines = page.locator("[data-extract] li").all_text_contents()
    look(page, "keep")
    page.get_by_role("button", name="Keep it on this phone").click()
    page.wait_for_url(f"**{READING}")
    expect(page.get_by_text("On this phone: 1.")).to_be_visible()
    return [" ".join(line.split()) for line in lines]


def open_by(page: Page, pin: str) -> None:
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Open").click()


def says(page: Page, words: str) -> None:
    expect(page.locator("#said")).to_contain_text(words)


def look(page: Page, name: str) -> None:
    """The page as a picture, for whoever asks; and whether everybody can use it."""
    if os.environ.get("PICTURES"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"/tmp/offline-{name}-{scheme}.png", full_page=True)


def shows(page: Page) -> bool:
    return page.locator("#extracts li").count() > 0


def test_a_case_is_read_without_a_network(phone: Phone) -> None:  # noqa: F811
    lines = taken(phone)
    page = phone.page
    assert lines
    phone.context.set_offline(True)
    page.goto(READING)
    expect(page).to_have_title("Notes")
    open_by(page, WRONG)
    says(page, "After 7 more wrong ones")
    assert not shows(page)
    open_by(page, PIN)
    expect(page.locator("#extracts li").first).to_be_visible()
    says(page, "Wrong PINs since it was last opened: 1.")
    read = page.locator("#extracts li").all_text_contents()
    assert [" ".join(line.split()) for line in read] == lines
    look(page, "open")
    assert looks.barriers(page) == []
    assert looks.scrolls_sideways(page) == []
    page.get_by_role("button", name="Hide screen").click()
    assert not shows(page)
    expect(page.get_by_label("PIN", exact=True)).to_have_value("")
    phone.kill()
    persons = [line for line in lines if line.startswith("S-")]
    assert persons
    for words in (*persons, PIN, "No signal at the court"):
        assert phone.holds(words) == [], words
    assert phone.holds("reading"), "the search finds what is there"
    phone.start()
    phone.context.set_offline(True)
    phone.page.goto(READING)
    open_by(phone.page, PIN)
    expect(phone.page.locator("#extracts li").first).to_be_visible()


def ends(visitors, why: str) -> None:
    """The server knows that the phone has nothing any more, and why."""
    lead = visitors("lead.kolkata")
    lead.goto("/field/phones/")
    while lead.get_by_role("link", name="End reading offline").count():
        lead.wait_for_timeout(300)
        lead.reload()
    newest = lead.request.get("/api/v1/extracts/").json()["results"][0]
    assert newest["ended_for"] == why


@pytest.mark.nightly
def test_eight_wrong_pins_wipe_it_whatever_is_reloaded(phone: Phone, visitors) -> None:  # noqa: F811
    taken(phone)
    page = phone.page
    phone.context.set_offline(True)
    for left in range(7, 0, -1):
        page.goto(READING)
        open_by(page, WRONG)
        says(page, f"After {left} more")
    open_by(page, WRONG)
    says(page, "Eight wrong PINs")
    expect(page.get_by_text("Nothing can be read here.")).to_be_visible()
    page.goto(READING)
    assert not page.evaluate("() => phoneReading.has()")
    phone.context.set_offline(False)
    page.goto("/field/")
    ends(visitors, "gone")


@pytest.mark.nightly
def test_time_ends_it(phone: Phone) -> None:  # noqa: F811
    """After 12 hours the server is asked, and where the clock was set back; after 72 it is gone."""
    taken(phone)
    now, clock = datetime.now(), phone.context.clock
    page = phone.page
    phone.context.set_offline(True)
    for hours in (13, -1):
        clock.set_system_time(now + timedelta(hours=hours))
        page.goto(READING)
        open_by(page, PIN)
        says(page, "must reach the server first")
        assert not shows(page)
        clock.set_system_time(now)
        phone.context.set_offline(False)
        page.goto(READING)
        open_by(page, PIN)
        expect(page.locator("#extracts li").first).to_be_visible()
        phone.context.set_offline(True)
    page.keyboard.press("Escape")
    page.evaluate(SHORT)  # it is over while it is shown
    open_by(page, PIN)
    expect(page.locator("#extracts li").first).to_be_visible()
    expect(page.locator("#extracts li")).to_have_count(0, timeout=60_000)  # idle: 120 seconds
    clock.set_system_time(now + timedelta(hours=73))
    page.goto(READING)
    says(page, "Something was wiped")
    clock.set_system_time(now)
    page.goto(READING)
    expect(page.get_by_text("Nothing can be read here.")).to_be_visible()


@pytest.mark.nightly
def test_what_is_hidden_is_locked_and_what_is_given_back_is_gone(phone: Phone) -> None:  # noqa: F811
    taken(phone)
    page = phone.page
    for leave in ("visibility", "Escape"):
        open_by(page, PIN)
        expect(page.locator("#extracts li").first).to_be_visible()
        if leave == "Escape":
            page.keyboard.press("Escape")
        else:
            page.evaluate(
                "() => { Object.defineProperty(document, 'hidden', { get: () => true,"
                " configurable: true }); document.dispatchEvent(new Event('visibilitychange'));"
                " delete document.hidden; }"
            )
        assert not shows(page)
        page.goto(READING)
    open_by(page, PIN)
    page.get_by_role("button", name="Give it back").click()
    says(page, "Given back")
    page.goto("/field/phones/")
    expect(page.get_by_role("link", name="End reading offline")).to_have_count(0)


@pytest.mark.nightly
def test_signing_out_wipes_it_and_tells_the_server(phone: Phone, visitors) -> None:  # noqa: F811
    taken(phone)
    page = phone.page
    page.goto("/notices/")
    page.locator(".menu .ib").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    assert not page.evaluate(HELD)
    ends(visitors, "gone")
    page.goto(READING)
    expect(page.get_by_text("Nothing can be read here.")).to_be_visible()


@pytest.mark.nightly
def test_a_copied_profile_is_found_out_and_both_are_wiped(phone: Phone, visitors) -> None:  # noqa: F811
    taken(phone)
    phone.kill()
    shutil.copytree(phone.profile, phone.profile.with_name("copy"), symlinks=True)
    phone.start()
    phone.page.goto(READING)
    expect(phone.page.get_by_text("On this phone: 1.")).to_be_visible()
    phone.page.wait_for_load_state("networkidle")
    copy = Phone(phone.browser, phone.path, phone.url, phone.profile.with_name("copy"))
    copy.page.goto(READING)
    copy.page.wait_for_load_state("networkidle")
    phone.page.goto(READING)
    says(phone.page, "Something was wiped")
    ends(visitors, "copied")
    copy.page.goto(READING)
    expect(copy.page.get_by_text("Nothing can be read here.")).to_be_visible()
    copy.context.close()


@pytest.mark.nightly
def test_a_day_with_an_update_between(phone: Phone) -> None:  # noqa: F811
    """Two tabs, a full phone, a box that waits, no battery, a session that ended, a new version."""
    taken(phone)
    page = phone.page
    page.evaluate(EARLIER)
    phone.context.set_offline(True)
    other = phone.context.new_page()
    for tab in (page, other):
        tab.goto(READING)
        open_by(tab, PIN)
        expect(tab.locator("#extracts li").first).to_be_visible()
    other.evaluate(NO_ROOM)
    other.keyboard.press("Escape")
    says(other, "no room left")
    assert not shows(other)
    page.goto("/field/")
    enter(page, "Invented")
    waits(page, "not sent yet")
    phone.kill()

    phone.start()
    page = phone.page
    phone.context.set_offline(True)
    phone.context.clear_cookies()
    page.goto(READING)
    open_by(page, PIN)
    expect(page.locator("#extracts li").first).to_be_visible()
    phone.context.set_offline(False)
    page.evaluate(LATER)
    while (kept := page.evaluate(NAMES)) in ([], ["shell-before"]) or len(kept) > 1:
        page.wait_for_timeout(100)
    page.goto("/field/")
    waits(page, "Saved on the server")
    page.goto(READING)
    open_by(page, PIN)
    expect(page.locator("#extracts li").first).to_be_visible()


@pytest.mark.nightly
def test_a_lost_phone_wipes_it_at_its_next_contact(phone: Phone, visitors) -> None:  # noqa: F811
    taken(phone)
    page = phone.page
    phone.context.set_offline(True)
    page.goto(READING)
    lead = visitors("lead.kolkata")
    lead.goto("/field/phones/")
    others = lead.get_by_role("region", name="Phones of others")
    others.get_by_role("listitem").filter(has_text="Invented phone").first.get_by_role(
        "link"
    ).click()
    lead.get_by_label("Lost or taken").check(force=True)
    lead.get_by_role("button", name="Stop using this phone").click()
    phone.context.set_offline(False)
    page.goto("/field/")
    expect(page.locator("#reading")).to_be_hidden()
    while page.evaluate(HELD):
        page.wait_for_timeout(100)
