"""What people do with what they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Now

from accounts.models import Notice
from accounts.permissions import Perm
from core import audit
from core.services import service

if TYPE_CHECKING:
    from accounts.models import User


@service(Perm.NOTICE_SEE)
def see_notice(notice: Notice, *, actor: User) -> Notice:
    """Put one notice away. Doing so twice changes nothing."""
    unseen = Notice.objects.unseen().filter(pk=notice.pk)
    unseen.update(seen_at=Now(), updated_at=Now(), version=F("version") + 1)
    audit.record("notice.seen", notice, actor=actor)
    notice.refresh_from_db()
    return notice


@service(Perm.NOTICE_SEE)
def see_all_notices(*, actor: User) -> int:
    """Put away everything one was told so far."""
    seen = Notice.objects.unseen().filter(user=actor).update(seen_at=Now(), updated_at=Now())
    audit.record("notice.all_seen", actor, actor=actor, count=seen)
    return seen
