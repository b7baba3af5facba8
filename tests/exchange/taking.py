"""An export from the asking to the open file, without a worker."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from core import jobs
from core.context import acting_as
from exchange.models import Export
from exchange.services.exports import ask_export
from exchange.services.giving import take_export
from tests.exchange.unlocking import rows, unlocked


@dataclass
class Opened:
    export: Export
    parts: dict[str, bytes]

    @property
    def manifest(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.parts["manifest.json"])
        return found

    def list(self, name: str) -> list[dict[str, Any]]:
        """The rows of a list written as JSON Lines."""
        (one,) = [one for one in self.manifest["lists"] if one["list"] == name]
        return rows(self.parts[one["part"]])


def asked(actor: Any, what: str = "cases", **more: Any) -> tuple[Export, str]:
    more = {"reason": "figures", "format": "jsonl"} | more
    with acting_as(actor.pk):
        made = ask_export(what=what, actor=actor, **more)
    return made.row, made.passphrase


def written(export: Export) -> Export:
    """The job is done, as by a worker."""
    export.refresh_from_db()
    jobs.run(export.job_id)
    return Export.objects.select_related("job", "asked_by").get(pk=export.pk)


def content(export: Export, actor: Any) -> bytes:
    with acting_as(actor.pk):
        taken = take_export(export, actor=actor)
        with taken.text as text:
            return bytes(text.read())


def opened(actor: Any, what: str = "cases", **more: Any) -> Opened:
    """Asked for, written, taken and unlocked."""
    export, passphrase = asked(actor, what, **more)
    export = written(export)
    return Opened(export, unlocked(content(export, actor), passphrase))
