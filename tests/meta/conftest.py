"""Committed rows, for what cannot be seen inside the transaction of a test."""

from __future__ import annotations

import pytest

from tests import factories


@pytest.fixture
def committed(real_rows):
    """A field officer on the team of one committed case that has a row in every table."""
    officer = factories.user()
    case = factories.assignment(user=officer).case
    for factory in (factories.identity, factories.arrest, factories.referral):
        factory(case=case)
    return officer
