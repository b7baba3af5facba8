"""People of a file written into our records, in sets and by the rules of the verbs everybody uses;
all of them or none.

Names, addresses and numbers of papers go where identity lies; whatever has no field of its own is
kept in an encrypted note of the case, word by word, so that nothing of a file is lost.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from casework.paper_codes import NoteKind
from casework.services import cases, notes
from casework.services.numbers import last_numbers
from core import context
from core.database.inserting import insert
from core.idempotency import digest_of
from core.services import Refused
from exchange.models import Imported
from exchange.standards.contradictions import RECEIVED, contradictions, fault
from exchange.standards.htcds import CODES
from exchange.standards.leftover import lines, lost, part_lines
from exchange.standards.meaning import (
    described,
    exploitation_of,
    first_of,
    months_of,
    name_of,
    sex_of,
)
from exchange.standards.rules import OF_CASE, is_suspect
from exchange.standards.saying import HtcdsRows, kept_of, records_of
from exchange.standards.values import parts
from exchange.standards.ways import Places
from prosecutions.models import Perpetrator, Suspect
from prosecutions.services import perpetrators, suspects
from victims.models import Background, Exploitation, Involvement, RouteStop
from victims.services import exploitation, identities, involving, persons
from victims.services.survivors import Person

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import Office, User
    from casework.models import Case, Note
    from exchange.standards.htcds import HtcdsRecord, Values
    from exchange.standards.sheets import Fault
    from places.models import Jurisdiction
    from victims.models import Identity, Victim
    from victims.services.persons import Answers

OF_SUSPECTS = ("contacts", "documents", "born_on", "field")  # beside what has its column
Key = tuple[str, str]


@dataclass(frozen=True)
class Whose:
    """From whom a file is, and what it does not say: where its cases go and what they are about."""

    source: str
    office: Office
    programme: str
    jurisdiction: Jurisdiction


@dataclass
class Made:
    """What an import writes: rows the rules let pass, by kind."""

    cases: dict[str, Case] = field(default_factory=dict)  # by the key of the file
    survivors: dict[Key, Involvement] = field(default_factory=dict)
    suspects: dict[Key, Suspect] = field(default_factory=dict)
    alone: dict[Key, Case] = field(default_factory=dict)
    offenders: list[tuple[Perpetrator, dict[str, Any]]] = field(default_factory=list)
    people: list[tuple[Victim, Answers]] = field(default_factory=list)
    exploited: dict[UUID, tuple[Exploitation, list[str]]] = field(default_factory=dict)  # by part
    ways: list[list[RouteStop]] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def digest(person: HtcdsRecord) -> str:
    """Of all that a file says of somebody."""
    content = orjson.dumps([person.said, person.parts], option=orjson.OPT_SORT_KEYS)
    return digest_of(content).hex()


class Writing:
    """One file under way. `known`: the cases that came before, by the key of the file."""

    def __init__(self, whose: Whose, known: dict[str, Case], actor: User) -> None:
        self.whose, self.known, self.actor = whose, known, actor
        self.places, self.made = Places(), Made()
        self.received: dict[str, date] = {}  # by the key of the case, where the file says it
        self.last: dict[Any, Counter[UUID]] = {}  # numbers given in each case
        self.faults: list[Fault] = []

    def tried(self, people: list[HtcdsRecord]) -> list[Fault]:
        """Write all of it and undo it: so the rules of the verbs, too, say what is wrong."""
        with transaction.atomic():
            self._write(people)
            transaction.set_rollback(True)
        context.refresh(self.actor)
        return self.faults

    def write(self, people: list[HtcdsRecord]) -> Made:
        """Raises `Refused`, with the first line at fault."""
        self._write(people)
        if self.faults:
            raise Refused(self.faults[0].words)
        return self.made

    def _write(self, people: list[HtcdsRecord]) -> None:
        new = self._cases(people)
        for person in people:
            try:
                self._note(self.made.cases[person.case], person.case, new.pop(person.case, []))
                self._person(person, self.made.cases[person.case])
            except Refused as refusal:
                self.faults.append(fault(person, refusal.field, refusal.words))
        if not self.faults:
            self._remember(people, self._keep())
            self.faults += contradictions(people, self.made)

    def _cases(self, people: list[HtcdsRecord]) -> dict[str, list[str]]:
        """Open or hold every case of the file; what is to be noted of new ones."""
        of_case: dict[str, Values] = {}
        for person in people:
            values = {name: person.said[name] for name in OF_CASE & person.said.keys()}
            of_case.setdefault(person.case, {}).update(values)
        new = {key: values for key, values in of_case.items() if key not in self.known}
        self.received = {
            key: date.fromisoformat(values[RECEIVED])
            for key, values in of_case.items()
            if RECEIVED in values
        }
        opened = cases.open_each(
            [self.received.get(key) for key in new],
            programme=self.whose.programme,
            jurisdiction=self.whose.jurisdiction,
            office=self.whose.office,
            actor=self.actor,
        )
        known = {key: self.known[key].pk for key in of_case if key in self.known}
        held = cases.hold_each(known.values())
        self.made.cases = dict(zip(new, opened, strict=True))
        self.made.cases |= {key: held[pk] for key, pk in known.items()}
        self.last[Involvement] = Counter(last_numbers(Involvement, "S", held))
        self.last[Suspect] = Counter(suspects.last_numbers(held))
        return {key: lines(values) for key, values in new.items()}

    def _person(self, person: HtcdsRecord, case: Case) -> None:
        values = {name: text for name, text in person.said.items() if name not in OF_CASE}
        rest = lines(values) + part_lines(person, but="event")
        if not person.person:
            self.made.alone[person.key] = case
        elif is_suspect(person):
            suspect = self.made.suspects[person.key] = self._suspect(case, values)
            suspect.identified_on = self._identified_on(person, case)
            rest += lines(values, goes=OF_SUSPECTS) + part_lines(person, only="event")
        else:
            part, more = self._survivor(case, values, person)
            part.identified_on = self._identified_on(person, case)
            self.made.survivors[person.key] = part
            rest += more
        self._note(case, person.person or person.case, rest)

    def _identified_on(self, person: HtcdsRecord, case: Case) -> date:
        """The standard has no field for it: we learned of people when their case was referred."""
        return self.received.get(person.case) or case.jurisdiction.today

    def _next(self, model: type[Suspect] | type[Involvement], case: Case) -> int:
        """The number of whoever comes next into a case that takes new work."""
        cases.require_content(case, self.actor)
        cases.require_not_closed(case)
        self.last[model][case.pk] += 1
        return self.last[model][case.pk]

    def _suspect(self, case: Case, values: Values) -> Suspect:
        roles = parts(values["per_RoleInProcess"])
        role = next(CODES["roles_read"][r] for r in roles if r in CODES["roles_read"])
        number, who = self._next(Suspect, case), Perpetrator(name=name_of(values))
        born = values.get("prs_Birthdate", "")
        known = perpetrators.told_of(
            name=who.name,
            sex=sex_of(values),
            nationality=first_of(values, "prs_Citizenship"),
            born_year=int(born[:4]) if born else None,
        )
        self.made.offenders.append((who, known))
        return suspects.new_suspect(case, number, role=role, person=who)

    def _survivor(
        self, case: Case, values: Values, person: HtcdsRecord
    ) -> tuple[Involvement, list[str]]:
        number, age = self._next(Involvement, case), _age(values, case)
        part = involving.new_part(case, number, Person(sex_of(values), age, age))
        if of_person := described(values):
            self.made.people.append((part.victim, persons.answers(of_person)))
        if done := exploitation_of(values):
            row = exploitation.new_exploitation(part, done)
            self.made.exploited[part.pk] = row, sorted(done)
        stops, more = self.places.way(person)
        if stops:
            self.made.ways.append(exploitation.new_way(part, stops))
        return part, more + self._identity(part, values) + lost(values)

    def _identity(self, part: Involvement, values: Values) -> list[str]:
        """Who somebody is; where there is no name to it, what there is stands in the note."""
        contacts, papers = lines(values, goes=("contacts",)), lines(values, goes=("documents",))
        if not (name := name_of(values)):
            return contacts + papers + lines(values, goes=("born_on",))
        born = values.get("prs_Birthdate")
        who = identities.new_identity(
            part,
            full_name=name,
            born_on=date.fromisoformat(born) if born else None,
            contacts="\n".join(contacts),
            documents="\n".join(papers),
            actor=self.actor,
        )
        self.made.identities.append(who)
        return []

    def _note(self, case: Case, key: str, rest: list[str]) -> None:
        if rest:
            first = _("From a file of %(source)s, %(key)s:") % {
                "source": self.whose.source,
                "key": key,
            }
            note = notes.new_note(
                case,
                kind=NoteKind.OTHER,
                happened_on=case.jurisdiction.today,
                text="\n".join([first, *rest]),
                heavy=True,
                actor=self.actor,
            )
            self.made.notes.append(note)

    def _keep(self) -> dict[type, list[object]]:
        """Table by table, however many there are. What is said again of those it is about."""
        made, actor = self.made, self.actor
        done = {part: row for part, (row, _names) in made.exploited.items()}
        known: dict[type, list[Any]] = {Background: [], Exploitation: [*done.values()]}
        if made.survivors:
            involving.bring_in_each([*made.survivors.values()], actor=actor)
        if made.people:
            known[Background] += persons.describe_each(made.people, actor=actor)
        if made.exploited:
            exploitation.describe_each([*made.exploited.values()], actor=actor)
        if made.ways:
            known[Exploitation] += exploitation.set_routes(made.ways, done, actor=actor)
        if made.identities:
            identities.record_each(made.identities, actor=actor)
        if made.suspects:
            suspects.add_each([*made.suspects.values()], actor=actor)
            perpetrators.describe_each(made.offenders, actor=actor)
        if made.notes:
            notes.write_each(made.notes, actor=actor)
        return known | {RouteStop: [stop for way in made.ways for stop in way]}

    def _remember(self, people: list[HtcdsRecord], written: dict[type, list[object]]) -> None:
        """Under which keys everybody came, and what of the file our tables do not say again."""
        made = self.made
        survivors, led, alone = (
            [*of.values()] for of in (made.survivors, made.suspects, made.alone)
        )
        keys = [*made.survivors, *made.suspects, *made.alone]
        records = dict(
            zip(
                keys, records_of(HtcdsRows(self.actor, survivors, led, alone, written)), strict=True
            )
        )
        imported = [
            Imported(
                case=made.cases[person.case],
                source=self.whose.source,
                outside_case=person.case,
                outside_person=person.person,
                involvement=made.survivors.get(person.key),
                suspect=made.suspects.get(person.key),
                digest=digest(person),
                kept=kept_of(person, records[person.key]),
            )
            for person in people
        ]
        insert(Imported, imported)


def _age(values: Values, case: Case) -> int | None:
    return months_of(values.get("prs_Birthdate", ""), case.opened_on)
