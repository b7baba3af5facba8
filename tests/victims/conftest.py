"""One person of one case, and people who stand to the case in every way."""

from __future__ import annotations

import pytest

from core.models import AuditEvent
from tests import factories


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(user=field_officer).case


@pytest.fixture
def person(case):
    """Somebody whose name nobody has written down."""
    return factories.involvement(case)


@pytest.fixture
def identity(case):
    return factories.identity(case, full_name="Canary Ivory")


@pytest.fixture
def known(identity):
    """The part in the case of somebody whose name is recorded."""
    return identity.victim.involvements.get()


@pytest.fixture
def colleague(office):
    """Of the same office, on no team."""
    return factories.user("field_officer", office)


@pytest.fixture
def outsider(db):
    return factories.user("case_manager", factories.office("manila", "PH-MNL"))


@pytest.fixture
def reads():
    """`reads(action)`: who read what, with which detail."""

    def find(action):
        rows = AuditEvent.objects.filter(kind="read", action=action).order_by("at")
        return list(rows.values_list("actor_id", "target_id", "detail"))

    return find


@pytest.fixture
def worker(office, case):
    user = factories.user("aftercare_worker", office)
    factories.assignment(case, user)
    return user


@pytest.fixture
def shelter():
    return factories.provider()
