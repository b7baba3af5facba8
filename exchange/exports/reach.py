"""Which rows an export is made of: those of the list as the reader sees it, and less.

Less: sealed cases nobody said yes to; what is open in an emergency only, which is looked at and not
taken away; and, where it leaves the house, what is about somebody who has not agreed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.apps import apps

from accounts.models import User
from casework.enums import MOST_AT_ONCE
from casework.models import Case
from casework.ticks import an_id
from core.access import PersonRows
from core.arrays import Array
from core.lists.declared import List, list_of
from core.refusals import gettext as _
from exchange.exports.offer import IDS, What
from victims.api.serializers import ShownIdentitySerializer
from victims.enums import RecipientKind
from victims.models import Consent, Identity, Involvement, Victim
from victims.services.basis import LEAVES_FOR, Recipient, who_agreed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from django.db.models import Model, QuerySet
    from rest_framework.serializers import BaseSerializer

    from core.access import ScopedQuerySet
    from core.lists.declared import Errors
    from exchange.exports.models import Export

AT_ONCE = 500  # rows in memory


def list_for(
    name: str, reader: User, query: Mapping[str, str]
) -> tuple[BaseSerializer[object], Any, Errors]:
    """A list as this reader would page through it: what shows its rows, the rows, what is wrong
    with the question."""
    named: dict[
        str, Any
    ] = {  # names are shown one by one, for a reason; a workbook shows its rows by itself
        What.IDENTITIES: (List(Identity.objects.all()), ShownIdentitySerializer),
        What.WORKBOOK: (List(Case.objects.all()), ShownIdentitySerializer),
    }
    listed, shape = named.get(name) or list_of(name)
    rest = {key: value for key, value in query.items() if key != IDS}
    rows, wrong = listed.whole(reader, rest)
    if IDS in query:
        ids = [key for text in query[IDS].split(",") if (key := an_id(text))]
        if not 0 < len(ids) <= MOST_AT_ONCE:
            wrong[IDS] = [_("From 1 to %(n)s ids, with commas between.") % {"n": MOST_AT_ONCE}]
        rows = rows.filter(pk__in=ids)
    return shape(context={"reader": reader}), rows, wrong


def taker(export: Export) -> User:
    """Whoever asked, as far as the export may reach: with the sealed cases it may hold."""
    user: User = User.objects.get(pk=export.asked_by_id)
    hidden = set(user.standing.named) - set(export.sealed)
    cases = {
        level: [pk for pk in ids if pk not in hidden] for level, ids in user.scope.cases.items()
    }
    user.__dict__["scope"] = replace(user.scope, cases=cases, shown={})
    return user


def of_case(rows: ScopedQuerySet, case: UUID) -> ScopedQuerySet:
    """Those of these rows that are of one case."""
    model = rows.model
    people = Involvement.objects.filter(case=case).values("victim")
    if model is Case:
        return rows.filter(pk=case)
    if model is Victim:
        return rows.filter(pk__in=people)
    return rows.filter(victim__in=people) if model is Identity else rows.filter(case=case)


def batches(rows: QuerySet[Involvement]) -> Iterator[list[Involvement]]:
    """All of them by key, some at a time: memory does not grow with their number."""
    rows, last = rows.order_by("pk"), None
    while batch := list((rows.filter(pk__gt=last) if last else rows)[:AT_ONCE]):
        yield batch
        last = batch[-1].pk


class Consents:
    """Who agreed that somebody outside is told: what is about a person needs the person's consent,
    anything else of a case that of everyone in it."""

    def __init__(self, whom: str) -> None:
        self.purpose = LEAVES_FOR[RecipientKind(whom)]
        self.recipient = Recipient(whom)
        self.people: dict[UUID, UUID] = {}  # who agreed, and in which case
        asked = Consent.objects.standing().filter(purpose=self.purpose, recipient_kind=whom)
        people = Involvement.objects.filter(pk__in=asked.values("involvement"))
        for some in batches(people.select_related("case__jurisdiction")):
            agreed, _left_out = who_agreed(some, self.purpose, self.recipient)
            self.people |= {person.pk: person.case_id for person in agreed}
        cases = set(self.people.values())
        others = Involvement.objects.filter(case__any_of=Array(cases))
        others = others.exclude(pk__any_of=Array(self.people))
        self.cases = cases - set(others.values_list("case_id", flat=True))
        self._people, self._cases = Array(self.people), Array(self.cases)

    def narrow(self, rows: ScopedQuerySet) -> ScopedQuerySet:
        """The rows that may be told."""
        model = rows.model
        if model is Case:
            return rows.filter(pk__any_of=self._cases)
        if model is Involvement:
            return rows.filter(pk__any_of=self._people)
        victims = Involvement.objects.filter(pk__any_of=self._people).values("victim")
        if model is Victim:
            return rows.filter(pk__in=victims)
        if model is Identity:
            return rows.filter(victim__in=victims)
        if _is_of_a_person(model):
            return rows.filter(involvement__any_of=self._people)
        return rows.filter(case__any_of=self._cases)

    def told_by(self, rows: list[Any]) -> set[UUID]:
        """Of whom these rows say something."""
        model = type(rows[0])
        if model is Involvement:
            return {row.pk for row in rows}
        if model in (Victim, Identity):
            keys = {getattr(row, "victim_id", row.pk) for row in rows}
            mine = Involvement.objects.filter(victim__in=keys, pk__any_of=self._people)
            return set(mine.values_list("pk", flat=True))
        if _is_of_a_person(model):
            return {row.involvement_id for row in rows}
        cases = {row.pk if model is Case else row.case_id for row in rows}
        return {person for person, case in self.people.items() if case in cases}


def _is_of_a_person(model: type[Model]) -> bool:
    return any(field.name == "involvement" for field in model._meta.concrete_fields)


def cases_of(rows: list[Any], reader: object) -> set[UUID]:
    """The cases these rows stand in, as far as the reader reaches them."""
    model = type(rows[0])
    if model is Case:
        return {row.pk for row in rows}
    if isinstance(access := model.access, PersonRows):
        keys = {row.serializable_value(access.own) for row in rows}
        links: Any = apps.get_model(access.through)._default_manager
        mine = links.visible_to(reader).filter(**{f"{access.key}__in": keys})
        return set(mine.values_list("case_id", flat=True))
    return {row.case_id for row in rows}
