"""A rescue of tonight is on the first screen, in an office with 200 older things to do."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import looks
from tests.browser.pages import FIELD, LEAD

OLDER = 220


@pytest.fixture(scope="module")
def tonight(house) -> str:
    made = house.plant("neglected-and-tonight", officer=FIELD, lead=LEAD, older=OLDER)
    return str(made["reference"])


@pytest.mark.nightly
@pytest.mark.parametrize("size", looks.SIZES)
@pytest.mark.parametrize("who", [FIELD, LEAD])
def test_it_is_on_the_first_screen_of_everybody_concerned(who, size, tonight, visitors) -> None:
    page = visitors(who)
    looks.look(page, size)
    page.goto("/")
    row = page.get_by_role("link", name=tonight).first
    expect(row).to_be_in_viewport()
    for scheme in ("light", "dark"):
        looks.look(page, size, scheme)
        looks.keep_screen(page, f"tonight-{who}-{size}-{scheme}")
        assert looks.barriers(page, colours_only=scheme == "dark") == []
    assert looks.scrolls_sideways(page) == []


@pytest.mark.nightly
def test_its_referrals_are_first_in_to_do(tonight, visitors) -> None:
    page = visitors(LEAD)
    page.goto("/to-do/")
    of_doctors = page.locator("section", has=page.get_by_text("Needs a doctor"))
    rows = of_doctors.locator("li")
    own = rows.filter(has_text=tonight).first.locator("time")
    # Of one day whichever row comes first: other tests of this house log rescues tonight, too.
    day = rows.first.locator("time").get_attribute("datetime")
    expect(own).to_have_attribute("datetime", str(day))


@pytest.mark.nightly
def test_what_is_long_overdue_is_settled_at_once_and_taken_back(tonight, visitors) -> None:
    page = visitors(LEAD)
    page.goto("/")
    page.locator("#long-overdue summary").click()
    page.get_by_role("link", name="Tasks of people").click()
    for size in looks.SIZES:
        looks.look(page, size)
        looks.keep_screen(page, f"together-{size}")
        assert looks.barriers(page) == []
    page.get_by_label("Done", exact=True).check()
    page.get_by_role("button", name="Do this with the ticked ones").click()
    expect(page.locator("#long-overdue")).not_to_contain_text("Tasks of people 1")
    page.get_by_role("button", name="Undo").click()
    page.locator("#long-overdue summary").click()
    expect(page.locator("#long-overdue")).to_contain_text("Tasks of people")
