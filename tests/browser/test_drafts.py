"""What is typed and not saved is kept, and offered again; of what cannot be, one is warned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import looks
from tests.browser.pages import LEAD
from tests.browser.ways import demo_case, documents_form

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

OFFER = "You typed something here on"
WORDS = "Invented words of a note"


def note_form(page: Page) -> str:
    demo_case(page)
    address = f"{page.url.partition('#')[0].partition('?')[0]}notes/new/"
    page.goto(address)
    return address


def types(page: Page, words: str = WORDS) -> None:
    page.get_by_label("Note", exact=True).fill(words)


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.by_turns(2)
def test_it_is_kept_offered_used_and_gone_once_it_is_saved(visitors, size) -> None:
    page = visitors(LEAD, afresh=True)
    looks.look(page, size)
    address = note_form(page)
    types(page)
    expect(page.get_by_text("Kept as a draft. Not saved yet.")).to_be_visible()
    page.goto("/cases/")
    page.goto(address)
    expect(page.get_by_text(OFFER)).to_be_visible()
    expect(page.get_by_label("Note", exact=True)).to_have_value("")
    assert looks.barriers(page) == []
    assert looks.scrolls_sideways(page) == []
    looks.look(page, size)
    page.get_by_role("link", name="Use it").click()
    expect(page.get_by_label("Note", exact=True)).to_have_value(WORDS)
    expect(page.get_by_text("It is not saved yet.")).to_be_visible()
    assert looks.barriers(page) == []
    page.get_by_label("Kind").select_option("other")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").get_by_text("Wrote a note")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Notes")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    assert looks.barriers(page) == []
    page.goto(address)
    expect(page.get_by_label("Note", exact=True)).to_have_value("")
    expect(page.get_by_text(OFFER)).to_have_count(0)


@pytest.mark.nightly
def test_who_leaves_at_once_loses_nothing_and_may_throw_it_away(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    address = note_form(page)
    types(page)
    page.goto("/cases/")  # sooner than anything was kept
    page.wait_for_timeout(500)
    page.goto(address)
    expect(page.get_by_text(OFFER)).to_be_visible()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text(OFFER)).to_have_count(0)
    assert page.url == address


@pytest.mark.nightly
def test_a_refused_form_is_kept_without_another_word(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    address = note_form(page)
    types(page)
    page.get_by_label("Kind").select_option("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Not saved. Please correct:")).to_be_visible()
    expect(page.get_by_text("Kept as a draft. Not saved yet.")).to_be_visible()
    page.goto(address)
    page.get_by_role("button", name="Throw it away").click()


def asked(page: Page) -> list[str]:
    """What the browser asks before it leaves."""
    found: list[str] = []

    def stay(dialog: Dialog) -> None:
        found.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    return found


@pytest.mark.nightly
def test_where_nothing_can_be_kept_the_browser_asks_before_the_page_is_left(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    dialogs = asked(page)
    note_form(page)
    page.route("**/notes/new/", lambda route: route.abort())
    page.get_by_label("Note", exact=True).press_sequentially("Invented")
    expect(page.get_by_role("alert").get_by_text("Not kept as a draft")).to_be_visible()
    page.goto("/cases/")
    assert dialogs == ["beforeunload"]
    page.goto("/views/cases/new/")  # a form of which none is kept
    page.get_by_label("Name", exact=True).press_sequentially("Invented")
    expect(page.get_by_text("Not kept as a draft")).to_be_visible()
    page.goto("/cases/")
    assert dialogs == ["beforeunload"] * 2


@pytest.mark.nightly
def test_a_chosen_file_is_asked_for_too(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    dialogs = asked(page)
    documents_form(page)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "invented.txt", "mimeType": "text/plain", "buffer": b"Invented"}
    )
    expect(page.get_by_text("Kept as a draft, without the file.")).to_be_visible()
    page.locator("h1").click()  # browsers ask only whoever has touched the page
    page.goto("/cases/")
    assert dialogs == ["beforeunload"]


@pytest.mark.nightly
def test_who_is_signed_out_sends_nothing_and_keeps_the_page(visitors) -> None:
    page = visitors(LEAD, afresh=True)
    address = note_form(page)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="session")
    types(page)
    expect(page.get_by_role("alert").get_by_text("You are signed out")).to_be_visible()
    page.get_by_label("Kind").select_option("other")
    page.get_by_role("button", name="Save").click()
    page.wait_for_timeout(500)
    assert page.url == address
    expect(page.get_by_label("Note", exact=True)).to_have_value(WORDS)
    page.context.add_cookies(cookies)  # signed in again elsewhere
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").get_by_text("Wrote a note")).to_be_visible()
