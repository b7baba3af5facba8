"""What stands on record of suspects, for the pages of a person and of a network: where each is,
what each case alleges, when a court sits next, what was ordered and paid.

Of rows the reader may see alone. A fixed number of statements, whatever the number of suspects.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.shortcuts.together import read_together
from prosecutions import money
from prosecutions.enums import Disposition, Standing, SuspectStatus
from prosecutions.models import Arrest, Charge, Custody, Hearing, Sentence, Suspect
from prosecutions.words import (
    DISPOSITION_TONES,
    SUSPECT_TONES,
    breach_in_words,
    court_of,
    law_in_words,
    sentence_in_words,
    terms_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import Model

    from accounts.models import User

COURT = ("prosecution__court__jurisdiction", "prosecution__jurisdiction")
LAWS = ("provision", "final_provision")
WHERE = {
    Standing.HELD: gettext_lazy("In custody"),
    Standing.BAIL: gettext_lazy("On bail"),
    Standing.LARGE: gettext_lazy("At large"),
}
WHERE_TONES = {Standing.HELD: "warn", Standing.BAIL: "info", Standing.LARGE: "danger"}


@dataclass(frozen=True)
class Alleged:
    """One charge: the law, how it stands, before which court."""

    law: str
    how: str
    tone: str
    court: str
    docket: str


@dataclass(frozen=True)
class Role:
    """A suspect of one case, with what is on record of them there."""

    row: Suspect
    arrests: list[Arrest]
    custodies: list[Custody]
    charges: list[Charge]
    hearings: list[Hearing]
    sentences: list[Sentence]

    @property
    def role(self) -> str:
        return self.row.get_role_display()

    @property
    def status(self) -> str:
        return str(SuspectStatus(self._status).label)

    @property
    def tone(self) -> str:
        return SUSPECT_TONES[self._status]

    @property
    def standing(self) -> Standing:
        """Where the person is kept, or not."""
        return Standing(self.row.standing)  # type: ignore[attr-defined]

    @property
    def where(self) -> str:
        """“In custody since 3 May 2026”, “On bail: INR 50,000.00, 2 sureties”."""
        last = self._last
        if self._said_already:
            return ""
        if self.standing == Standing.FREE:
            return str(last.get_ended_display()) if last else ""
        words = str(WHERE[self.standing])
        if self.standing == Standing.HELD and last and not last.ended_on:
            since = {"where": words, "day": date_format(last.since, "j M Y")}
            return _("%(where)s since %(day)s") % since
        terms = terms_in_words(last) if last and self.standing == Standing.BAIL else ""
        return f"{words}: {terms}" if terms else words

    @property
    def _said_already(self) -> bool:
        """The status says where somebody is; nobody looks for who is not accused."""
        dead, wanted = self.row.died_on, self._status == SuspectStatus.AT_LARGE
        unaccused = self._status == SuspectStatus.IDENTIFIED and self.standing == Standing.LARGE
        return bool(dead) or wanted or unaccused

    @property
    def where_tone(self) -> str:
        return WHERE_TONES.get(self.standing, "")

    @property
    def breach(self) -> str:
        last = self._last
        return breach_in_words(last) if last and last.breach else ""

    @property
    def alleged(self) -> list[Alleged]:
        return [_alleged(row) for row in self.charges]

    @property
    def next(self) -> Hearing | None:
        """The next hearing in which they are charged, or the first whose result is due."""
        return self.hearings[0] if self.hearings else None

    @property
    def next_court(self) -> str:
        return court_of(self.hearings[0].prosecution) if self.hearings else ""

    @property
    def due(self) -> bool:
        """Whether the day of that hearing has come."""
        row = self.next
        return row is not None and row.listed_on <= row.prosecution.jurisdiction.today

    @property
    def ordered(self) -> list[dict[str, str]]:
        """Each sentence in words, and what of its compensation was paid."""
        return [
            {"sentence": sentence_in_words(row), "paid": money.in_words(row)}
            for row in self.sentences
        ]

    @property
    def _last(self) -> Custody | None:
        return self.custodies[-1] if self.custodies else None

    @property
    def _status(self) -> str:
        return str(self.row.status)  # type: ignore[attr-defined]


def on_record(suspects: Iterable[Suspect], user: User) -> list[Role]:
    """Of these suspects, read with their status and standing: two statements."""
    suspects = list(suspects)
    ids = [row.pk for row in suspects]
    arrested = _of(Arrest, ids, user).order_by("arrested_on", "created_at")
    held = _of(Custody, ids, user).order_by("since", "created_at")
    charges = _of(Charge, ids, user).with_last_decision().select_related(*LAWS, *COURT)
    charges = charges.order_by("filed_on", "pk")
    given = money.with_paid(_of(Sentence, ids, user)).order_by("judgment__decided_on", "pk")
    read_together(arrested, held, charges, given)
    arrests, custodies, sentences = by_suspect(arrested), by_suspect(held), by_suspect(given)
    against, listed = by_suspect(charges), _listed(charges, user)
    return [
        Role(
            row,
            arrests[row.pk],
            custodies[row.pk],
            against[row.pk],
            _in_order(against[row.pk], listed),
            sentences[row.pk],
        )
        for row in suspects
    ]


def by_suspect(rows: Iterable[Model]) -> defaultdict[UUID, list[Any]]:
    """Rows under the suspect they are of."""
    groups: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.suspect_id].append(row)  # type: ignore[attr-defined]
    return groups


def _of(model: Any, suspects: list[UUID], user: User) -> Any:
    return model.objects.visible_to(user).filter(suspect__in=suspects)


def _listed(charges: Iterable[Charge], user: User) -> defaultdict[UUID, list[Hearing]]:
    """By proceeding the hearings without a result, the first first."""
    courts = {row.prosecution_id for row in charges}
    hearings: defaultdict[UUID, list[Hearing]] = defaultdict(list)
    if courts:
        rows = Hearing.objects.visible_to(user).filter(prosecution__in=courts, result="")
        for row in rows.select_related(*COURT).order_by("listed_on", "listed_at", "pk"):
            hearings[row.prosecution_id].append(row)
    return hearings


def _in_order(charges: list[Charge], listed: defaultdict[UUID, list[Hearing]]) -> list[Hearing]:
    courts = dict.fromkeys(row.prosecution_id for row in charges)
    rows = [row for court in courts for row in listed[court]]
    return sorted(rows, key=lambda row: (row.listed_on, str(row.listed_at or ""), str(row.pk)))


def _alleged(row: Charge) -> Alleged:
    last = row.last  # type: ignore[attr-defined]
    return Alleged(
        law=law_in_words(row),
        how=str(Disposition(last).label) if last else _("Pending"),
        tone=DISPOSITION_TONES[last] if last else "warn",
        court=court_of(row.prosecution),
        docket=row.prosecution.docket,
    )


def soonest(roles: Iterable[Role]) -> date | None:
    """The day of the hearing that comes first among these."""
    return min((role.next.listed_on for role in roles if role.next), default=None)
