"""Every language fits on a small phone."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from playwright.sync_api import Page, expect

from tests.browser import looks
from tests.browser.pages import ADMIN, FIELD, LEAD
from tests.browser.ways import PASSWORD

CODES = [code for code, _name in settings.LANGUAGES]
PAGES = [
    "/",
    "/to-do/",
    "/cases/",
    "/docket/",
    "/field/rescues/new/",
    "/providers/",
    "/cases/new/",
    "/notices/",
]
PARTS = ("", "people/", "court/", "care/")  # of the first case


# Of those who use them, by the way there: of what a list has, the first.
OFFICERS = ("field.manila", "field.phnompenh")  # in turn: nobody has more than ten phones
FURTHER = {
    FIELD: ["/field/phones/", "/field/", "/field/reading/"],
    ADMIN: ["/choices/", "/choices/new/", "/choices/table/", "/task-rules/"],
    "manager.global": ["/reports/regular/"],
}
FIRST = {"/choices/": "change/", "/task-rules/": "change/"}
GRAVE = ["/field/phones/new/", "/field/phones/collect/"]


def _of_a_case(page: Page) -> list[str]:
    case = _row_of(page, "/cases/", "?status=prosecution")
    return [f"{case}{part}" for part in PARTS]


def _of_a_list(page: Page, path: str) -> list[str]:
    row = _row_of(page, path)
    return [row, f"{row}{FIRST[path]}"]


def _row_of(page: Page, path: str, narrowed: str = "") -> str:
    """The page of the first row of a list."""
    page.goto(f"{path}{narrowed}")
    hrefs = page.locator(f"#main a[href^='{path}']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return next(href for href in hrefs if re.search(r"[0-9a-f-]{36}/$", href))


def _confirm(page: Page) -> None:
    """In no language: by what its form asks."""
    page.goto("/account/confirm/?next=/field/phones/")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("form:has(input[type=password]) button").first.click()
    page.wait_for_url("**/field/phones/")


def _too_wide(page: Page, code: str, paths: list[str]) -> dict[str, list[str]]:
    wide = {}
    for path in paths:
        assert page.goto(path).ok, path
        expect(page.locator("html")).to_have_attribute("lang", code)
        if lines := looks.scrolls_sideways(page):
            wide[path] = lines
        looks.keep_screen(page, f"{code}-{path.strip('/').replace('/', '-') or 'today'}")
    return wide


@pytest.mark.parametrize("code", CODES)
@pytest.mark.by_turns(10)
def test_twelve_pages_fit_in_320_pixels(code, visitors) -> None:
    page = visitors(LEAD, locale=code)
    assert _too_wide(page, code, [*PAGES, *_of_a_case(page)]) == {}


@pytest.mark.nightly
@pytest.mark.parametrize("code", CODES)
def test_so_do_those_of_phones_choices_and_what_goes_by_itself(code, visitors) -> None:
    wide = {}
    for who, paths in FURTHER.items():
        page = visitors(who, locale=code)
        found = [row for path in FIRST if path in paths for row in _of_a_list(page, path)]
        wide |= _too_wide(page, code, [*paths, *found])
    page = visitors(OFFICERS[CODES.index(code) % 2], locale=code)
    _confirm(page)
    wide |= _too_wide(page, code, GRAVE)
    page.goto("/field/phones/collect/")
    page.locator("#main form button").last.click()
    page.locator("img.scan").wait_for()
    looks.keep_screen(page, f"{code}-connected")
    assert (wide, looks.scrolls_sideways(page)) == ({}, [])


# Letters of the languages that put no space between words.
UNSPACED = {"km": "[\\u1780-\\u17ff]", "th": "[\\u0e00-\\u0e7f]", "my": "[\\u1000-\\u109f]"}
BREAKS = """([lang, letters]) => {
  const letter = new RegExp(letters, 'u'), range = document.createRange();
  const words = new Intl.Segmenter(lang, { granularity: 'word' });
  const clusters = new Intl.Segmenter(lang, { granularity: 'grapheme' });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lines = { good: 0, bad: [] };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data, starts = new Set([...words.segment(text)].map(word => word.index));
    if (node.parentElement.getBoundingClientRect().width <= 1) continue; // only heard
    let before = null;
    for (const { segment, index } of clusters.segment(text)) {
      range.setStart(node, index);
      range.setEnd(node, index + segment.length);
      const [box] = range.getClientRects();
      const both = before && box && letter.test(segment) && letter.test(before.segment);
      if (both && box.top >= before.bottom - 2) {
        if (starts.has(index)) lines.good += 1;
        else lines.bad.push(`${text.slice(index - 12, index)}|${text.slice(index, index + 12)}`);
      }
      before = box && { segment, bottom: box.bottom };
    }
  }
  return lines;
}"""


@pytest.mark.nightly
@pytest.mark.parametrize("code", UNSPACED)
def test_lines_end_where_words_end(code, visitors) -> None:
    """Where a language has no space between words, the browser knows them by `lang`."""
    page = visitors(LEAD, locale=code)
    good, bad = 0, {}
    for path in [*PAGES, *_of_a_case(page)]:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", code)
        page.set_viewport_size({"width": 320, "height": 568})
        lines = page.evaluate(BREAKS, [code, UNSPACED[code]])
        good += lines["good"]
        bad |= {path: lines["bad"]} if lines["bad"] else {}
    assert bad == {}
    assert good > 20  # lines that ended inside of a text


@pytest.mark.nightly
@pytest.mark.parametrize("code", CODES)
def test_a_script_writes_a_moment_as_the_server_does(code, visitors) -> None:
    page = visitors(FIELD, locale=code)
    page.goto("/field/rescues/new/")
    with translation.override(code):
        for month in range(1, 13):
            said = date_format(datetime(2026, month, 9, 7, 5), "j M Y, H:i")
            written = page.evaluate("at => momentInWords(at)", f"2026-{month:02}-09T07:05")
            assert written == said
