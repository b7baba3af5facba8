"""Compensation by survivor: a box for the sum of each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django import forms

from prosecutions.forms.fields import CourtForm, people_of, survivor_in_words
from prosecutions.models import ChargeVictim
from prosecutions.services.shares import Share

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from casework.forms import RecordForm
    from prosecutions.models import Charge
    from victims.models import Involvement

MOST_SHARED = 12  # survivors offered with a judgment where no charge names anybody


def share_of(person: Involvement) -> forms.DecimalField:
    return forms.DecimalField(
        label=survivor_in_words(person),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
    )


def survivors_of(form: RecordForm, charges: Iterable[Charge]) -> dict[UUID, list[Involvement]]:
    """By accused the survivors whom their charges name; where they name nobody, all of the case,
    unless those are many: then they are named afterwards."""
    people, charges = list(people_of(form)), list(charges)
    named: defaultdict[UUID, set[UUID]] = defaultdict(set)
    rows = ChargeVictim.objects.visible_to(form.user).filter(charge__in=charges)
    for suspect, person in rows.values_list("charge__suspect", "involvement"):
        named[suspect].add(person)
    others = people if len(people) <= MOST_SHARED else []
    return {
        pk: [survivor for survivor in people if survivor.pk in named[pk]] if pk in named else others
        for pk in {charge.suspect_id for charge in charges}
    }


class SharesForm(CourtForm):
    """By hand: a box for each survivor of the case."""

    def offer(self) -> None:
        self.people = list(people_of(self))
        known = {row.involvement_id: row.amount for row in self.target.shares.all()}
        for person in self.people:
            self.fields[f"share-{person.pk}"] = share_of(person)
            self.fields[f"share-{person.pk}"].initial = known.get(person.pk)

    def clean(self) -> dict[str, object]:
        """What is ordered to somebody who is not open to this reader stays."""
        data = super().clean() or {}
        typed = ((survivor, data.get(f"share-{survivor.pk}")) for survivor in self.people)
        shares = [Share(person, amount) for person, amount in typed if amount is not None]
        offered = {person.pk for person in self.people}
        kept = self.target.shares.exclude(involvement__in=offered).select_related("involvement")
        return {"shares": shares + [Share(row.involvement, row.amount) for row in kept]}
