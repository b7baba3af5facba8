"""What a first visit fetches on a slow connection, and how far down the overview of a case goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Response

MOST_BYTES, MOST_OF_A_CASE = 20_000, 45_000
SCREEN = {"width": 1366, "height": 768}
CASES = 6


@pytest.mark.parametrize("path", ["/field/rescues/new/", "/field/"])
def test_first_load_of_the_field_page(phone, record_testsuite_property, path) -> None:
    weights = _weights(phone("field.kolkata"), path)
    record_testsuite_property("bytes", sum(weights.values()))
    assert len(weights) > 6, weights
    assert sum(weights.values()) <= MOST_BYTES, weights


def test_the_overview_of_a_case_is_light_and_two_screens_long(visitors, phone) -> None:
    page = visitors("lead.kolkata", viewport=SCREEN)
    page.goto("/cases/")
    rows = page.locator("main tbody a[href^='/cases/']").all()
    paths = list(dict.fromkeys(row.get_attribute("href") for row in rows))[:CASES]
    assert len(paths) == CASES
    heights = {}
    for path in paths:
        page.goto(path)
        heights[path] = page.evaluate("document.documentElement.scrollHeight")
    assert max(heights.values()) <= 2 * SCREEN["height"], heights
    longest = max(heights, key=heights.get)
    weights = _weights(page, longest)  # its font comes once, after the words are there
    assert sum(n for name, n in weights.items() if "fonts/" not in name) <= MOST_OF_A_CASE, weights
    on_a_phone = _weights(phone("lead.kolkata"), longest)
    assert sum(on_a_phone.values()) <= MOST_OF_A_CASE, on_a_phone


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
