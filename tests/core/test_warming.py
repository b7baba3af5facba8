"""A web process has its addresses, templates and connections before it is asked."""

from __future__ import annotations

import logging
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.template import engines

from core.warming import connect, warm

TODAY = "desk/today.html"


def test_addresses_and_templates_are_there_before_the_first_request():
    (loader,) = engines["django"].engine.template_loaders
    loader.reset()
    assert TODAY not in loader.get_template_cache
    warm()
    assert TODAY in loader.get_template_cache
    assert "casework.conf.urls" in sys.modules


def opened() -> list[str]:
    """The connections that a thread has after it began, closed again."""
    connect()
    there = [one.alias for one in connections.all() if one.connection is not None]
    for alias in there:
        connections[alias].close()
    return there


@pytest.mark.django_db(databases=["default", "aside"])
def test_a_thread_begins_with_its_connections(settings):
    settings.ASIDE_DATABASE = "aside"
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(opened).result() == ["default", "aside"]


@pytest.mark.django_db(databases=["default", "aside"])
def test_without_the_database_a_thread_begins_all_the_same(monkeypatch, caplog):
    with ThreadPoolExecutor(1) as thread, caplog.at_level(logging.WARNING, "core.warming"):
        for settings in connections.settings.values():
            monkeypatch.setitem(settings, "HOST", "/nowhere")
        assert thread.submit(opened).result() == []
    assert "begins without the database" in caplog.text
    assert "/nowhere" not in caplog.text
