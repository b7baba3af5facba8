"""What can be done with webhooks: by those who look after programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.notices import tell
from accounts.permissions import Perm
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from exchange import reaching, signing
from exchange.models import Delivery, DeliveryState, Pause, Webhook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import ServiceAccount, User

LABEL = "exchange.Webhook"


OVERLAP_HOURS, MOST_HOURS, MOST_FORMER = 24, 168, 3
OverlapHours = Annotated[
    int,
    Column(
        label=gettext_lazy("The old secret signs as well for, in hours"),
        help=gettext_lazy(
            "Put 0 if somebody else may know it, or if the program does not split the signatures"
            " of a message at the space between them: then it signs nothing more."
        ),
        least=0,
        most=MOST_HOURS,
    ),
]


@dataclass(frozen=True)
class Subscribed:
    """A subscription and its new secret, which nobody sees again."""

    row: Webhook
    secret: str


@service(Perm.WEBHOOK_MANAGE, fresh=True)
def subscribe(
    account: ServiceAccount, *, url: str, nouns: Sequence[str], actor: User
) -> Subscribed:
    """Tell a program, at this address, that rows it may see have changed."""
    if not account.user.is_active:
        raise Refused(_("This account is disabled."), "account")
    if not nouns:
        raise Refused(_("Choose what it is told about."), "nouns")
    try:
        reaching.check(url)
    except reaching.NotAllowed as wrong:
        raise Refused(wrong.words, "url") from None
    secret = signing.new_secret()
    row: Webhook = Webhook.objects.create(
        account=account, url=url, nouns=sorted(set(nouns)), secret=secret
    )
    tell({account.owner} - {actor}, "webhook-made", target=row)
    audit.record("webhook.made", row, actor=actor, account=str(account.pk))
    return Subscribed(row, secret)


@service(Perm.WEBHOOK_MANAGE)
def read_webhooks(*, actor: User) -> list[Webhook]:
    """Every subscription, with how its address does."""
    rows = Webhook.objects.select_related("account__user")
    webhooks = list(rows.order_by("account__user__name", "id"))
    audit.read_rows("webhooks.listed", LABEL, [row.pk for row in webhooks], actor=actor)
    return webhooks


@service(Perm.WEBHOOK_MANAGE)
def read_webhook(webhook: Webhook, *, actor: User) -> dict[str, object]:
    """One subscription and its log: when, what kind of row, and what came of it."""
    audit.read("webhook.read", webhook, actor=actor)
    sent = Delivery.objects.visible_to(actor).filter(webhook=webhook)
    log = sent.prefetch_related("log")
    return {"webhook": webhook, "deliveries": list(log.order_by("-created_at", "-id")[:50])}


@service(Perm.WEBHOOK_MANAGE, fresh=True, label=gettext_lazy("Pause this webhook"))
def pause_webhook(webhook: Webhook, *, actor: User) -> Webhook:
    """Pause a webhook. The program is told no more changes, and none are kept for later."""
    paused = Webhook.objects.filter(pk=webhook.pk, paused_at=None)
    if not paused.update(paused_at=Now(), paused_for=Pause.BY_HAND, **_changed()):
        raise Refused(_("This is already paused."))
    return _recorded("webhook.paused", webhook, actor)


@service(Perm.WEBHOOK_MANAGE, fresh=True, label=gettext_lazy("Resume this webhook"))
def resume_webhook(webhook: Webhook, *, actor: User) -> Webhook:
    """Resume a webhook. The program can get the changes meanwhile with updated_since."""
    try:
        reaching.check(webhook.url)
    except reaching.NotAllowed as wrong:
        raise Refused(wrong.words) from None
    resumed = Webhook.objects.filter(pk=webhook.pk, paused_at__isnull=False)
    afresh = {"paused_at": None, "paused_for": "", "failures": 0, "retry_at": None}
    if not resumed.update(**afresh, **_changed()):
        raise Refused(_("This is not paused."))
    return _recorded("webhook.resumed", webhook, actor)


@service(Perm.WEBHOOK_MANAGE, fresh=True, label=gettext_lazy("Replace the secret"))
def renew_secret(
    webhook: Webhook, *, overlap_hours: OverlapHours = OVERLAP_HOURS, actor: User
) -> Subscribed:
    """Make a new secret. Messages carry a signature by both for some hours, so that the program
    can change over."""
    current: Webhook = Webhook.objects.select_for_update(of=("self",)).get(pk=webhook.pk)
    # Whatever signs now signs on: nobody may have seen the secret of a form that was sent twice.
    former = " ".join(current.secrets[:MOST_FORMER]) if overlap_hours else None
    until = timezone.now() + timedelta(hours=overlap_hours) if overlap_hours else None
    secret = signing.new_secret()
    renewed = amend(
        current, current.version, secret=secret, former_secret=former, former_until=until
    )
    owner = renewed.account.owner
    tell({owner} - {actor}, "webhook-secret", target=renewed)
    audit.record("webhook.secret_renewed", renewed, actor=actor, hours=overlap_hours)
    return Subscribed(renewed, secret)


@service(Perm.WEBHOOK_MANAGE, fresh=True)
def redeliver(delivery: Delivery, *, actor: User) -> Delivery:
    """Send a notice once more, with the same id, if the program may still see the row."""
    if delivery.webhook.paused_at:
        raise Refused(_("This is paused. Resume it first."))
    again = Delivery.objects.filter(pk=delivery.pk).exclude(state=DeliveryState.WAITING)
    if not again.update(
        state=DeliveryState.WAITING, attempts=0, due_at=timezone.now(), **_changed()
    ):
        raise Refused(_("This is already waiting to be sent."))
    delivery.refresh_from_db()
    audit.record("webhook.redelivered", delivery, actor=actor, webhook=str(delivery.webhook_id))
    return delivery


def _changed() -> dict[str, object]:
    return {"updated_at": Now(), "version": F("version") + 1}


def _recorded(deed: str, webhook: Webhook, actor: User) -> Webhook:
    webhook.refresh_from_db()
    audit.record(deed, webhook, actor=actor)
    return webhook
