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


def ordered(items: Sequence[pytest.Item], processes: int) -> list[pytest.Item]:
    """Files with the world of the sweeps (`kept_world`) first; those of browsers, which share a
    house, where the second process begins; the others as they stood."""
    world = {one.path for one in items if "kept_world" in getattr(one, "fixturenames", ())}
    browser = {one.path for one in items if one.path.parent.name == "browser"} - world
    first = [one for one in items if one.path in world]
    second = [one for one in items if one.path in browser]
    rest = [one for one in items if one.path not in world | browser]
    cut = max(len(items) // processes - len(first), 0)
    return [*first, *rest[:cut], *second, *rest[cut:]]
