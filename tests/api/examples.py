"""The examples of a page of the documentation, as they stand there."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples(page: str, heading: str, language: str) -> list[str]:
    """Those in this language below this heading."""
    text = (settings.BASE_DIR / "docs" / "how-to" / page).read_text(encoding="utf-8")
    (part,) = re.findall(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    found = [code for of, code in BLOCK.findall(part) if of == language]
    assert found, f"{page}, {heading}: no example in {language}"
    return found


def run(language: str, code: str, folder: Path, env: dict[str, str]) -> str:
    """What it says, run in this folder."""
    program = sys.executable if language == "python" else "bash"
    done = subprocess.run(
        [program, "-c", code],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
