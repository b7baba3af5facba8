"""What one subscriber is told of one row, as it stands when it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit
from exchange.models import Pause, Webhook
from exchange.nouns import model_of

if TYPE_CHECKING:
    from exchange.models import Delivery


def message_of(delivery: Delivery, *, actor: User) -> dict[str, object] | None:
    """Ids of a row this program may see at this moment; nothing where it may not.

    Ids only: what the row says is fetched with a key, which is judged again.
    """
    row = model_of(delivery.noun).objects.visible_to(actor).filter(pk=delivery.row).first()
    if row is None:
        return None
    audit.record_sent("webhook.told", row, actor=actor)
    values = {"id": str(row.pk), "noun": delivery.noun, "version": row.version}
    case = getattr(row, "case_id", None)
    cases: Any = apps.get_model("casework.Case").objects
    if case and cases.visible_to(actor).filter(pk=case).exists():
        values["case"] = str(case)
    return {
        "type": f"{delivery.noun}.changed",
        "timestamp": delivery.created_at.isoformat(),
        "data": values,
    }


def pause_for(webhook: Webhook, why: str) -> None:
    """Try an address no more, and tell those who look after it."""
    paused = Webhook.objects.filter(pk=webhook.pk, paused_at=None).update(
        paused_at=Now(), paused_for=why, updated_at=Now(), version=F("version") + 1
    )
    if paused:
        tell(User.objects.holding(Perm.WEBHOOK_MANAGE), "webhook-paused", target=webhook)
        audit.record("webhook.paused", webhook, actor=None, why=str(Pause(why)))
