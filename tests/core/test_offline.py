"""What a device keeps for the time without a connection: one page, the same for everybody."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.django_db


def test_the_page_is_the_same_for_everybody_and_knows_nobody(client, browser_client, case_manager):
    answer = client.get("/offline/")
    assert answer.status_code == 200
    assert "No connection" in answer.content.decode()
    assert browser_client(case_manager).get("/offline/").content == answer.content
    assert not answer.cookies


def test_the_script_keeps_that_page_and_files_that_are_there(client):
    answer = client.get("/offline-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    script = answer.content.decode()
    assert "PAGE = '/offline/'" in script
    files = re.findall(r"'/static/([^']+)'", script)
    assert len(files) == 7
    assert all(finders.find(name) for name in files)
    assert script.count("'/") == len(files) + 1  # no other address


def test_the_page_is_drawn_with_what_is_kept(client):
    kept = re.findall(r"'(/static/[^']+)'", client.get("/offline-worker.js").content.decode())
    page = client.get("/offline/").content.decode()
    drawn = re.findall(r'(?:href|src)="(/static/[^"#]+)', page)
    assert drawn
    assert set(drawn) <= set(kept)


def test_signed_in_pages_name_the_script_and_others_do_not(client, browser_client, case_manager):
    assert (
        'data-offline="/offline-worker.js"'
        in browser_client(case_manager).get("/").content.decode()
    )
    assert "offline" not in client.get("/sign-in/").content.decode()
