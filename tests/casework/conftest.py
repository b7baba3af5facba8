"""One case of Kolkata, and people who stand to it in every way."""

from __future__ import annotations

import re

import pytest

from core.models import AuditEvent
from tests import factories
from tests.api.real import places_again, real_places  # noqa: F401


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


@pytest.fixture
def recorded():
    """`recorded(action)`: who did it, to what."""

    def find(action):
        return list(
            AuditEvent.objects.filter(kind="intention", action=action).values_list(
                "actor_id", "target_id"
            )
        )

    return find


@pytest.fixture
def said():
    """`said(answer)`: what a page says, as words."""

    def words(answer):
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))

    return words
