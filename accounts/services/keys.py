"""What can happen to the keys of programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import keys
from accounts.permissions import Perm
from core import audit
from core.services import service

if TYPE_CHECKING:
    from accounts.models import User


@service(Perm.KEY_ISSUE)
def issue_key(user: User, *, actor: User) -> str:
    """Issue a key with which a program acts as this user. Its text is shown once."""
    row, text = keys.make(user)
    audit.record("key.issued", row, actor=actor, user=str(user.pk))
    return text
