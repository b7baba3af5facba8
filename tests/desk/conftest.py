"""A legal officer on the team of a case."""

from __future__ import annotations

import pytest

from tests import factories


@pytest.fixture
def lawyer(office):
    return factories.user("legal_officer", office)


@pytest.fixture
def case(office, lawyer):
    case = factories.case(office)
    factories.assignment(case, lawyer)
    return case
