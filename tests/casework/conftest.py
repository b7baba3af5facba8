"""One case of Kolkata, and people who stand to it in every way."""

from __future__ import annotations

import pytest

from tests import factories


@pytest.fixture
def case(office, field_officer):
    """A lead with the field officer on its team."""
    return factories.assignment(user=field_officer).case


@pytest.fixture
def outsider(db):
    """A case manager of another office."""
    return factories.user("case_manager", factories.office("manila", "PH-MNL"))


@pytest.fixture
def aftercare_worker(case):
    """On the team, with a role that only reads cases."""
    return factories.assignment(case, factories.user("aftercare_worker", case.office)).user


@pytest.fixture
def colleague(office):
    """Of the same office, on no team: knows that the case exists, and no more."""
    return factories.user("field_officer", office)
