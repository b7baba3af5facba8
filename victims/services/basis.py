"""Whether a person agreed: the one place that says so, and the only door by which others are told.

`live_consent` answers, `share` answers and writes down who was told. A consent that was withdrawn
or replaced carries nothing; one that names a recipient decides before one for everyone of a kind.
What goes to everyone of a kind goes to each: whoever said no to one is not shown to the kind.

Figures. Whoever was never asked is counted, for a table of which no count can be worked out tells
of nobody, and figures of those only whom somebody found the time to ask would mislead. Whoever was
asked and did not agree for everyone is in none that leaves (`out_of_figures`): a table goes on
from hand to hand. How many were left out is said nowhere, or two releases would tell. A share for
each person and release was weighed: nobody can be taken out of a table that was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models.expressions import RawSQL

from core import audit
from core.refusals import gettext as _
from core.services import Refused
from victims.enums import AMONG, KIND_OF, Purpose, RecipientKind
from victims.models import Consent, Involvement, Share

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from accounts.models import User


OUT_OF_FIGURES = "select victims_out_of_figures()"


@dataclass(frozen=True)
class Recipient:
    """Who is told: one by name, or everyone of a kind."""

    kind: str
    id: UUID | None = None

    @property
    def widened(self) -> Recipient | None:
        """Everyone of the kind this one belongs to."""
        return Recipient(KIND_OF[self.kind]) if self.kind in KIND_OF else None


def live_consent(
    person: Involvement, purpose: str, recipient: Recipient, *, until: date | None = None
) -> Consent | None:
    """The consent by which this recipient may be told of this person today, for this purpose.

    `until`: it must last to that day.
    """
    (pair,) = live_consents([person], purpose, recipient, until=until)
    return pair[1]


def live_consents(
    people: Iterable[Involvement],
    purpose: str,
    recipient: Recipient,
    *,
    until: date | None = None,
    lock: bool = False,
) -> list[tuple[Involvement, Consent | None]]:
    """The same for several, with one statement."""
    people = list(people)
    rows = Consent.objects.standing().filter(involvement__in=people, purpose=purpose)
    if lock:
        rows = rows.select_for_update(of=("self",)).order_by("pk")
    by_key = {
        (row.involvement_id, Recipient(row.recipient_kind, row.recipient_id)): row for row in rows
    }
    among = AMONG.get(recipient.kind, ())
    no_to_one = {
        row.involvement_id for row in rows if row.withdrawn_on and row.recipient_kind in among
    }
    return [
        (person, None if person.pk in no_to_one else _of_one(person, by_key, recipient, until))
        for person in people
    ]


def said_no(person: Involvement, purpose: str, recipient: Recipient) -> bool:
    """Whether a no to this recipient stands: said when asked, or a consent withdrawn."""
    rows = Consent.objects.standing().filter(involvement=person, purpose=purpose)
    to_it = rows.filter(recipient_kind=recipient.kind, recipient_id=recipient.id)
    return bool(to_it.filter(withdrawn_on__isnull=False).exists())


def who_agreed(
    people: Iterable[Involvement], purpose: str, recipient: Recipient
) -> tuple[list[Involvement], int]:
    """Whom an export or a publication may show, and how many are left out because they may not.

    Whatever lists survivors for somebody outside asks this, and says the number.
    """
    pairs = live_consents(people, purpose, recipient)
    agreed = [person for person, consent in pairs if consent]
    return agreed, len(pairs) - len(agreed)


def out_of_figures() -> RawSQL:
    """All records of the persons who are in no figure that leaves the house, as a sub-query.

    Whoever was asked about figures is counted only while that carries to everyone, and while no
    answer to anybody is a no; whoever was never asked is counted. The database says it, across
    cases and offices, to whoever counts.
    """
    return RawSQL(OUT_OF_FIGURES, ())  # noqa: S611 - a constant of ours


def _of_one(
    person: Involvement, by_key: dict[Any, Consent], recipient: Recipient, until: date | None
) -> Consent | None:
    today = person.case.jurisdiction.today
    named = by_key.get((person.pk, recipient))
    if named and named.withdrawn_on:
        return None  # whoever said no to this one is not asked about the others
    if named and _holds(named, today, until):
        return named
    wide = by_key.get((person.pk, recipient.widened))
    return wide if wide and _holds(wide, today, until) else None


def _holds(row: Consent, today: date, until: date | None) -> bool:
    last = max(today, until or today)
    lasts = row.expires_on is None or row.expires_on >= last
    return row.withdrawn_on is None and row.given_on <= today and lasts


def share(person: Involvement, purpose: str, recipient: Recipient, *, actor: User) -> Share:
    """Tell a recipient of a person: refused without a live consent, written down with one.

    Called within the verb that tells, before anything leaves the house.
    """
    ((_person, consent),) = live_consents([person], purpose, recipient, lock=True)
    if consent is None:
        raise Refused(
            _(
                "%(code)s has not agreed to this or has withdrawn: %(purpose)s. Record a "
                "consent first."
            )
            % {"code": person.code, "purpose": Purpose(purpose).label}
        )
    row = Share.objects.create(
        case=person.case,
        consent=consent,
        involvement=person,
        recipient_kind=recipient.kind,
        recipient_id=recipient.id,
    )
    audit.record("consent.used", row, actor=actor, purpose=purpose, consent=str(consent.pk))
    return row


def told_already(people: Iterable[Involvement], purpose: str, recipient: Recipient) -> set[UUID]:
    """Of whom this recipient was told on the strength of the consent that stands."""
    shares = Share.objects.filter(
        involvement__in=people,
        recipient_kind=recipient.kind,
        recipient_id=recipient.id,
        consent__purpose=purpose,
        consent__replaced_at=None,
        consent__withdrawn_on=None,
    )
    return set(shares.values_list("involvement", flat=True))


EVERYONE = Recipient(RecipientKind.PUBLIC)
# For whom something is given out, and what each survivor in it has agreed to.
LEAVES_FOR = {
    RecipientKind.AUTHORITIES: Purpose.COURT,
    RecipientKind.PARTNERS: Purpose.CARE,
    RecipientKind.PUBLIC: Purpose.PUBLICATION,
}
