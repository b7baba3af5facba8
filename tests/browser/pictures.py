"""The pictures of the README, drawn anew: `python -m tests.browser.pictures`.

Then `pngquant --force --ext .png docs/images/*.png`.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import django
from playwright.sync_api import Page, sync_playwright

django.setup()

from core.local.paths import ROOT  # noqa: E402 - needs the line above
from tests.browser import house as houses  # noqa: E402
from tests.browser.flags import CHROMIUM_FLAGS  # noqa: E402
from tests.browser.visit import Visitors  # noqa: E402

IMAGES = ROOT / "docs" / "images"


def rescue_on_the_phone(page: Page) -> None:
    page.goto("/field/rescues/new/")
    page.get_by_label("One more: Girl, 13–17").click(click_count=3)
    page.get_by_label("One more: Woman, 18 and over").click()
    page.get_by_label("One more: Boy, 12 or younger").click()
    # The demonstration's band is on every page; the room goes to the tiles.
    page.evaluate("document.activeElement.blur(); scrollTo(0, 48)")
    page.screenshot(path=IMAGES / "rescue-phone.png")


def case_on_the_desktop(page: Page) -> None:
    page.goto("/cases/?programme=bonded_labour")
    page.get_by_role("link", name="KOL-2026-0002").click()
    page.locator(".idbar").wait_for()
    page.mouse.move(0, 0)
    page.screenshot(path=IMAGES / "case-desktop.png")


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = houses.build(Path(folder))
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        try:
            built.make()
            visitors = Visitors(browser, built.url, {})
            phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
            rescue_on_the_phone(visitors("field.kolkata", device_scale_factor=2, **phone))
            desk = {"viewport": {"width": 1366, "height": 940}}
            case_on_the_desktop(visitors("lead.kolkata", **desk))
            visitors.leave()
        finally:
            browser.close()
            built.close()


if __name__ == "__main__":
    main()
