"""A case with a survivor, those who care, and a way to act behind the wall."""

from __future__ import annotations

import pytest

from core.context import acting_as
from tests import factories
from tests.aftercare.rescued import drafted, survivor


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def worker(case):
    return factories.assignment(case, factories.user("aftercare_worker", case.office)).user


@pytest.fixture
def manager(case_manager):
    return case_manager


@pytest.fixture
def person(case):
    return factories.involvement(case)


@pytest.fixture
def act():
    """`act(verb, target, user, **words)`: as that person, through both walls."""

    def run(verb, target, user, **words):
        user = type(user).objects.get(pk=user.pk)
        with acting_as(user.pk):
            return verb(target, actor=user, **words)

    return run


@pytest.fixture
def clinic():
    return factories.provider(name="Clinic by the Canal", services=["medical"])


@pytest.fixture
def house():
    return factories.provider(name="House of the Banyan")


@pytest.fixture
def seven(case):
    return drafted(case, [survivor(case) for _ in range(7)])
