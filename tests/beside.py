"""Tests that share what takes long to make stand beside each other, where the stretch of a process
begins: that process makes it, and no other.

Each process is given a stretch of the tests, and takes from the end of another's once it is through
(xdist, `worksteal`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest


KEPT = ("kept_world", "kept_cases")


def ordered(items: Sequence[pytest.Item], processes: int) -> list[pytest.Item]:
    """Files with the world of the sweeps or the cases of both walls (`KEPT`) first; those of
    browsers, which share a house, where the second process begins; the others as they stood."""
    kept = [{one.path for one in items if name in _asked(one)} for name in KEPT]
    browser = {one.path for one in items if one.path.parent.name == "browser"}.difference(*kept)
    first = [one for paths in kept for one in items if one.path in paths]
    second = [one for one in items if one.path in browser]
    rest = [one for one in items if one.path not in browser.union(*kept)]
    cut = max(len(items) // processes - len(first), 0)
    return [*first, *rest[:cut], *second, *rest[cut:]]


def _asked(one: pytest.Item) -> Sequence[str]:
    return getattr(one, "fixturenames", ())
