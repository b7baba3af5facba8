"""An organisation's own questions about a rescue, on its form and on a phone without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import looks
from tests.browser.phones import Phone, waits
from tests.browser.test_poor_signal import FORM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.house import House

OFFICER = "field.kolkata"
PLAIN = {"hint": "", "choices": [], "required": False, "only_if": ""}
NETS = [{"code": "drift", "label": "Drift net"}, {"code": "seine", "label": "Seine"}]
ASKED = [
    PLAIN | {"code": "at_sea", "text": "Held at sea?", "kind": "yes_no", "required": True},
    PLAIN | {"code": "boats", "text": "How many boats?", "kind": "number", "required": True}
    | {"only_if": "at_sea=yes", "hint": "Those you saw"},
    PLAIN | {"code": "nets", "text": "Which nets?", "kind": "several", "choices": NETS},
    PLAIN | {"code": "since", "text": "Since when?", "kind": "day"},
    PLAIN | {"code": "told", "text": "<b>What was told?</b>", "kind": "text"},
]  # fmt: skip
BOATS = {"title": "Fishing boats", "programmes": ["bonded_labour"], "questions": ASKED}
GIVEN = {"at_sea": True, "boats": 2, "nets": ["drift"], "since": "2026-03-02", "told": "Invented"}
KILNS = {"title": "أسئلة عن المكان", "programmes": ["csec"], "questions": ASKED}


@pytest.fixture
def boats(house: House) -> Iterator[str]:
    """The id of a set that is asked, beside one of another programme."""
    yield house.plant("own-questions", asked=[BOATS, KILNS])["ids"][0]
    house.plant("own-questions", asked=[])


@pytest.fixture
def enrolled(browser, chromium_path, house: House, tmp_path, boats) -> Iterator[Phone]:
    house.plant("no-phones", person=OFFICER)
    made = Phone(browser, chromium_path, house.url, tmp_path / "profile")
    made.enrol(OFFICER)
    yield made
    made.context.close()
    assert made.faults == []


def one_woman(page: Page) -> None:
    """Tapped as ever; only then a set shows, folded."""
    card = page.locator("summary", has_text="Fishing boats")
    expect(card).to_be_hidden()
    page.get_by_label("One more: Woman, 18 and over").tap()
    page.get_by_label("Bonded labour", exact=True).check(force=True)
    expect(card).to_be_visible()
    expect(page.locator("summary", has_text=KILNS["title"])).to_be_hidden()
    card.tap()


def begin(page: Page) -> None:
    """A question that hangs on another comes with it."""
    visible = page.locator("details:has(summary:has-text('Fishing boats'))")
    expect(visible.get_by_text("<b>What was told?</b>")).to_be_visible()
    expect(visible.get_by_label("How many boats?")).to_be_hidden()
    visible.get_by_label("Drift net").check()
    visible.get_by_label("Yes", exact=True).check()
    expect(visible.get_by_label("How many boats?")).to_be_visible()


def finish(page: Page) -> None:
    visible = page.locator("details:has(summary:has-text('Fishing boats'))")
    visible.get_by_label("How many boats?").fill("2")
    visible.get_by_label("Since when?").fill("2026-03-02")
    visible.get_by_label("What was told?").fill("Invented")
    expect(page.locator("[data-moment]")).to_be_visible()
    assert looks.barriers(page) == []
    assert looks.scrolls_sideways(page) == []


def test_a_set_is_answered_on_the_form_of_a_rescue(phone, house: House, boats: str) -> None:
    page = phone(OFFICER)
    page.goto(FORM)
    one_woman(page)
    begin(page)
    page.get_by_role("button", name="Save").tap()
    name = f"own-{boats}-boats"
    expect(page.locator(f"[data-errors='{name}']")).to_contain_text("Answer “How many boats?”.")
    finish(page)
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_role("heading", name="Saved on the server")).to_be_visible()
    assert house.plant("replies-of", question_set=boats)["answers"] == [GIVEN]


def test_a_set_is_answered_without_a_network(enrolled: Phone, house: House, boats: str) -> None:
    page = enrolled.page
    enrolled.context.set_offline(True)
    page.goto("/field/")
    one_woman(page)
    begin(page)
    seal = page.get_by_role("button", name="Seal and send").first
    seal.tap()
    expect(page.locator(f"[name='own-{boats}-boats']")).to_be_focused()
    expect(page.locator("#none")).to_be_visible()  # nothing was sealed
    finish(page)
    seal.tap()
    waits(page, "not sent yet")
    expect(page.locator("summary", has_text="Fishing boats")).to_be_hidden()  # a new form
    enrolled.context.set_offline(False)
    waits(page, "Saved on the server")
    assert house.plant("replies-of", question_set=boats)["answers"] == [GIVEN]

    house.plant("own-questions", asked=[BOATS | {"title": "Other boats"}])
    one_woman(page)  # what is asked no longer is on the phone still
    begin(page)
    finish(page)
    seal.tap()
    waits(page, "it must be checked")
    page.goto("/field/")  # and the phone learned what is asked now
    page.get_by_label("Bonded labour", exact=True).check(force=True)
    expect(page.locator("summary", has_text="Other boats")).to_be_visible()
    waiting = page.evaluate(
        "async () => (await phoneBox.boxes()).find(({ state }) => state === 'waits').id"
    )
    page.goto(f"/field/boxes/{waiting}/")
    expect(page.get_by_label("How many boats?").first).to_have_value("2")
    expect(
        page.get_by_text("“Fishing boats” was changed or ended meanwhile.").first
    ).to_be_visible()


def test_a_phone_from_before_logs_rescues_as_ever(enrolled: Phone) -> None:
    page = enrolled.page
    page.evaluate("() => phoneBox.keepAsked()")  # as if there had been none
    page.goto("/field/")
    page.get_by_label("Bonded labour", exact=True).check(force=True)
    expect(page.locator("[data-cards] > *")).to_have_count(0)
    page.get_by_role("button", name="Seal and send").first.tap()
    waits(page, "Saved on the server")
    page.reload()
    page.get_by_label("Bonded labour", exact=True).check(force=True)
    expect(page.locator("summary", has_text="Fishing boats")).to_be_visible()
