"""Words that try to become script are shown as words, wherever free text is shown."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.hostile import HOSTILE
from tests.browser.visit import sign_in


def test_hostile_words_are_only_words(visitors, house) -> None:
    case = house.plant("hostile-words", words=HOSTILE)["case"]
    page = visitors(None)
    sign_in(page, "hostile")

    page.goto("/")
    expect(page.get_by_text(f"· {HOSTILE[0]}")).to_be_visible()
    page.goto("/cases/")
    offices = page.locator("#filter-office option").all_text_contents()
    assert [text for text in HOSTILE if text not in offices] == []
    page.goto("/field/rescues/new/")
    expect(page.locator("#id_agencies label").first).to_be_visible()

    page.goto(f"{case}people/")
    suspects = page.get_by_role("region", name="Suspects")
    names = suspects.locator("strong").all_inner_texts()
    assert sorted(names) == sorted(HOSTILE)
    page.goto(f"{case}investigation/")
    rescues = page.get_by_role("region", name="Rescues")
    shown = rescues.inner_text()
    assert [text for text in HOSTILE if text not in shown] == []
    for fold in rescues.locator("details[data-fragment]").all():
        fold.locator("summary").click()
    told = rescues.locator(".heavy__text")
    expect(told).to_have_count(len(HOSTILE))
    assert sorted(told.all_inner_texts()) == sorted(HOSTILE)

    inserted = (
        "img, iframe, base, main style, main link, main script, [onerror], [onload], [onfocus]"
    )
    expect(page.locator(inserted)).to_have_count(0)
    expect(page.locator("a[href^=javascript]")).to_have_count(0)
