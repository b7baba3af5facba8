"""Survivors who bear the name of a suspect of their case: is a victim taken for an offender?

Whoever writes down a name is told, from whichever side: a suspect or an offender is named, gets
another name, is arrested; a survivor says who they are. Nothing is held up by it.

Names of survivors lie encrypted, so those open to the actor are opened and compared. A hit says
who a survivor is; it stands in the history as one of a search does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from core import audit
from core.names import latin_key
from core.services import service
from prosecutions.models import Perpetrator, Suspect
from prosecutions.persons import names_of, records_of, with_aliases
from victims.models import Involvement
from victims.services.identities import NAMES, names_open_to

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User
    from casework.models import Case
    from victims.models import Identity


@dataclass(frozen=True)
class Namesake:
    """A survivor of a case who bears the name of a suspect of it."""

    person: Involvement

    @property
    def warning(self) -> str:
        return _(
            "The name of %(code)s, a survivor, is that of a suspect of %(case)s. Was a victim"
            " mistaken for one of those responsible? Victims must not be punished for what they"
            " were forced to do."
        ) % {"case": self.person.case.reference, "code": self.person.code}


@service(Perm.SUSPECT_NAME)
def survivor_named(case: Case, *, names: Iterable[str], actor: User) -> Namesake | None:
    """The survivor of this case who bears a name of a suspect."""
    return next(iter(_bearers([case.pk], names, actor)), None)


@service(Perm.SUSPECT_NAME)
def survivors_called(person: Perpetrator, *, actor: User) -> list[Namesake]:
    """The survivors who bear a name of this person, in the cases where the person is suspected."""
    records = records_of(person, actor)
    theirs = Suspect.objects.visible_to(actor).filter(perpetrator__in=[row.pk for row in records])
    names, cases = names_of(records), set(theirs.values_list("case", flat=True))
    return _bearers(cases, names, actor) if names else []


@service(Perm.RESCUE_LOG)
def survivors_arrested(case: Case, *, names: Iterable[str], actor: User) -> list[Namesake]:
    """The survivors of this case who bear the name of somebody arrested in a rescue."""
    return _bearers([case.pk], names, actor)


@service(Perm.IDENTITY_RECORD)
def suspects_called(identity: Identity, *, actor: User) -> list[Namesake]:
    """Where this survivor, named just now, bears the name of a suspect of the same case."""
    asked = _keys(value for name in NAMES if (value := getattr(identity, name)))
    parts = Involvement.objects.visible_to(actor).filter(victim=identity.victim_id)
    suspects = Suspect.objects.visible_to(actor).filter(case__in=parts.values("case"))
    roles = list(suspects.values_list("case", "perpetrator"))
    people = Perpetrator.objects.visible_to(actor).filter(pk__in={who for _case, who in roles})
    alike = {row.pk for row in with_aliases(people, actor) if _keys(names_of([row])) & asked}
    cases = {case for case, who in roles if who in alike}
    return _compared(parts.filter(case__in=cases), actor)


def _bearers(cases: Collection[UUID], names: Iterable[str], actor: User) -> list[Namesake]:
    """Who of the survivors of these cases bears one of these names."""
    asked = _keys(names)
    parts = Involvement.objects.visible_to(actor).filter(case__in=cases)
    pairs = names_open_to(actor, parts.values_list("victim", flat=True)) if asked else ()
    bearers = {who for who, name in pairs if _key(name) in asked}
    return _compared(parts.filter(victim__in=bearers), actor)


def _compared(parts: QuerySet[Involvement], actor: User) -> list[Namesake]:
    """Each person once in a case, with a line of history."""
    newest_first = parts.select_related("case").order_by("-created_at", "-pk")
    once = {(row.case_id, row.victim_id): row for row in newest_first}
    rows = sorted(once.values(), key=lambda row: (row.created_at, row.pk))
    audit.read_rows(
        "names.compared",
        Involvement._meta.label,
        [row.pk for row in rows],
        actor=actor,
        shown=audit.about(rows, actor),
    )
    return [Namesake(row) for row in rows]


def _keys(names: Iterable[str]) -> set[tuple[str, ...]]:
    return {_key(name) for name in names} - {()}


def _key(name: str) -> tuple[str, ...]:
    """The words of a name in any script, in whichever order: family names come first or last."""
    return tuple(sorted(latin_key(name).split()))
