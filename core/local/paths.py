"""Where the repository and its private state are."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARK = ".casework"


def var_dir() -> Path:
    """Return the directory of all private state, readable by its owner alone.

    A directory we made, or found empty, is marked: only such a one may ever be deleted.
    """
    var = Path(os.environ.get("CASEWORK_VAR") or ROOT / "var").absolute()
    if not (var / MARK).exists():
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(var.iterdir()):
            (var / MARK).touch()
    return var
