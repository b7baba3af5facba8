"""One server and one browser for the folder, one context for each test."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import house as houses
from tests.browser.flags import CHROMIUM_FLAGS
from tests.browser.visit import PATIENCE, Visitors
from tests.programs import CHROMIUM, needed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.browser)


def find_chromium() -> str | None:
    # The first has no windows, which cost as much again as the pages.
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    found = (path for name in names if (path := shutil.which(name)))
    return os.environ.get("CHROMIUM") or next(found, None)


@pytest.fixture(scope="package")
def chromium_path() -> str:
    """The program; without one the folder is skipped, but never in CI."""
    return needed(find_chromium(), CHROMIUM)


# For the folder, not the session: while Playwright runs, Django takes this thread for an
# asynchronous one and refuses its database to all other tests.
@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[houses.House]:
    built = houses.build(tmp_path_factory.mktemp("house"))
    try:
        built.make()
        # Its first answer, for which everything is imported, takes as long as the machine is busy.
        with browser.new_page() as page:
            page.goto(f"{built.url}/sign-in/", timeout=60_000)
        yield built
    finally:
        built.close()


@pytest.fixture(scope="package")
def sign_ins() -> dict[str, Any]:
    """Who has signed in already in this session, and with which cookies."""
    return {}


@pytest.fixture
def visitors(browser: Browser, house: houses.House, sign_ins: dict[str, Any]) -> Iterator[Visitors]:
    """`visitors("field.kolkata")` is a page signed in as that person."""
    made = Visitors(browser, house.url, sign_ins)
    yield made
    made.leave()


@pytest.fixture
def phone(visitors: Visitors) -> Callable[..., Page]:
    """The same on a phone of 390 × 844 with a touch screen."""

    def hold(who: str | None, **options: Any) -> Page:
        size = {"width": 390, "height": 844}
        return visitors(who, viewport=size, has_touch=True, is_mobile=True, **options)

    return hold
