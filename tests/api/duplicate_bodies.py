"""What the tests of the interface send about records that may be of one survivor."""

from __future__ import annotations

from typing import Any

from tests import factories
from tests.factories import duplicates


def of_duplicates(case: Any) -> dict[str, tuple[Any, Any]]:
    """Two good bodies for every address that takes a key."""
    kept, first, second = (factories.victim(case) for _ in range(3))
    return {
        f"victims/{kept.pk}/merge/": ({"other": str(first.pk)}, {"other": str(second.pk)}),
        f"victim-merges/{duplicates.victim_merge(case).pk}/undo/": ({}, None),
        "matches/": tuple(
            {"victim": str(kept.pk), "other": str(factories.victim(case).pk), "answer": answer}
            for answer in ("different", "same")
        ),
        f"matches/{duplicates.match(case).pk}/ask/": ({}, None),
    }
