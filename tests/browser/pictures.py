"""Pictures of eleven pages, drawn anew from the invented demonstration: `make pictures`.

README shows four of them; all stand in docs/images.
"""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import django
from PIL import Image
from playwright.sync_api import Page, sync_playwright

django.setup()

from core.local.paths import ROOT  # noqa: E402 - needs the line above
from tests.browser import house as houses  # noqa: E402
from tests.browser.conftest import find_chromium  # noqa: E402
from tests.browser.flags import CHROMIUM_FLAGS  # noqa: E402
from tests.browser.pages import FIELD, LEAD  # noqa: E402
from tests.browser.visit import Visitors  # noqa: E402
from tests.browser.ways import at, demo_case, network, survivor  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGES = ROOT / "docs" / "images"
DESK, PHONE, SMALL = (1366, 940), (390, 844), (320, 720)
SCRIPTS = ("hi", "bn", "km", "th", "my", "ur")
SHARP = 2  # of a phone, so many dots a point
QUALITY = 82


@dataclass(frozen=True)
class Picture:
    """Which page, who looks at it, on what."""

    name: str
    who: str
    open: Callable[[Page], object]
    scheme: Literal["light", "dark"] = "light"
    size: tuple[int, int] = DESK


def rescue(page: Page) -> None:
    page.goto("/field/rescues/new/")
    page.get_by_label("One more: Girl, 13–17").click(click_count=3)
    page.get_by_label("One more: Woman, 18 and over").click()
    page.get_by_label("One more: Boy, 12 or younger").click()
    # The demonstration's band is on every page; the room goes to the tiles.
    page.evaluate("document.activeElement.blur(); scrollTo(0, 48)")


def many_survivors(page: Page) -> None:
    """The newest case, with some of its people unfolded."""
    page.goto("/cases/?programme=bonded_labour")
    page.locator("tbody th a").first.click()
    page.locator(".idbar").wait_for()
    page.goto(f"{page.url.partition('?')[0]}people/")
    page.locator("details.fold > summary").first.click()


def suspect(page: Page) -> None:
    """One of a network over two countries."""
    network(page)
    page.locator("main table a[href*='/perpetrators/']").first.click()
    page.wait_for_url("**/perpetrators/**")


def own_view(page: Page) -> None:
    """A list kept under a name, in an order of one's own."""
    page.goto("/views/cases/new/?status=rescued&sort=reference")
    page.get_by_label("Name").fill("Rescued, by number")
    page.get_by_role("button", name="Save the view").click()
    page.wait_for_url("**/cases/?**")
    page.get_by_text("Views and columns").click()


def palette(page: Page) -> None:
    demo_case(page)
    page.keyboard.press("Control+k")
    page.locator("#palette input[type=search]:focus").wait_for()
    page.keyboard.type("re")


PICTURES = [
    Picture("case", LEAD, demo_case),
    Picture("many-survivors", LEAD, many_survivors),
    Picture("survivor", LEAD, survivor),
    Picture("suspect", "lead.phnompenh", suspect, "dark"),
    Picture("docket", LEAD, at("/docket/")),
    Picture("today", LEAD, at("/"), "dark"),
    Picture("dashboard", houses.COUNTS, at("/dashboards/legal/")),
    Picture("list", LEAD, own_view),
    Picture("palette", LEAD, palette, "dark"),
    Picture("rescue", FIELD, rescue, size=PHONE),
]


def draw(picture: Picture, visitors: Visitors) -> Path:
    """One picture, packed for the web: half the weight of a PNG."""
    on_phone = picture.size == PHONE
    page = visitors(
        picture.who,
        viewport=dict(zip(("width", "height"), picture.size, strict=True)),
        device_scale_factor=SHARP if on_phone else 1,
        has_touch=on_phone,
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    )
    page.goto("/")  # so that the typeface is there, which no page waits for
    page.wait_for_load_state("networkidle")
    picture.open(page)
    page.mouse.move(0, 0)
    page.wait_for_load_state("networkidle")
    drawn = Image.open(io.BytesIO(page.screenshot()))
    file = IMAGES / f"{picture.name}.webp"
    drawn.convert("RGB").save(file, quality=QUALITY, method=6)
    return file


def draw_scripts(visitors: Visitors) -> Path:
    """The form of a rescue in six scripts, side by side."""
    width, height = SMALL
    sheet = Image.new("RGB", (width * len(SCRIPTS), height))
    for n, code in enumerate(SCRIPTS):
        page = visitors(FIELD, viewport={"width": width, "height": height}, locale=code)
        page.goto("/field/rescues/new/")
        page.wait_for_load_state("networkidle")
        sheet.paste(Image.open(io.BytesIO(page.screenshot())), (n * width, 0))
    file = IMAGES / "languages.webp"
    sheet.save(file, quality=QUALITY, method=6)
    return file


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = houses.build(Path(folder))
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        try:
            built.make()
            built.plant("many-brought-out", lead=LEAD)
            built.plant("worker-answers")
            visitors = Visitors(browser, built.url, {})
            for picture in PICTURES:
                draw(picture, visitors)
            draw_scripts(visitors)
            visitors.leave()
        finally:
            browser.close()
            built.close()


if __name__ == "__main__":
    main()
