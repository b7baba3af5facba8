"""When the database is away for a moment it is said so, and not taken for a fault."""

from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError

from core.pages import StyleGuide

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (OperationalError, 503, "Back soon"),
        (InterfaceError, 503, "Back soon"),
        (ValueError, 500, "Something went wrong"),
    ],
)
def test_a_page_says_what_happened(
    browser_client, field_officer, monkeypatch, said, fault, status, words
):
    def away(*_args):
        raise fault

    monkeypatch.setattr(StyleGuide, "get", away)
    page = browser_client(field_officer)
    page.raise_request_exception = False
    answer = page.get("/styleguide/")
    assert answer.status_code == status
    assert words in said(answer)
    assert answer.headers.get("Retry-After") == ("5" if status == 503 else None)
