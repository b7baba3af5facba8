"""What else is done with a restored database, before anybody may work with it.

An app that knows of something says so in its `ready()`: erasures made since the backup are made
again, a seal of the history is verified. Each step gets a cursor of the server's superuser in the
restored database, which has no user yet, and the folder into which its files were restored; it
returns a line for whatever is not as it must be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

steps: list[Callable[[Any, Path], Iterable[str]]] = []


def run(cursor: Any, files: Path) -> list[str]:
    return [line for step in steps for line in step(cursor, files)]
