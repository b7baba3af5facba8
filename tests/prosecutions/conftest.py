"""A legal officer on the team of a case."""

from __future__ import annotations

import pytest

from prosecutions.corrections.services.records import correct_record
from tests import factories


@pytest.fixture
def lawyer(office):
    return factories.user("legal_officer", office)


@pytest.fixture
def case(office, lawyer):
    case = factories.case(office)
    factories.assignment(case, lawyer)
    return case


@pytest.fixture
def page(browser_client, lawyer):
    return browser_client(lawyer)


@pytest.fixture
def correct(lawyer):
    """Put a record right as it stands, with a reason."""

    def correct(row, **changes):
        row.refresh_from_db()
        facts = {"version": row.version, "reason": "typing", "actor": lawyer}
        return correct_record(row, **facts | changes)

    return correct
