"""What a court must not see is painted black on the pages of a document, by hand."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.pages import FIELD
from tests.browser.ways import documents_form
from tests.casework.test_court import pdf

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.enable_socket]
ORDER = {"name": "order.pdf", "mimeType": "application/pdf", "buffer": pdf()}


def shot(page, name):
    """A picture for whoever looks at the page: `SHOTS=folder`."""
    if at := os.environ.get("SHOTS"):
        page.screenshot(path=Path(at) / f"{name}.png", full_page=True)


def the_page(page):
    documents_form(page)
    page.get_by_label("Kind").select_option("court_order")
    page.get_by_label("Files").set_input_files([ORDER])
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**#documents")
    page.get_by_role("region", name="Documents").get_by_role("link", name="D-").first.click()
    shot(page, "document")
    page.get_by_role("link", name="Paint areas black").click()
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.by_turns(2)
def test_areas_are_drawn_on_two_pages_and_are_black_in_the_copy(visitors, width):
    page = the_page(visitors(FIELD, viewport={"width": width, "height": 800}))
    lines = page.get_by_label("Areas to paint black")
    draw(page, 0, 0, 1, 0.4)
    assert lines.input_value().startswith("1 0 0 ")
    shot(page, f"redact-{width}")
    page.get_by_role("link", name="2", exact=True).click()
    expect(page.locator("[data-redact] i")).to_have_count(0)
    draw(page, 0, 0.5, 1, 1)
    assert [line.split()[0] for line in lines.input_value().splitlines()] == ["1", "2"]
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_text("made of pixels")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").first.click()
    content = Path(download.value.path()).read_bytes()
    assert b"Qvazlimond" not in content
    page.get_by_role("link", name="Paint areas black").click()
    page.wait_for_load_state("networkidle")
    shown = page.locator("[data-redact] img").screenshot()
    top = Image.open(io.BytesIO(shown)).convert("L")
    assert top.getpixel((top.width // 2, top.height // 5)) < 20


def draw(page, left, top, right, bottom):
    box = page.locator("[data-redact]").bounding_box()
    at = [
        (box["x"] + 1 + (box["width"] - 2) * x, box["y"] + 1 + (box["height"] - 2) * y)
        for x, y in ((left, top), (right, bottom))
    ]
    page.mouse.move(*at[0])
    page.mouse.down()
    page.mouse.move(*at[1], steps=3)
    page.mouse.up()
