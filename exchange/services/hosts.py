"""What can be done with the hosts of webhooks. Two administrators allow one, each may end it."""

from __future__ import annotations

from typing import Annotated

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit, refusals
from core.refusals import gettext as _
from core.refusals import of_django
from core.services import Refused, service
from core.verbs.arguments import Column
from exchange.hosts import WebhookHost, known_name

KNOWN = refusals.gettext_lazy("This host was asked for or allowed already.")
Host = Annotated[str, Column(help=gettext_lazy("Only its name, such as hooks.example.org."))]


@service(Perm.WEBHOOK_MANAGE, fresh=True, label=gettext_lazy("Ask for a host"))
def ask_host(*, host: Host, actor: User) -> WebhookHost:
    """Messages may go to its webhooks once a second administrator has allowed it."""
    name = host.strip().lower()
    try:
        known_name(name)
    except ValidationError as wrong:
        raise Refused(of_django(wrong), "host") from None
    if name in settings.WEBHOOK_HOSTS:
        raise Refused(KNOWN, "host")
    asked, is_new = WebhookHost.objects.get_or_create(
        host=name, ended_at=None, defaults={"asked_by": actor}
    )
    if not is_new:
        raise Refused(KNOWN, "host")
    asked.refresh_from_db()
    others = User.objects.holding(Perm.WEBHOOK_MANAGE).exclude(pk=actor.pk)
    tell(others, "webhook-host-asked", target=asked)
    audit.record("webhook_host.asked", asked, actor=actor)
    return asked


@service(Perm.WEBHOOK_MANAGE, fresh=True, label=gettext_lazy("Allow this host"))
def allow_host(host: WebhookHost, *, actor: User) -> WebhookHost:
    """Allow a host, as the second administrator. Call somebody there whom you know: ids of cases
    will be sent to it."""
    current = _standing(host)
    if current.allowed_at:
        raise Refused(KNOWN)
    if actor.pk == current.asked_by_id:
        raise Refused(_("A second person must decide, not the one who asked."))
    if not current.asked_by.has_perm(Perm.WEBHOOK_MANAGE):
        raise Refused(_("The person who asked for this may no longer do so. Ask again."))
    current.allowed_by, current.allowed_at = actor, Now()
    current.keep("allowed_by", "allowed_at")
    current.refresh_from_db()
    audit.record("webhook_host.allowed", current, actor=actor)
    return current


@service(Perm.WEBHOOK_MANAGE, fresh=True, label=gettext_lazy("End this host"))
def end_host(host: WebhookHost, *, actor: User) -> WebhookHost:
    """End a host, or refuse one that somebody asked for. Nothing more is sent to it."""
    current = _standing(host)
    current.ended_at = Now()
    current.keep("ended_at")
    current.refresh_from_db()
    audit.record("webhook_host.ended", current, actor=actor)
    return current


@service(Perm.WEBHOOK_MANAGE)
def read_hosts(*, actor: User) -> list[WebhookHost]:
    """Those that stand, by name."""
    rows = WebhookHost.objects.standing().select_related("asked_by", "allowed_by")
    hosts = list(rows.order_by("host"))
    label = WebhookHost._meta.label
    audit.read_rows("webhooks.listed", label, [row.pk for row in hosts], actor=actor)
    return hosts


def _standing(host: WebhookHost) -> WebhookHost:
    """The host as it stands now, locked until the commit."""
    rows = WebhookHost.objects.select_for_update(of=("self",)).select_related("asked_by")
    current: WebhookHost = rows.get(pk=host.pk)
    if current.ended_at:
        raise Refused(_("There is nothing left to end."))
    return current
