"""The heavy pages call no more of Python than a bound: what no number of statements shows.

Each is asked for twice before, which makes what a process and its connection keep.
`UPDATE_QUERY_COUNTS=1 make test ARGS=tests/meta/test_python_calls.py` writes the bounds anew.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from casework.case_pages import address
from tests import factories
from tests.desk.causes import CAUSES
from tests.desk.kept import keep_now

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(sys.version_info < (3, 12), reason="each comprehension is a call there"),
]

BOUNDS = Path(__file__).parents[1] / "python_calls.json"
PAGES = {"Today": "/", "To do": "/to-do/", "docket": "/docket/", "case": ""}
CLEARLY_MORE = 1.1
SURVIVORS = 7


@pytest.fixture
def case(office):
    """With a row that each rule asks of."""
    case = factories.case(office)
    for _one in range(SURVIVORS):
        factories.involvement(case)
    for cause in CAUSES.values():
        cause(case)
    keep_now()
    return case


def calls(client, path):
    number = 0

    def note(_frame, event, _what):
        nonlocal number
        number += event == "call"

    for _time in range(2):
        client.get(path)
    sys.setprofile(note)
    try:
        answer = client.get(path)
    finally:
        sys.setprofile(None)
    assert answer.status_code == 200
    return number


def test_a_heavy_page_calls_no_more(case, browser_client, case_manager):
    client = browser_client(case_manager)
    found = {name: calls(client, path or address(case.pk)) for name, path in PAGES.items()}
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        BOUNDS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    bounds = json.loads(BOUNDS.read_text(encoding="utf-8"))
    assert {name: n for name, n in found.items() if n > bounds[name] * CLEARLY_MORE} == {}


def test_what_a_page_calls_is_counted():
    """Planted: a page that does as much again."""

    class Twice:
        status_code = 200

        def get(self, path):
            if path == "/":
                self.get("")
            return self

    assert calls(Twice(), "/") == 2 * calls(Twice(), "")
