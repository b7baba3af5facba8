"""What each list offers for several of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.several.tasks import CANCEL, FINISH, GIVE, PUT_OFF
from desk.several.verbs import ASSIGN, OFFER, SEND

if TYPE_CHECKING:
    from accounts.models import User
    from desk.several.verbs import Many

MANY = (ASSIGN, OFFER, SEND, PUT_OFF, FINISH, GIVE, CANCEL)


def offered(listed: str, reader: User) -> list[Many]:
    """Those that this reader may do."""
    return [m for m in MANY if m.listed == listed and reader.has_perm(m.verb.permission)]
