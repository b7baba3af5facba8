"""People who keep studies, and a way to act behind both walls."""

from __future__ import annotations

import pytest

from core.context import acting_as
from tests import factories


@pytest.fixture
def keeper(office):
    """A data officer: keeps studies and publishes them."""
    return factories.user("data_officer", office)


@pytest.fixture
def act():
    """`act(verb, user, *target, **words)`: as that person, through both walls."""

    def run(verb, user, *target, **words):
        user = type(user).objects.get(pk=user.pk)
        with acting_as(user.pk):
            return verb(*target, actor=user, **words)

    return run
