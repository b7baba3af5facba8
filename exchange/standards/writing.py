"""People of a file written into our records by the verbs everybody uses; all of them or none.

Names, addresses and numbers of papers go where identity lies; whatever has no field of its own is
kept in an encrypted note of the case, word by word, so that nothing of a file is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson
from django.utils.translation import gettext as _

from casework.paper_codes import NoteKind
from casework.services.cases import open_case
from casework.services.notes import write_note
from core.idempotency import digest_of
from core.services import Refused
from exchange.models import Imported
from exchange.standards.htcds import CODES
from exchange.standards.leftover import lines, lost, part_lines
from exchange.standards.rules import OF_CASE, is_suspect
from exchange.standards.meaning import described, exploitation_of, first_of, months_of, name_of, sex_of
from exchange.standards.saying import Asked, kept_of, told
from exchange.standards.values import parts
from exchange.standards.ways import Places
from prosecutions.models import Suspect
from prosecutions.services.perpetrators import describe_perpetrator
from prosecutions.services.suspects import add_suspect
from victims.models import Involvement
from victims.services.exploitation import describe_exploitation, set_route
from victims.services.identities import record_identity
from victims.services.involving import bring_in
from victims.services.persons import describe_person
from victims.services.survivors import Person

if TYPE_CHECKING:
    from accounts.models import Office, User
    from casework.models import Case
    from exchange.standards.htcds import Told, Values
    from places.models import Jurisdiction

OF_SUSPECTS = ("contacts", "documents", "born_on", "field")  # beside what has its column


@dataclass(frozen=True)
class Whose:
    """From whom a file is, and what it does not say: where its cases go and what they are about."""

    source: str
    office: Office
    programme: str
    jurisdiction: Jurisdiction


@dataclass
class Made:
    """What an import wrote."""

    cases: dict[str, Case] = field(default_factory=dict)  # by the key of the file
    survivors: dict[tuple[str, str], Involvement] = field(default_factory=dict)
    suspects: dict[tuple[str, str], Suspect] = field(default_factory=dict)
    alone: dict[tuple[str, str], Case] = field(default_factory=dict)


def digest(person: Told) -> str:
    """Of all that a file says of somebody."""
    said = orjson.dumps([person.said, person.parts], option=orjson.OPT_SORT_KEYS)
    return digest_of(said).hex()


class Writing:
    """One file under way. `known`: the cases that came before, by the key of the file."""

    def __init__(self, whose: Whose, known: dict[str, Case], actor: User) -> None:
        self.whose, self.known, self.actor = whose, known, actor
        self.places, self.made = Places(), Made()

    def write(self, people: list[Told]) -> Made:
        """Raises `Refused`, with the line at which it came to an end."""
        of_case: dict[str, Values] = {}
        for person in people:
            said = {name: person.said[name] for name in OF_CASE & person.said.keys()}
            of_case.setdefault(person.case, {}).update(said)
        for person in people:
            try:
                case = self._case(person.case, of_case[person.case])
                self._person(person, case)
            except Refused as refusal:
                where = {"row": person.rows[0], "reason": str(refusal)}
                raise Refused(_("Row %(row)s: %(reason)s") % where) from None
        self._remember(people)
        return self.made

    def _case(self, key: str, said: Values) -> Case:
        if key in self.known:
            return self.made.cases.setdefault(key, self.known[key])
        if key not in self.made.cases:
            day = said.get("cas_IncomingReferralDate")
            self.made.cases[key] = open_case(
                programme=self.whose.programme,
                jurisdiction=self.whose.jurisdiction,
                office=self.whose.office,
                opened_on=date.fromisoformat(day) if day else None,
                actor=self.actor,
            )
            self._note(self.made.cases[key], key, lines(said))
        return self.made.cases[key]

    def _person(self, person: Told, case: Case) -> None:
        said = {name: text for name, text in person.said.items() if name not in OF_CASE}
        rest = lines(said) + part_lines(person, but="event")
        if not person.person:
            self.made.alone[person.key] = case
        elif is_suspect(person):
            self.made.suspects[person.key] = self._suspect(case, said)
            rest += lines(said, goes=OF_SUSPECTS) + part_lines(person, only="event")
        else:
            self.made.survivors[person.key], more = self._survivor(case, said, person)
            rest += more
        self._note(case, person.person or person.case, rest)

    def _suspect(self, case: Case, said: Values) -> Suspect:
        roles = parts(said["per_RoleInProcess"])
        role = next(CODES["roles_read"][r] for r in roles if r in CODES["roles_read"])
        suspect = add_suspect(case, role=role, name=name_of(said), actor=self.actor)
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

    def _survivor(self, case: Case, said: Values, person: Told) -> tuple[Involvement, list[str]]:
        age = months_of(said.get("prs_Birthdate", ""), case.opened_on)
        part = bring_in(case, person=Person(sex_of(said), age, age), actor=self.actor)
        if told_of := described(said):
            describe_person(part.victim, version=part.victim.version, actor=self.actor, **told_of)
        if done := exploitation_of(said):
            part = describe_exploitation(part, version=part.version, actor=self.actor, **done)
        stops, more = self.places.way(person)
        if stops:
            part = set_route(part, stops=stops, version=part.version, actor=self.actor)
        return part, more + self._identity(part, said) + lost(said)

    def _identity(self, part: Involvement, said: Values) -> list[str]:
        """Who somebody is; where there is no name to it, what there is stands in the note."""
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

    def _note(self, case: Case, key: str, rest: list[str]) -> None:
        if rest:
            first = _("From a file of %(source)s, %(key)s:") % {
                "source": self.whose.source,
                "key": key,
            }
            write_note(
                case,
                kind=NoteKind.OTHER,
                happened_on=case.jurisdiction.today,
                text="\n".join([first, *rest]),
                heavy=True,
                actor=self.actor,
            )

    def _remember(self, people: list[Told]) -> None:
        """Under which keys everybody came, and what of the file our tables do not say again."""
        made = self.made
        survivors = _as_they_stand(Involvement, made.survivors, "victim")
        suspects = _as_they_stand(Suspect, made.suspects, "perpetrator")
        keys = [*survivors, *suspects, *made.alone]
        ours = told(
            Asked(self.actor, [*survivors.values()], [*suspects.values()], [*made.alone.values()])
        )
        said = dict(zip(keys, ours, strict=True))
        Imported.objects.bulk_create(
            Imported(
                case=made.cases[person.case],
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


def _as_they_stand(model: Any, made: dict[Any, Any], person: str) -> dict[Any, Any]:
    """The rows as the verbs left them."""
    rows = model.objects.select_related(person, "case__jurisdiction", "case__office")
    by_id = {row.pk: row for row in rows.filter(pk__in=[row.pk for row in made.values()])}
    return {key: by_id[row.pk] for key, row in made.items()}
