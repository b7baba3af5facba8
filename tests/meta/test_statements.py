"""No page asks more of the database than a bound, whoever reads it and whatever a case holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from accounts.models import User
from accounts.roles import Role
from casework.models import Case
from tests.case_pages import pages_of
from tests.clients import taken_back
from tests.meta.addresses import Caller, of_kind, own_id
from tests.meta.test_html import PEOPLE
from tests.statements import asked
from tests.whole import share

pytestmark = pytest.mark.django_db

MOST = 25
BOUNDS = Path(__file__).parents[1] / "query_bounds.json"
# Known to ask much, so asked by day as well.
ALWAYS = {"prosecutions:docket", "reports:dashboard", "desk:case-summary", "desk:rescue"}


def statements(caller, path):
    caller.stay()
    with taken_back(), asked() as said:
        answer = caller.call("get", path)
        b"".join(answer)  # which closes a file that is given out
    assert answer.status_code < 500
    return len(said)


def counted(leads, *, cases):
    """By page how many statements its readers cause, and the pages of these cases."""
    callers = {role: Caller(user) for role, user in leads.items()}
    pages = {a.name: a for a in of_kind("page") if "get" in a.declared}
    names = {*share(pages, "statements", one_in=10), *(ALWAYS & {*pages})}
    found = {}
    for name in sorted(names):
        page = pages[name]
        path = page.path(own_id(page, leads[page.role]))
        found[name] = statements(callers[page.role], path)
    for case in cases:
        for path in pages_of(case.pk):
            found[path] = statements(callers[Role.CASE_MANAGER], path)
    return {name: number for name, number in found.items() if number > MOST}


def test_no_page_asks_more(leads, fresh):
    """Of a case that has a row of every kind."""
    assert counted(leads, cases=Case.objects.order_by("created_at")[:1]) == {}


@pytest.mark.nightly
def test_no_page_of_the_demonstration_asks_more(demonstration, fresh):
    leads = {role: User.objects.get(username=name) for role, name in PEOPLE.items()}
    mine = Case.objects.visible_to(leads[Role.CASE_MANAGER])
    assert counted(leads, cases=mine) == {}


def test_no_read_of_the_interface_asks_more():
    """As `tests/api/test_schemathesis.py` counts it, where each operation is sent."""
    bounds = json.loads(BOUNDS.read_text())
    assert {name: n for name, n in bounds.items() if n > MOST and name.startswith("get ")} == {}


def test_what_a_page_asks_is_counted(leads):
    """Planted: one statement more."""
    from accounts.models import Notice  # noqa: PLC0415 - a table that anybody may read

    with asked() as said:
        Notice.objects.count()
    assert len(said) == 1
    assert "accounts_notice" in said[0]
