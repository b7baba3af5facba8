"""What nine pieces of work take, counted on the real pages: docs/efforts.md says no other numbers.

A tap is a tap or a click; an option of a select counts two. A key is one that is typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from core.local.paths import ROOT
from tests.browser.house import COUNTS, House
from tests.browser.pages import FIELD, LEAD
from tests.browser.test_first_night import choose_providers
from tests.browser.test_log_rescue import Thumb, log_five_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

TOLD = (ROOT / "docs" / "efforts.md").read_text(encoding="utf-8")
LAST = date.today().year - 1
OPTION = 2


@dataclass
class Hands(Thumb):
    """A thumb that types as well."""

    keys: int = 0

    def press(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def choose_in(self, select: Locator, value: str) -> None:
        select.select_option(value)
        self.taps += OPTION

    def type(self, text: str) -> None:
        """Where the caret stands."""
        self.page.keyboard.type(text)
        self.keys += len(text)

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.keys += 1


def rescue(hands: Hands, _house: House) -> None:
    hands.page.goto("/")
    hands.taps += log_five_people(hands.page)


def adjourn(hands: Hands, house: House) -> None:
    page = hands.page
    made = house.plant("due-hearing", lead=LEAD, purpose="mention")
    page.goto("/docket/")
    hands.press(page.locator(f"a[href^='{made['record'].partition('?')[0]}']").first)
    hands.press(page.get_by_text("Adjourned: Witness absent"))
    hands.press(page.locator("label:has(input[name=goes_on])").first)
    hands.press(page.get_by_role("button", name="Save the result"))
    expect(page).to_have_url(re.compile("/docket/$"))


def judge(hands: Hands, house: House) -> None:
    page = hands.page
    page.goto(house.plant("one-charge", lead=LEAD)["court"])
    hands.press(page.locator("a[href*='/judgments/new/']").first)
    hands.press(page.get_by_role("button", name="Today").first)
    hands.choose_in(page.locator("select[name^=charge-]"), "convicted_trial")
    hands.press(page.locator(".sentence").get_by_label("years"))
    hands.type("7")
    hands.press(page.locator(".sentence [name^=compensation-]"))
    hands.type("100000")
    hands.press(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("7 years").first).to_be_visible()


def send_fourteen(hands: Hands, house: House) -> None:
    page = hands.page
    house.plant("doors-open", lead=LEAD)
    page.goto(house.plant("seven-brought-out", officer=FIELD)["case"])
    due = page.get_by_role("region", name="What is due")
    hands.press(due.get_by_role("link", name="Send them"))
    hands.taps += _providers(page)
    hands.press(page.get_by_text("Each person"))
    hands.press(page.get_by_text("বাংলা"))
    hands.press(page.get_by_role("button", name="Send", exact=True))
    expect(page.get_by_role("heading", name="Sent: 14 referrals")).to_be_visible()


def _providers(page: Page) -> int:
    thumb = Hands(page)
    thumb.tap = thumb.press  # type: ignore[method-assign]
    choose_providers(thumb)
    return thumb.taps


def pay(hands: Hands, house: House) -> None:
    page = hands.page
    page.goto(house.plant("owed", lead=LEAD)["ledger"])
    hands.press(page.get_by_role("link", name="Record a payment").first)
    hands.press(page.get_by_role("button", name="Save the payment"))
    expect(page.get_by_role("link", name="Record a payment").first).to_be_visible()


def find_by_number(hands: Hands, _house: House) -> None:
    page = hands.page
    page.goto("/")
    hands.key("/")
    hands.type("2/2026")
    hands.key("Enter")
    expect(page.locator("[data-found]").get_by_text("KOL-2026-0002").first).to_be_visible()


def find_by_name(hands: Hands, _house: House) -> None:
    page = hands.page
    page.goto("/")
    hands.key("/")
    hands.type("Sumitra")
    hands.key("Enter")
    hands.press(page.locator("#main a[href^='/survivors/']").first)
    expect(page).to_have_url(re.compile("/survivors/"))


def conviction_rate(hands: Hands, house: House) -> None:
    page = hands.page
    house.plant("rate-of-last-year", reader=COUNTS, country="IN", year=LAST)
    page.goto("/")
    hands.press(page.get_by_role("link", name="Conviction rate", exact=True).first)
    hands.press(page.get_by_role("link", name="Last year"))
    hands.press(page.get_by_role("link", name="India", exact=True))
    expect(page).to_have_url(re.compile(f"from={LAST}-01-01"))
    expect(page.get_by_role("link", name="PDF")).to_be_visible()


def conviction_sheet(hands: Hands, house: House) -> None:
    conviction_rate(hands, house)
    paper = hands.page.get_by_role("link", name="PDF")
    with hands.page.expect_download() as made:
        hands.press(paper)
    assert made.value.suggested_filename.endswith(".pdf")


EFFORTS: dict[str, tuple[str, Callable[[Hands, House], None]]] = {
    "A rescue of five": (FIELD, rescue),
    "Adjourn to a suggested date": (LEAD, adjourn),
    "Judgment and sentence of one charge": (LEAD, judge),
    "Send fourteen drafted referrals": (LEAD, send_fourteen),
    "Pay a tranche": (LEAD, pay),
    "Find a case by its FIR": (LEAD, find_by_number),
    "Find a survivor by name": (LEAD, find_by_name),
    "Conviction rate of India, last year": (COUNTS, conviction_rate),
    "The same as a PDF": (COUNTS, conviction_sheet),
}


def told(name: str) -> tuple[int, int]:
    """The most taps and keys it takes now, as the table says."""
    (row,) = (line for line in TOLD.splitlines() if line.startswith(f"| {name} |"))
    taps, keys = re.findall(r"\d+", row.split("|")[4])
    return int(taps), int(keys)


@pytest.mark.parametrize("name", list(EFFORTS))
@pytest.mark.by_turns(9)
def test_it_takes_what_the_table_says(name, visitors, phone, house) -> None:
    who, work = EFFORTS[name]
    hands = Hands(phone(who) if work is rescue else visitors(who))
    work(hands, house)
    print(f"{name}: {hands.taps} taps, {hands.keys} keys")  # noqa: T201 - the number is the finding
    taps, keys = told(name)
    assert hands.taps <= taps
    assert hands.keys <= keys
