"""Rows are ticked on a phone, where the card of a case is one link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import LEAD

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.nightly
def test_a_box_is_ticked_and_no_case_opened(phone: Callable[..., Page]) -> None:
    page = phone(LEAD)
    page.goto("/cases/")
    for number in range(2):
        page.locator("input[name=row]").nth(number).tap()
    page.get_by_role("button", name="Assign").click()
    expect(page).to_have_url(re.compile(r"/cases/several/assign/\?row=[\w-]+&row=[\w-]+$"))
