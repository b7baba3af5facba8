"""How far the history is chained, in what the page of it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.chain.standing import standing
from core.models import ChainAnchor

if TYPE_CHECKING:
    from core.models import ChainLink

MOST = 5  # anchors
IN_GROUPS = 8  # signs of a hash that are compared at a glance


def chain() -> dict[str, object]:
    """A fixed number of queries."""
    now = standing()
    anchors = ChainAnchor.objects.order_by("-id")[:MOST]
    return {
        "link": _head(now.link) | {"made_at": now.link.made_at} if now.link else None,
        "waits_since": now.waits_since,
        "leaves": now.sent,
        "anchors": [
            _head(anchor)
            | {"left_at": anchor.left_at, "letters": anchor.letters, "kept": anchor.kept}
            for anchor in anchors
        ],
        "alarms": now.alarms,
    }


def _head(row: ChainLink | ChainAnchor) -> dict[str, object]:
    text = bytes(row.hash).hex()
    groups = [text[i : i + IN_GROUPS] for i in range(0, len(text), IN_GROUPS)]
    return {"number": row.number, "events": row.total, "hash": text, "groups": groups}
