"""Who was told by word or letter: police, a court, an embassy, the public; written down later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_past
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service
from victims.enums import AMONG, RecipientKind
from victims.models import Consent, Involvement, Share
from victims.recipients import recipient_of
from victims.services.basis import Recipient
from victims.services.consents import tell_recipients

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from accounts.models import User


@service(Perm.CONSENT_KEEP, label=gettext_lazy("Record who was told"))
def record_share(
    consent: Consent,
    *,
    recipient_kind: str,
    recipient_id: UUID | None = None,
    told_on: date,
    actor: User,
) -> Share:
    """Record whom we told about a person on the basis of a consent, and when: police, a court,
    an embassy or others. If the consent is withdrawn, they must be told.

    A withdrawal reaches them like everyone who was told; also one that came before this was
    written down.
    """
    require_content(consent.case, actor)
    require_past(consent.case, told_on)
    Involvement.objects.select_for_update().get(pk=consent.involvement_id)
    current = Consent.objects.get(pk=consent.pk)
    recipient = Recipient(recipient_kind, recipient_id)
    _require_covered(current, recipient, actor)
    _require_held(current, told_on)
    _require_not_refused(current, recipient, told_on)
    row: Share = Share.objects.create(
        case=current.case,
        consent=current,
        involvement=current.involvement,
        recipient_kind=recipient.kind,
        recipient_id=recipient.id,
        told_on=told_on,
    )
    if current.withdrawn_on:
        tell_recipients(current)
    used = {"purpose": current.purpose, "consent": str(current.pk)}
    audit.record("consent.used", row, actor=actor, **used)
    return row


def _require_covered(consent: Consent, recipient: Recipient, actor: User) -> None:
    given_to = Recipient(consent.recipient_kind, consent.recipient_id)
    if given_to not in (recipient, recipient.widened):
        raise Refused(_("This consent is for another recipient."), "recipient_id")
    one_of_them = recipient.kind in RecipientKind.NAMED and recipient != given_to
    if one_of_them and recipient_of(recipient.kind, recipient.id, actor) is None:
        raise Refused(_("Choose whom you told."), "recipient_id")


def _require_held(consent: Consent, day: date) -> None:
    """On the day of telling; what was replaced or withdrawn later held then."""
    ends: list[Any] = [consent.expires_on, consent.withdrawn_on]
    if consent.replaced_at:
        ends.append(consent.case.jurisdiction.clock(consent.replaced_at).date())
    last = min((end for end in ends if end), default=None)
    if day < consent.given_on or (last and day > last):
        words = _("This consent was not in force on %(day)s.")
        raise Refused(words % {"day": date_format(day, "j M Y")}, "told_on")


def _require_not_refused(consent: Consent, recipient: Recipient, day: date) -> None:
    """Who said no to this one, or to one of these, is not told of by the yes to all."""
    to_them = Q(recipient_kind=recipient.kind, recipient_id=recipient.id)
    to_them |= Q(recipient_kind__in=AMONG.get(recipient.kind, ()))
    said_no = Consent.objects.standing().filter(
        to_them,
        involvement=consent.involvement_id,
        purpose=consent.purpose,
        withdrawn_on__lte=day,
    )
    if said_no.exclude(pk=consent.pk).exists():
        raise Refused(_("The person had already said no to one of these by then."), "recipient_id")
