"""Everything that can be written without a network is sealed in a real browser, and arrives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from intake.models import BoxKind
from tests.browser.phones import KEPT, Phone, enter, picture, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.house import House

WORDS = "Invented words of a day without a network"
LEAD = "lead.kolkata"  # who may write all of it


@pytest.fixture
def phone(browser, chromium_path, house: House, tmp_path) -> Iterator[Phone]:
    house.plant("no-phones", person=LEAD)
    made = Phone(browser, chromium_path, house.url, tmp_path / "profile")
    made.enrol(LEAD)
    yield made
    made.context.close()
    assert made.faults == []


@pytest.mark.nightly
def test_every_kind_is_sealed_and_arrives(phone: Phone, visitors, house: House) -> None:
    lead = visitors(LEAD)
    about = house.plant("to-write-about", lead=LEAD)
    case = {"about_reference": about["reference"]}
    before = _boxes(lead)
    phone.context.set_offline(True)
    page = phone.page
    page.goto("/field/")
    enter(page, WORDS)
    write(page, "note", **case, kind="visit", text=WORDS)
    write(page, "file", **case, kind="evidence_photo", file=[picture(WORDS, 300_000)])
    write(page, "arrest", **case, about_code=about["suspect"], arrested_on=str(date.today()))
    met = {"sex": "female", "age_band": "13-17", "outcome": "rescued"}
    write(page, "survivor", **case, about_occurred_on=about["rescue"], **met)
    write(page, "hearing", **case, about_listed_on=about["hearing"], outcome="held")
    write(page, "service", **case, about_code=about["survivor"], kind="medical")
    kinds = [kind.value for kind in BoxKind]
    assert sorted(page.evaluate(KEPT)) == sorted([kind, True, ""] for kind in kinds)

    phone.context.set_offline(False)
    expect(page.locator("#count")).to_have_text("0")
    expect(page.locator("#waiting li[data-state=taken]")).to_have_count(len(kinds))
    assert sorted(page.evaluate(KEPT)) == sorted([kind, False, "taken"] for kind in kinds)
    arrived = [row["kind"] for pk, row in _boxes(lead).items() if pk not in before]
    assert sorted(arrived) == sorted(kinds), "each once"


def _boxes(lead) -> dict[str, dict[str, str]]:
    rows = lead.request.get("/api/v1/boxes/").json()["results"]
    return {row["id"]: row for row in rows}
