"""An outside address: proposed by one person, confirmed by a second, ended by any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit
from core.days import clock
from core.refusals import gettext as _
from core.services import Refused, as_it_stands, service
from core.verbs.arguments import Column
from reports.outside.models import OutsideAddress, ReleaseLetter, offices_of
from reports.publishing.draft import require_sums

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import Office
    from reports.base import Report

LONGEST_EMAIL, LONGEST_NAME = 254, 120
MOST_NAMED = 20  # addresses of one regular report
Email = Annotated[str, Column(length=LONGEST_EMAIL)]
Contact = Annotated[
    str,
    Column(
        length=LONGEST_NAME,
        blank=True,
        help=gettext_lazy("Whom to ask there. It never leaves Casework."),
    ),
]
Language = Annotated[str, Column(codes=settings.LANGUAGES, needed=True)]


@service(Perm.RELEASE_PROPOSE, fresh=True, label=gettext_lazy("Propose an outside address"))
def propose_address(
    *,
    office: Office,
    organisation: str,
    email: Email,
    language: Language,
    purpose: str,
    contact: Contact = "",
    actor: User,
) -> OutsideAddress:
    """Propose an address outside that gets released tables, and nothing else. It counts when a
    second person has confirmed it."""
    _check_office(office, actor)
    words = {"organisation": organisation, "purpose": purpose, "contact": contact}
    for name, text in words.items():
        words[name] = _one_line(text, name)
    address = OutsideAddress(
        office=office, email=_checked(email), language=language, proposed_by=actor, **words
    )
    _check_alone(address)
    address.save(force_insert=True)
    address.refresh_from_db()
    tell(_deciders(address), "outside-proposed", target=address)
    audit.record("outside.proposed", address, actor=actor)
    return address


@service(Perm.RELEASE_DECIDE, fresh=True, label=gettext_lazy("Confirm an outside address"))
def confirm_address(address: OutsideAddress, *, actor: User) -> OutsideAddress:
    """Confirm it, as the second person. From now on regular reports can name it."""
    current = as_it_stands(address)
    if current.confirmed_at or current.ended_at:
        raise Refused(_("This has already been decided."))
    if current.proposed_by_id == actor.pk:
        raise Refused(_("A second person must decide, not the one who proposed it."))
    if not offices_of(current.proposed_by, Perm.RELEASE_PROPOSE).filter(pk=current.office_id):
        raise Refused(_("The person who proposed this may no longer do so. Propose it again."))
    _set(current, actor, confirmed_by=actor, confirmed_at=Now())
    audit.record("outside.confirmed", current, actor=actor)
    return current


@service(Perm.RELEASE_DECIDE, label=gettext_lazy("End an outside address"))
def end_address(address: OutsideAddress, *, actor: User) -> OutsideAddress:
    """End it at once. Nothing goes there any more, also what waits to be sent."""
    current = as_it_stands(address)
    if current.ended_at:
        raise Refused(_("This has already been decided."))
    _set(current, actor, ended_by=actor, ended_at=Now())
    audit.record("outside.ended", current, actor=actor)
    return current


@service(Perm.RELEASE_DECIDE)
def read_address(address: OutsideAddress, *, actor: User) -> OutsideAddress:
    """Show where it leads, and whom to ask there."""
    audit.read("outside.read", address, actor=actor)
    return address


def mark_sent(letter: ReleaseLetter) -> None:
    """Keep that it left, in the transaction that sent it."""
    ReleaseLetter.objects.filter(pk=letter.pk).update(sent_at=Now(), updated_at=Now())
    audit.record("release.sent", letter, actor=None)


def require_named(report: Report, addresses: Collection[OutsideAddress], actor: User) -> None:
    """Whether this person may have releases of this report go to these addresses."""
    if not actor.has_perm(Perm.RELEASE_PROPOSE):
        raise Refused(_("Only people who propose releases choose outside addresses."), "outside")
    if len(addresses) > MOST_NAMED:
        raise Refused(_("Choose at most %(most)s addresses.") % {"most": MOST_NAMED}, "outside")
    known = OutsideAddress.objects.visible_to(actor).in_force()
    if known.filter(pk__in=[row.pk for row in addresses]).count() != len(addresses):
        words = _("Choose addresses of your offices that a second person confirmed.")
        raise Refused(words, "outside")
    require_sums(report, "outside")


def _set(address: OutsideAddress, actor: User, **changes: object) -> None:
    """Change it, and tell who proposed it."""
    OutsideAddress.objects.filter(pk=address.pk).update(
        updated_at=Now(), version=F("version") + 1, **changes
    )
    address.refresh_from_db()
    tell({address.proposed_by} - {actor}, "outside-decided", target=address)


def _check_office(office: Office, actor: User) -> None:
    if not offices_of(actor, Perm.RELEASE_PROPOSE).filter(pk=office.pk).exists():
        raise Refused(_("Choose an office of yours, for which you propose releases."), "office")
    if office.closed_on and office.closed_on <= clock.today():
        raise Refused(_("This office is closed."), "office")


def _one_line(text: str, name: str) -> str:
    line = text.strip()
    if not line.isprintable() or (name != "contact" and not line):
        raise Refused(_("Say what it is, in one line."), name)
    return line


def _checked(email: str) -> str:
    """One address, and nothing that a header of a letter could take for more."""
    address = email.strip()
    try:
        validate_email(address if address.isprintable() else "")
    except ValidationError:
        raise Refused(_("Enter a valid email address."), "email") from None
    return address


def _check_alone(address: OutsideAddress) -> None:
    """Addresses lie encrypted, so each of the office is opened."""
    wanted = str(address.email).casefold()
    there = OutsideAddress.objects.filter(office=address.office, ended_at__isnull=True)
    if any(str(row.email).casefold() == wanted for row in there):
        raise Refused(_("The office has this address already. End that one first."), "email")


def _deciders(address: OutsideAddress) -> list[User]:
    holding = User.objects.holding(Perm.RELEASE_DECIDE).exclude(pk=address.proposed_by_id)
    office = address.office_id
    return [user for user in holding if offices_of(user, Perm.RELEASE_DECIDE).filter(pk=office)]
