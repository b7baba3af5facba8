"""What a first visit fetches on a slow connection, what an enrolled phone keeps to open without
one, and how far down the overview of a case goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tests.whole import WHOLE

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse, Response

MOST_BYTES, MOST_OF_A_CASE = 20_000, 45_000
MOST_OF_THE_APP, MOST_OF_A_FONT = 120_000, 70_000
WORKER = "/offline-worker.js"
LONGEST = ["my"]  # whose words take the most bytes
SCREEN = {"width": 1366, "height": 768}
PHONE, ON_A_PHONE = 844, 5  # so many screens of a phone
CASES, LEAD = 6, "lead.kolkata"


@pytest.mark.parametrize("path", ["/field/rescues/new/", "/field/"])
def test_first_load_of_the_field_page(phone, record_testsuite_property, path) -> None:
    weights = _weights(phone("field.kolkata"), path)
    record_testsuite_property("bytes", sum(weights.values()))
    assert len(weights) > 6, weights
    assert sum(weights.values()) <= MOST_BYTES, weights


@pytest.mark.parametrize("code", [c for c, _ in settings.LANGUAGES] if WHOLE else LONGEST)
def test_the_whole_app_of_a_phone(visitors, record_testsuite_property, code) -> None:
    """All that the worker fetches to open without a network, sealing and reading included; the
    letters of a language stand apart, and come where a device lacks them."""
    page = visitors(None, locale=code)

    def fetch(path: str) -> APIResponse:
        asked = {"Accept-Encoding": "br, gzip", "Accept-Language": code}
        return page.request.get(path, headers=asked)

    script = fetch(WORKER)
    (told,) = re.findall(r"files: \[(.*?)\]", script.text())
    paths = [path.encode().decode("unicode_escape") for path in re.findall("'(.*?)'", told)]
    answers = {path: fetch(path) for path in paths} | {WORKER: script}
    assert {answer.status for answer in answers.values()} == {200}
    weights = {path: int(answer.headers["content-length"]) for path, answer in answers.items()}
    record_testsuite_property(f"bytes of the app, {code}", sum(weights.values()))
    assert len(weights) > 14, weights
    assert sum(weights.values()) <= MOST_OF_THE_APP, weights
    letters = next(answers[path] for path in paths if "/scripts." in path)
    fonts = re.findall(r'url\("(\.\./fonts/[^"]+)"\)', letters.text())
    sizes = {font: len(fetch(f"/static/{font[3:]}").body()) for font in fonts}
    assert len(sizes) == 6
    assert max(sizes.values()) <= MOST_OF_A_FONT, sizes
    assert not [path for path in paths if "/fonts/" in path]


def test_the_overview_of_a_case_is_light_and_two_screens_long(visitors, phone, house) -> None:
    """Those of the demonstration, one of seven survivors, one of sixty."""
    planted = [
        house.plant("seven-brought-out", officer="field.kolkata"),
        house.plant("many-brought-out", lead=LEAD),
    ]
    page, small = visitors(LEAD, viewport=SCREEN), phone(LEAD)
    page.goto("/cases/")
    rows = page.locator("main tbody a[href^='/cases/']").all()
    paths = [case["case"] for case in planted] + [row.get_attribute("href") for row in rows]
    paths = list(dict.fromkeys(paths))[: CASES + len(planted)]
    assert len(paths) == CASES + len(planted)
    heights = {path: (_height(page, path), _height(small, path)) for path in paths}
    assert max(desk for desk, _ in heights.values()) <= 2 * SCREEN["height"], heights
    assert max(held for _, held in heights.values()) <= ON_A_PHONE * PHONE, heights
    longest = max(heights, key=heights.get)
    weights = _weights(page, longest)  # its font comes once, after the words are there
    assert sum(n for name, n in weights.items() if "fonts/" not in name) <= MOST_OF_A_CASE, weights
    on_a_phone = _weights(small, longest)
    assert sum(on_a_phone.values()) <= MOST_OF_A_CASE, on_a_phone


def _height(page, path) -> int:
    page.goto(path)
    height: int = page.evaluate("document.documentElement.scrollHeight")
    return height


def _weights(page, path) -> dict[str, int]:
    """By file what is fetched where nothing is kept yet."""
    fresh = page.context.new_page()  # no late answer of the page before
    answers: list[Response] = []
    fresh.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
    fresh.goto(path, wait_until="networkidle")
    weights = {answer.url.rpartition("/static/")[2] or "page": _bytes(answer) for answer in answers}
    weights.setdefault("favicon.svg", _icon(fresh))
    return weights


def _bytes(answer: Response) -> int:
    """As the server sent it: pages packed as they are made, files as they were built."""
    packing = {"document": "gzip", "font": None}.get(answer.request.resource_type, "br")
    assert answer.header_value("content-encoding") == packing, answer.url
    return int(answer.header_value("content-length") or 0)


def _icon(page) -> int:
    href = page.locator("link[rel=icon]").get_attribute("href")
    answer = page.context.request.get(href, headers={"Accept-Encoding": "br"})
    return int(answer.headers["content-length"])
