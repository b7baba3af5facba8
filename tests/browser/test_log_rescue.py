"""The main job on a phone: who logs it, and who then sees what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from tests.browser.visit import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Locator

MOST_TAPS = 25
COUNT_KEYS = "typed = 0; addEventListener('keydown', () => { typed += 1 }, true)"


@dataclass
class Thumb:
    """Touches the screen and counts."""

    page: Page
    taps: int = 0

    def tap(self, what: Locator) -> None:
        what.tap()
        self.taps += 1

    def choose(self, name: str, *, times: int = 1) -> None:
        """A tile: a radio or checkbox by its words, or one more person."""
        for _time in range(times):
            self.tap(self.page.get_by_label(name, exact=True))


def log_five_people(page: Page) -> int:
    """From Today to the receipt. Returns how many taps it took."""
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("link", name="Log a rescue").first)
    page.wait_for_url("**/field/rescues/new/")
    thumb.choose("One more: Girl, 13–17", times=3)
    thumb.choose("One more: Woman, 18 and over")
    thumb.choose("One more: Boy, 12 or younger")
    expect(page.locator("#total")).to_have_text("5")
    thumb.choose("Commercial sexual exploitation of children")
    thumb.choose("Medical")
    thumb.choose("Safe place")
    thumb.choose("One arrest more")
    thumb.tap(page.get_by_role("button", name="Save"))
    expect(page.get_by_role("heading", name="Saved on the server")).to_be_visible()
    return thumb.taps


def test_five_people_in_few_taps_and_no_typing(phone, visitors, record_testsuite_property) -> None:
    page = phone(None)
    sign_in(page, "field.kolkata")
    page.context.add_init_script(COUNT_KEYS)

    taps = log_five_people(page)
    record_testsuite_property("taps", taps)
    assert taps <= MOST_TAPS
    assert page.evaluate("typed") == 0

    receipt = page.locator("#receipt")
    reference = receipt.locator("[data-receipt=reference]").inner_text()
    assert reference.startswith("KOL-")
    expect(receipt.locator(".code")).to_have_text(["S-1", "S-2", "S-3", "S-4", "S-5"])
    expect(receipt.locator("[data-receipt=arrests]")).to_have_text("1")
    assert page.title() == f"{reference} – Casework"

    page.get_by_role("link", name="Open case").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)
    case = page.url
    survivors = page.get_by_role("region", name="Survivors")
    expect(survivors.get_by_role("listitem")).to_have_count(5)
    expect(page.get_by_role("region", name="Suspects").get_by_role("listitem")).to_have_count(1)
    page.goto(f"{case}care/")
    care = page.get_by_role("region", name="Care")
    expect(care.get_by_text("Medical", exact=True)).to_have_count(5)
    for path in ("/", "/cases/"):
        page.goto(path)
        expect(page.get_by_role("link", name=reference).first).to_be_visible()

    lead = visitors("lead.kolkata")
    lead.goto(case)
    expect(lead.get_by_role("region", name="Survivors").get_by_role("listitem")).to_have_count(5)
    _sees_only_that_it_exists(visitors("aftercare.kolkata"), case, reference)
    _sees_nothing(visitors("field.manila"), case, reference)
    _has_no_cases(visitors("manager.global"), case, reference)


def test_tiles_never_move_under_the_thumb(phone) -> None:
    page = phone("field.kolkata")
    page.goto("/field/rescues/new/")
    boxes = "all => all.map(one => [one.offsetTop, one.offsetHeight])"
    before = page.locator(".tally").evaluate_all(boxes)
    for more in page.locator(".tally .more").all():
        more.tap()
    assert page.locator(".tally").evaluate_all(boxes) == before


def _sees_only_that_it_exists(page: Page, case: str, reference: str) -> None:
    page.goto("/")  # before it is one of those opened lately
    assert reference not in page.content()
    page.goto(case)
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)
    expect(page.get_by_text("You can see that this case exists.")).to_be_visible()
    expect(page.get_by_role("region", name="Survivors")).to_have_count(0)
    assert "S-1" not in page.content()
    page.goto("/cases/")
    row = page.get_by_role("row").filter(has_text=reference)
    expect(row).to_be_visible()
    expect(row.locator("td.end")).not_to_contain_text("5")


def _sees_nothing(page: Page, case: str, reference: str) -> None:
    answer = page.goto(case)
    assert answer
    assert answer.status == 404
    expect(page.get_by_text("Not found, or not open to you.")).to_be_visible()
    for path in ("/", "/cases/"):
        page.goto(path)
        assert reference not in page.content()


def _has_no_cases(page: Page, case: str, reference: str) -> None:
    answer = page.goto("/cases/")
    assert answer
    assert answer.status == 403
    expect(page.get_by_role("heading", name="Not open to you")).to_be_visible()
    answer = page.goto(case)
    assert answer
    assert answer.status in {403, 404}
    assert reference not in page.content()
