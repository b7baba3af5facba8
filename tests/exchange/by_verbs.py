"""What comes of a file of HTCDS when the verbs are called one after the other for everybody in it:
to the same must the import come, which writes in sets."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.paper_codes import NoteKind
from casework.services.cases import open_case
from casework.services.notes import write_note
from core.services import Refused
from exchange.models import Imported
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
from exchange.standards.writing import OF_SUSPECTS, digest
from prosecutions.models import Suspect
from prosecutions.services.perpetrators import describe_perpetrator
from prosecutions.services.suspects import add_suspect
from victims.models import Involvement
from victims.services.exploitation import describe_exploitation, set_route
from victims.services.identities import record_identity
from victims.services.involving import bring_in
from victims.services.persons import describe_person
from victims.services.survivors import Person


class ByVerbs:
    """Stands in the place of `Writing`."""

    def __init__(self, whose: Any, known: Any, actor: Any) -> None:
        self.whose, self.known, self.actor = whose, known, actor
        self.places = Places()
        self.cases: dict[str, Any] = {}
        self.survivors: dict[Any, Any] = {}
        self.suspects: dict[Any, Any] = {}
        self.alone: dict[Any, Any] = {}

    def tried(self, people: Any) -> list[Any]:
        return []

    def write(self, people: Any) -> None:
        of_case: dict[str, Any] = {}
        for person in people:
            said = {name: person.said[name] for name in OF_CASE & person.said.keys()}
            of_case.setdefault(person.case, {}).update(said)
        days = {key: said.get("cas_IncomingReferralDate") for key, said in of_case.items()}
        self.received = {key: date.fromisoformat(day) if day else None for key, day in days.items()}
        for person in people:
            try:
                self.person(person, self.case(person.case, of_case[person.case]))
            except Refused as refusal:
                raise Refused(f"Row {person.rows[0]}: {refusal}") from None
        self.remember(people)

    def case(self, key: str, said: Any) -> Any:
        if key in self.known:
            return self.cases.setdefault(key, self.known[key])
        if key not in self.cases:
            self.cases[key] = open_case(
                programme=self.whose.programme,
                jurisdiction=self.whose.jurisdiction,
                office=self.whose.office,
                opened_on=self.received[key],
                actor=self.actor,
            )
            self.note(self.cases[key], key, lines(said))
        return self.cases[key]

    def person(self, person: Any, case: Any) -> None:
        said = {name: text for name, text in person.said.items() if name not in OF_CASE}
        rest = lines(said) + part_lines(person, but="event")
        if not person.person:
            self.alone[person.key] = case
        elif is_suspect(person):
            self.suspects[person.key] = self.suspect(case, said, self.received[person.case])
            rest += lines(said, goes=OF_SUSPECTS) + part_lines(person, only="event")
        else:
            self.survivors[person.key], more = self.survivor(case, said, person)
            rest += more
        self.note(case, person.person or person.case, rest)

    def suspect(self, case: Any, said: Any, identified_on: date | None) -> Any:
        roles = parts(said["per_RoleInProcess"])
        role = next(CODES["roles_read"][r] for r in roles if r in CODES["roles_read"])
        known = {"role": role, "name": name_of(said), "identified_on": identified_on}
        suspect = add_suspect(case, actor=self.actor, **known)
        born = said.get("prs_Birthdate", "")
        describe_perpetrator(
            suspect.perpetrator,
            version=suspect.perpetrator.version,
            name=name_of(said),
            sex=sex_of(said),
            nationality=first_of(said, "prs_Citizenship"),
            born_year=int(born[:4]) if born else None,
            actor=self.actor,
        )
        return suspect

    def survivor(self, case: Any, said: Any, person: Any) -> tuple[Any, list[str]]:
        actor, age = self.actor, months_of(said.get("prs_Birthdate", ""), case.opened_on)
        who, since = Person(sex_of(said), age, age), self.received[person.case]
        part = bring_in(case, person=who, identified_on=since, actor=actor)
        if of_person := described(said):
            describe_person(part.victim, version=part.victim.version, actor=actor, **of_person)
        if done := exploitation_of(said):
            part = describe_exploitation(part, version=part.version, actor=actor, **done)
        stops, more = self.places.way(person)
        if stops:
            part = set_route(part, stops=stops, version=part.version, actor=actor)
        return part, more + self.identity(part, said) + lost(said)

    def identity(self, part: Any, said: Any) -> list[str]:
        contacts, papers = lines(said, goes=("contacts",)), lines(said, goes=("documents",))
        if not (name := name_of(said)):
            return contacts + papers + lines(said, goes=("born_on",))
        born = said.get("prs_Birthdate")
        record_identity(
            part,
            full_name=name,
            born_on=date.fromisoformat(born) if born else None,
            contacts="\n".join(contacts),
            documents="\n".join(papers),
            actor=self.actor,
        )
        return []

    def note(self, case: Any, key: str, rest: list[str]) -> None:
        if rest:
            write_note(
                case,
                kind=NoteKind.OTHER,
                happened_on=case.jurisdiction.today,
                text="\n".join([f"From a file of {self.whose.source}, {key}:", *rest]),
                heavy=True,
                actor=self.actor,
            )

    def remember(self, people: Any) -> None:
        survivors = as_they_stand(Involvement, self.survivors, "victim")
        suspects = as_they_stand(Suspect, self.suspects, "perpetrator")
        rows = [survivors.values(), suspects.values(), self.alone.values()]
        ours = records_of(HtcdsRows(self.actor, *map(list, rows)))
        said = dict(zip([*survivors, *suspects, *self.alone], ours, strict=True))
        Imported.objects.bulk_create(
            Imported(
                case=self.cases[person.case],
                source=self.whose.source,
                outside_case=person.case,
                outside_person=person.person,
                involvement=survivors.get(person.key),
                suspect=suspects.get(person.key),
                digest=digest(person),
                kept=kept_of(person, said[person.key]),
            )
            for person in people
        )


def as_they_stand(model: Any, made: Any, person: str) -> Any:
    rows = model.objects.select_related(person, "case__jurisdiction", "case__office")
    by_id = rows.in_bulk([row.pk for row in made.values()])
    return {key: by_id[row.pk] for key, row in made.items()}
