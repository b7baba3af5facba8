"""A web process has its addresses and templates before it is asked."""

from __future__ import annotations

import sys

from django.template import engines

from core.warming import warm

TODAY = "desk/today.html"


def test_addresses_and_templates_are_there_before_the_first_request():
    (loader,) = engines["django"].engine.template_loaders
    loader.reset()
    assert TODAY not in loader.get_template_cache
    warm()
    assert TODAY in loader.get_template_cache
    assert "casework.conf.urls" in sys.modules
