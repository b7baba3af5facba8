"""Real transactions keep the loaded places."""

from tests.meta.conftest import places_again, real_places  # noqa: F401
