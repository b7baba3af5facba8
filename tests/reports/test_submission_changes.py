"""Every figure of the submission follows its records: one of them changed, and it is another."""

from __future__ import annotations

import pytest

from reports.catalogue.submission import LINES
from tests.reports.changes import OF_MANY, ONE, ROWS, changed

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("demonstration")]


@pytest.mark.parametrize("code", list(LINES))
def test_every_line_is_changed_here(code):
    assert (code in ONE) + (code in ROWS) == 1


# Those of many: tests/intake/test_many.py
@pytest.mark.parametrize("code", [code for code in LINES if code not in OF_MANY])
@pytest.mark.by_turns(4)
def test_a_changed_record_changes_it(code):
    assert changed(code)
