"""What a device gets for the time without a connection: one script, the same for everybody."""

from __future__ import annotations

import re

import pytest

from core import offline

pytestmark = pytest.mark.django_db


def test_the_script_is_the_same_for_everybody_and_knows_nobody(
    client, browser_client, case_manager
):
    answer = client.get("/offline-worker.js")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert not answer.cookies
    signed_in = browser_client(case_manager)
    assert signed_in.get("/offline-worker.js").content == answer.content
    assert 'data-no-connection="/offline-worker.js"' in signed_in.get("/").content.decode()


def test_it_keeps_what_nobody_is_shown_and_its_page_fetches_nothing(client):
    """Into a cache go files of the shell alone, asked for without a cookie."""
    script = client.get("/offline-worker.js").content.decode()
    assert not re.search(r"\.put\(|\.add\(|indexedDB|localStorage", script)
    assert script.count("caches.open(") == script.count(".addAll(asked)") == 1
    assert "new Request(file, { credentials: 'omit', cache: 'reload', headers })" in script
    page = script.encode().decode("unicode_escape")
    assert offline.STYLE in page
    assert not re.search(r"src=|<link|<script|url\(|Casework", page)


def test_the_policy_allows_nothing_else():
    assert offline.POLICY.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in offline.POLICY
