"""Documents in a browser: sent one after the other, refused in words; a hash that never leaves."""

from __future__ import annotations

import hashlib

import pytest
from playwright.sync_api import expect

from tests.browser.pages import FIELD
from tests.browser.ways import documents_form, on
from tests.casework import files

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.enable_socket]
TEXT = {"name": "invented.txt", "mimeType": "text/plain", "buffer": files.TEXT}
EMPTY = {"name": "invented.txt", "mimeType": "text/plain", "buffer": b""}


def filled(page, *several):
    documents_form(page)
    page.get_by_label("Kind").select_option("court_order")
    page.get_by_label("Files").set_input_files(list(several))
    return page


def test_files_go_one_after_the_other_and_what_is_refused_stays(visitors):
    page = filled(visitors(FIELD), TEXT, EMPTY)
    page.get_by_label("Remark").fill("Typed by hand")
    calls = []
    page.on("request", lambda sent: calls.append(sent) if sent.method == "POST" else None)
    page.get_by_role("button", name="Add").click()
    lines = page.locator("[data-files] li")
    expect(lines.nth(0)).to_contain_text("Kept")
    expect(lines.nth(1)).to_contain_text("This file is empty")
    assert [call.url.rpartition("/api/")[2] for call in calls] == ["v1/documents/"] * 2
    assert page.get_by_label("Remark").input_value() == "Typed by hand"
    assert page.get_by_label("Files").evaluate("box => box.files.length") == 1


@pytest.mark.nightly
def test_a_broken_connection_says_so_and_the_button_sends_again_once(visitors):
    page = filled(visitors(FIELD), TEXT)
    page.route("**/api/v1/documents/", lambda route: route.abort())
    page.get_by_role("button", name="Add").click()
    expect(page.locator("[data-files] li")).to_contain_text("The connection broke off")
    page.unroute("**/api/v1/documents/")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**#documents")
    expect(page.get_by_role("region", name="Documents")).to_contain_text("Court order")


@pytest.mark.nightly
def test_without_script_the_form_sends_all(visitors):
    page = filled(visitors(FIELD, java_script_enabled=False), TEXT)
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**#documents")


@pytest.mark.nightly
def test_the_hash_is_worked_out_here_and_the_file_goes_nowhere(visitors):
    page = visitors(FIELD)
    documents_form(page)
    page.get_by_role("link", name="Record such material by its hash").click()
    page.wait_for_load_state("networkidle")
    secret = b"ZQ-never-leaves " * 5000
    sent = []
    page.on("request", lambda call: sent.append(call))  # noqa: PLW0108 - a builtin will not do
    box = page.get_by_label("Work out the SHA-256 of a file on this machine")
    box.set_input_files({"name": "a.mp4", "mimeType": "video/mp4", "buffer": secret})
    expect(page.get_by_label("SHA-256", exact=True)).to_have_value(
        hashlib.sha256(secret).hexdigest()
    )
    asked = [call.url for call in sent if call.resource_type != "font"]
    assert [url for url in asked if "favicon" not in url] == []
    page.get_by_label("Person").fill("Invented police unit")
    page.get_by_role("button", name="Record").click()
    page.wait_for_url("**#documents")
    (post,) = [call for call in sent if call.method == "POST"]
    assert "ZQ-never" not in (post.post_data or "")
    assert "a.mp4" not in (post.post_data or "")


@pytest.mark.nightly
def test_a_download_is_saved_and_not_shown(visitors):
    page = visitors(FIELD)
    on("documents")(page)
    page.get_by_role("link", name="D-1 Release certificate").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download version 1").click()
    assert saved.value.suggested_filename == "certificate.pdf"
    assert "/documents/" in page.url


@pytest.mark.nightly
def test_a_heavy_note_is_fetched_on_opening(visitors):
    page = visitors(FIELD)
    on("documents")(page)
    notes = page.get_by_role("region", name="Notes")
    assert "what was done to her" not in page.content()
    notes.get_by_text("opening it is recorded").click()
    expect(notes).to_contain_text("It was in the winter before")
    expect(notes).to_contain_text("corrected by")
