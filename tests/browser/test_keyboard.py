"""Everything by keys alone: the way in, the way through, and the shortcuts of the office."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import looks
from tests.browser.pages import LEAD
from tests.browser.ways import on

# What has the focus: does it show, and is it in sight or under a bar?
FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const shown = [at, at.nextElementSibling, at.parentElement].filter(Boolean).some(element => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  const box = at.getBoundingClientRect();
  const points = [.2, .5, .8].map(part => [box.x + box.width / 2, box.y + box.height * part]);
  const seen = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (at.contains(top) || at.parentElement.contains(top));
  });
  return { name: at.outerHTML.slice(0, 120), shown, seen };
}"""
MOST_STOPS = 90
PATHS = ["/", "/cases/", "/cases/new/", "/field/rescues/new/"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", looks.SIZES)
@pytest.mark.by_turns(8)
def test_focus_shows_and_is_never_under_a_bar(path, size, visitors) -> None:
    page = visitors("field.kolkata")
    page.goto(path)
    looks.look(page, size)
    for key in ("Tab", "Shift+Tab"):
        stops = []
        page.keyboard.press(key)
        while (stop := page.evaluate(FOCUS)) and stop not in stops and len(stops) < MOST_STOPS:
            stops.append(stop)
            page.keyboard.press(key)
        assert len(stops) > 5
        assert [stop for stop in stops if not (stop["shown"] and stop["seen"])] == []


def test_the_first_key_skips_to_the_content(visitors) -> None:
    page = visitors("field.kolkata")
    for path in ("/cases/", "/field/rescues/new/"):
        page.goto(path)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to main content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()


@pytest.mark.nightly
def test_the_question_mark_shows_the_keys(visitors) -> None:
    page = visitors(LEAD)
    page.goto("/cases/")
    page.keyboard.press("?")
    help_box = page.get_by_role("dialog", name="Keys")
    expect(help_box).to_be_visible()
    page.keyboard.press("Escape")
    expect(help_box).to_be_hidden()


@pytest.mark.parametrize("path", ["/", "/cases/"])
@pytest.mark.by_turns(2)
def test_the_slash_leads_to_the_search_from_every_page(path, visitors) -> None:
    page = visitors(LEAD)
    page.goto(path)
    page.keyboard.press("/")
    box = page.get_by_role("searchbox").first
    expect(box).to_be_focused()
    expect(box).to_have_value("")  # the key itself is not typed
    page.keyboard.type("KOL-2026-0002")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Cases").get_by_role("link")).to_have_count(1)
    assert "KOL-2026" not in page.url


@pytest.mark.nightly
def test_rows_by_j_and_k(visitors) -> None:
    page = visitors(LEAD)
    page.goto("/cases/")
    links = page.locator("tbody th a")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    reference = links.nth(0).inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)


@pytest.mark.nightly
def test_letters_stay_letters_while_typing(visitors) -> None:
    page = visitors("field.kolkata")
    page.goto("/field/rescues/new/")
    page.get_by_text("Add a note").click()
    page.get_by_label("Note", exact=True).press_sequentially("jk?/")
    expect(page.get_by_label("Note", exact=True)).to_have_value("jk?/")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.nightly
def test_heavy_text_is_fetched_only_when_its_fold_is_opened(visitors) -> None:
    page = visitors(LEAD)
    on("investigation")(page)
    assert "the door was opened without force" not in page.content()
    rescues = page.get_by_role("region", name="Rescues")
    fold = rescues.locator("details[data-fragment]").first
    fold.locator("summary").press("Enter")
    expect(fold).to_contain_text("the door was opened without force")
