"""The field page on a slow connection: everything its first visit fetches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Response

MOST_BYTES = 20_000


@pytest.mark.parametrize("path", ["/field/rescues/new/", "/field/"])
def test_first_load_of_the_field_page(phone, record_testsuite_property, path) -> None:
    page = phone("field.kolkata").context.new_page()  # no late answer of the page before
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
    page.goto(path, wait_until="networkidle")
    weights = {answer.url.rpartition("/static/")[2] or "page": _bytes(answer) for answer in answers}
    weights.setdefault("favicon.svg", _icon(page))
    record_testsuite_property("bytes", sum(weights.values()))
    assert len(weights) > 6, weights
    assert sum(weights.values()) <= MOST_BYTES, weights


def _bytes(answer: Response) -> int:
    """As the server sent it: pages packed as they are made, files as they were built."""
    packing = "gzip" if answer.request.resource_type == "document" else "br"
    assert answer.header_value("content-encoding") == packing, answer.url
    return int(answer.header_value("content-length") or 0)


def _icon(page) -> int:
    href = page.locator("link[rel=icon]").get_attribute("href")
    answer = page.context.request.get(href, headers={"Accept-Encoding": "br"})
    return int(answer.headers["content-length"])
