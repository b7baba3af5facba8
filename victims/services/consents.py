"""What a person agreed to: given, renewed, withdrawn; and who has to hear of a withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from casework.services.cases import require_content, require_past
from core import audit
from core.alike.merging import one_person
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from victims.ages import child_on
from victims.columns import SaidNo
from victims.contradictions import TOLD_EARLY
from victims.enums import AMONG, KIND_OF, ConsentGiver, Exploiter, RecipientKind, Relation
from victims.models import Consent, Exploitation, Involvement, Share, Victim, Withdrawal
from victims.recipients import recipient_of
from victims.services.basis import EVERYONE, Recipient, live_consent, live_consents, said_no, share
from victims.services.coverage import end_uncovered

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

__all__ = [
    "EVERYONE",
    "Recipient",
    "grant_consent",
    "live_consent",
    "live_consents",
    "record_told",
    "said_no",
    "share",
    "taken_back",
    "to_hear",
    "withdraw_consent",
]

# What apps above take back when a consent is withdrawn, or replaced by a narrower one: the app
# that refers adds its own.
taken_back: list[Callable[..., None]] = []
# Who, in apps above, tells those who have to hear of a withdrawal that there is something to hear.
to_hear: list[Callable[[list[Withdrawal]], None]] = []
_PROSECUTOR = RecipientKind.PROSECUTOR


@service(Perm.CONSENT_KEEP, label=gettext_lazy("Record a consent"))
def grant_consent(
    person: Involvement,
    *,
    purpose: str,
    recipient_kind: str,
    recipient_id: UUID | None = None,
    given_by: str,
    relation: str = "",
    given_on: date,
    language: str,
    expires_on: Annotated[date | None, Column(ahead=True)] = None,
    refused: SaidNo = False,
    actor: User,
) -> Consent:
    """Record what a person agreed to, for one purpose and one recipient. A new consent for the
    same replaces the former, which stays in the history."""
    require_content(person.case, actor)
    require_past(person.case, given_on)
    recipient = Recipient(recipient_kind, recipient_id)
    _require_recipient(recipient, actor)
    _require_giver(given_by, relation)
    _require_may_agree(person, given_by, relation, None if refused else given_on)
    _require_end(given_on, expires_on, refused=refused)
    Involvement.objects.select_for_update().get(pk=person.pk)
    former = _replaced(person, purpose, recipient, given_on)
    consent = Consent.objects.create(
        case=person.case,
        involvement=person,
        purpose=purpose,
        recipient_kind=recipient.kind,
        recipient_id=recipient.id,
        number=former.number + 1 if former else 1,
        given_by=given_by,
        relation=relation,
        given_on=given_on,
        language=language,
        expires_on=expires_on,
        withdrawn_on=given_on if refused else None,
    )
    return _recorded(consent, actor)


def _recorded(consent: Consent, actor: User) -> Consent:
    """With what follows from a new version: it may end sooner than the former, or be a no."""
    if consent.withdrawn_on:
        tell_recipients(consent)
    _take_back(consent, actor)
    deed = "consent.refused" if consent.withdrawn_on else "consent.given"
    audit.record(deed, consent, actor=actor, purpose=consent.purpose, number=consent.number)
    return consent


@service(Perm.CONSENT_KEEP, label=gettext_lazy("Withdraw a consent"))
def withdraw_consent(consent: Consent, *, withdrawn_on: date, version: int, actor: User) -> Consent:
    """Record that a person withdraws a consent. From now on nobody may be told on the basis of
    it. Everyone who was told must hear of the withdrawal; the person’s page lists them until
    they have.

    Whoever was told on the strength of it has to hear: one open row each. Raises `Stale`.
    """
    require_content(consent.case, actor)
    require_past(consent.case, withdrawn_on)
    Involvement.objects.select_for_update().get(pk=consent.involvement_id)
    if consent.replaced_at:
        raise Refused(_("There is a newer version of this consent. Withdraw that one."))
    if consent.withdrawn_on:
        raise Refused(_("This consent is already withdrawn."))
    if withdrawn_on < consent.given_on:
        raise Refused(_("It cannot be withdrawn before it was given."))
    withdrawn = amend(consent, version, withdrawn_on=withdrawn_on)
    number = tell_recipients(withdrawn)
    _take_back(withdrawn, actor)
    audit.record("consent.withdrawn", withdrawn, actor=actor, recipients=number)
    return withdrawn


@service(Perm.CONSENT_KEEP, label=gettext_lazy("Record that they were told"))
def record_told(withdrawal: Withdrawal, *, told_on: date, version: int, actor: User) -> Withdrawal:
    """Record that we told a recipient that the consent is withdrawn, and that they may no
    longer use what they know. Raises `Stale`."""
    require_content(withdrawal.case, actor)
    require_past(withdrawal.case, told_on)
    if withdrawal.told_on:
        raise Refused(_("They have been told already."))
    withdrawn: Any = withdrawal.consent.withdrawn_on  # or there would be nothing to tell
    if told_on < withdrawn:
        raise Refused(TOLD_EARLY)
    row = amend(withdrawal, version, told_on=told_on, told_by=actor)
    audit.record("withdrawal.told", row, actor=actor)
    return row


def _take_back(consent: Consent, actor: User) -> None:
    """What no consent carries any more does not stand: disclosures, and what apps above add."""
    end_uncovered(consent.case, actor=actor)
    for take_back in taken_back:
        take_back(consent, actor=actor)


def tell_recipients(consent: Consent) -> int:
    """A row for everyone who was told on the strength of this consent, in whatever version.

    Also for the recipient it names and for the kinds that one is among, if told under a wider one,
    and for those of the kind it names, if told under one of their own that ran out; not for whom
    another still carries.
    """
    person = consent.involvement
    same = Q(
        consent__recipient_kind=consent.recipient_kind, consent__recipient_id=consent.recipient_id
    )
    if consent.recipient_kind in RecipientKind.NAMED:
        same |= Q(recipient_kind=consent.recipient_kind, recipient_id=consent.recipient_id)
    same |= Q(recipient_kind__in=[k for k, of in KIND_OF.items() if of == consent.recipient_kind])
    same |= Q(recipient_kind__in=[k for k, who in AMONG.items() if consent.recipient_kind in who])
    shares = Share.objects.filter(same, involvement=person, consent__purpose=consent.purpose)
    whom = set(shares.values_list("recipient_kind", "recipient_id"))
    hears = Withdrawal.objects.filter(consent=consent)
    there = set(hears.values_list("recipient_kind", "recipient_id"))
    rows = [
        Withdrawal(
            case=consent.case,
            consent=consent,
            involvement=person,
            recipient_kind=kind,
            recipient_id=pk,
            code=person.victim.code,
        )
        for kind, pk in sorted(whom, key=str)
        if (kind, pk) not in there
        and live_consent(person, consent.purpose, Recipient(kind, pk)) is None
    ]
    prosecutors = {row.recipient_id for row in rows if row.recipient_kind == _PROSECUTOR}
    tell(User.objects.filter(pk__in=prosecutors), "consent-withdrawn", target=consent)
    written = Withdrawal.objects.bulk_create(rows)
    for tell_them in to_hear:
        tell_them(written)
    return len(written)


def _standing(person: Involvement, purpose: str, recipient: Recipient) -> Consent | None:
    rows: Any = Consent.objects.standing().filter(
        involvement=person,
        purpose=purpose,
        recipient_kind=recipient.kind,
        recipient_id=recipient.id,
    )
    row: Consent | None = rows.select_for_update().first()
    return row


def _replaced(
    person: Involvement, purpose: str, recipient: Recipient, given_on: date
) -> Consent | None:
    """The version that stood till now, and from now on stands no more."""
    former = _standing(person, purpose, recipient)
    if former:
        _require_later(former, given_on)
        former.replaced_at = timezone.now()
        former.save(update_fields=["replaced_at", "updated_at"])
    return former


def _require_recipient(recipient: Recipient, actor: User) -> None:
    named = recipient.kind in RecipientKind.NAMED
    if named and recipient_of(recipient.kind, recipient.id, actor) is None:
        words = _("Choose which provider, authority or prosecutor may be told.")
        raise Refused(words, "recipient_id")
    if not named and recipient.id is not None:
        words = _("You chose everyone of this kind. Leave the name empty.")
        raise Refused(words, "recipient_id")


def _require_end(given_on: date, expires_on: date | None, *, refused: bool) -> None:
    if expires_on and expires_on < given_on:
        raise Refused(_("It cannot end before it was given."), "expires_on")
    if expires_on and refused:
        raise Refused(_("Leave the last day empty: the person said no."), "expires_on")


def _require_giver(given_by: str, relation: str) -> None:
    if given_by == ConsentGiver.GUARDIAN and not relation:
        raise Refused(_("Say what the guardian is to the person."), "relation")
    if given_by == ConsentGiver.SELF and relation:
        raise Refused(_("Enter a relation only if a guardian gave it."), "relation")


def _require_may_agree(person: Involvement, given_by: str, relation: str, day: date | None) -> None:
    """A child does not agree alone; nor a family for whomever one of it exploited.

    `day`: nothing where it is a no, which counts whoever says it.
    """
    if day is None:
        return
    if given_by == ConsentGiver.SELF and child_on(person, day):
        words = _(
            "A child of 12 or younger cannot agree alone. Record who agrees for the child; if the"
            " child says no, record that."
        )
        raise Refused(words, "given_by")
    if relation not in Relation.OF_FAMILY:
        return
    by_family = Exploitation.objects.filter(
        involvement__victim__in=Victim.objects.filter(one_person(person.victim)),
        relationship__in=Exploiter.OF_FAMILY,
    )
    if by_family.exists():
        words = _(
            "Somebody of the family is recorded as the exploiter. Ask an appointed guardian, or"
            " an official of child welfare."
        )
        raise Refused(words, "relation")


def _require_later(former: Consent, given_on: date) -> None:
    if former.withdrawn_on and given_on < former.withdrawn_on:
        raise Refused(
            _("It was withdrawn after that day. Ask the person again and enter the day you asked.")
        )
    if given_on < former.given_on:
        raise Refused(_("There is already a newer version."))
