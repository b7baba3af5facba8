"""A judgment with its sentence: six taps and the figures; what does not apply is not there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import looks
from tests.browser.pages import LEAD
from tests.browser.ways import demo_case


def judgment_form(page):
    """Where a charge of the demonstration waits for the court."""
    demo_case(page)
    page.goto(f"{page.url.partition('#')[0].partition('?')[0]}court/")
    page.goto(page.locator('a[href*="/judgments/new/"]').first.get_attribute("href"))
    return page


@pytest.fixture(params=["phone", "desktop"])
def page(request, visitors, phone):
    return judgment_form(phone(LEAD) if request.param == "phone" else visitors(LEAD))


@pytest.mark.by_turns(2)
def test_the_sentence_appears_with_the_conviction_and_goes_with_it(page) -> None:
    sentence, end = page.locator(".sentence").first, page.locator("[name^=charge-]").first
    page.locator("details.more").first.evaluate("fold => { fold.open = true }")
    expect(sentence).to_be_hidden()
    end.select_option("convicted_trial")
    expect(sentence).to_be_visible()
    sentence.get_by_label("years").fill("7")
    assert looks.barriers(page) == []
    end.select_option("acquitted")
    expect(sentence).to_be_hidden()
    expect(sentence.get_by_label("years")).to_be_disabled()  # it is not sent


@pytest.mark.nightly
def test_without_script_the_sentences_are_in_a_fold(visitors) -> None:
    page = judgment_form(visitors(LEAD, java_script_enabled=False))
    fold = page.locator("details[data-applying]")
    expect(fold).not_to_have_attribute("open", "")
    fold.locator("> summary").click()
    expect(fold.get_by_label("years").first).to_be_visible()
