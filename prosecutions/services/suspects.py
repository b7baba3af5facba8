"""Suspects: added to a case, arrested, named.

A suspect is written before the person it names: see `victims/services/survivors.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_open_case, require_past
from casework.services.numbers import highest
from core import audit
from core.alike.merging import one_person
from core.database.inserting import insert
from core.refusals import gettext as _
from core.services import Refused, amend, service
from prosecutions.columns import FoundName, Identified, NameUnlessKnown, SameAs
from prosecutions.enums import Attribution, SuspectRole
from prosecutions.limits import presumed_until
from prosecutions.models import Arrest, Perpetrator, Suspect

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from accounts.models import User
    from casework.models import Case, Rescue
    from places.models import Agency


@dataclass(frozen=True)
class Arrested:
    """Someone arrested in a rescue, as the field form knows them."""

    role: str = SuspectRole.OTHER
    name: str = ""


@service(Perm.RESCUE_LOG)
def record_arrests(
    rescue: Rescue, *, arrested: Sequence[Arrested], agency: Agency | None = None, actor: User
) -> list[Arrest]:
    """Make a suspect of everyone arrested in a rescue, and record the arrest at its hour."""
    require_open_case(rescue.case, actor)
    taken = _last_number(rescue.case)
    hour = rescue.jurisdiction.clock(rescue.occurred_at).time().replace(second=0, microsecond=0)
    suspects = [
        Suspect(
            case=rescue.case,
            code=f"A-{taken + number}",
            role=person.role,
            identified_on=rescue.occurred_on,
            perpetrator=Perpetrator(name=person.name),
        )
        for number, person in enumerate(arrested, 1)
    ]
    arrests = [
        Arrest(
            case=rescue.case,
            suspect=suspect,
            rescue=rescue,
            arrested_on=rescue.occurred_on,
            arrested_at=hour,
            agency=agency,
            attribution=Attribution.SUPPORTED,
        )
        for suspect in suspects
    ]
    moment = timezone.now()
    for arrest in arrests:
        arrest.presumed_until = presumed_until(arrest, moment)
    # The role in the case first: a person is visible, and may be written, only through it.
    Suspect.objects.bulk_create(suspects)
    Perpetrator.objects.bulk_create(suspect.perpetrator for suspect in suspects)
    Arrest.objects.bulk_create(arrests)
    presumed = sum(arrest.presumed_until is not None for arrest in arrests)
    audit.record("arrests.recorded", rescue, actor=actor, people=len(arrests), presumed=presumed)
    return arrests


@service(Perm.SUSPECT_NAME, label=gettext_lazy("Name a suspect"))
def name_suspect(
    suspect: Suspect, *, name: FoundName, version: int | None = None, actor: User
) -> Perpetrator:
    """Write down who a suspect is, once it is known. The name shows in every case of this
    person. Raises `Stale` if `version` has passed."""
    require_content(suspect.case, actor)
    known = Perpetrator.objects.select_for_update().get(pk=suspect.perpetrator_id)
    perpetrator = amend(known, known.version if version is None else version, name=name)
    audit.record("suspect.named", suspect, actor=actor)
    return perpetrator


@service(Perm.SUSPECT_NAME, label=gettext_lazy("Add a suspect"), begins=True)
def add_suspect(
    case: Case,
    *,
    role: str,
    name: NameUnlessKnown = "",
    same_as: SameAs = None,
    identified_on: Identified = None,
    actor: User,
) -> Suspect:
    """Add a suspect to a case: a new person, or one already known from another case.

    `identified_on`: when we learned of the person; left out, today.
    """
    require_open_case(case, actor)
    if identified_on:
        require_past(case, identified_on, field="identified_on")
    number = _last_number(case) + 1
    if same_as and not Suspect.objects.visible_to(actor).filter(pk=same_as.pk).exists():
        raise PermissionDenied("suspect of a case that is not open")
    known = same_as.perpetrator if same_as else None
    people = Perpetrator.objects.filter(one_person(known)) if known else ()
    if Suspect.objects.filter(case=case, perpetrator__in=people).exists():
        raise Refused(_("This person is already a suspect of this case."))
    suspect = new_suspect(case, number, role=role, person=known or Perpetrator(name=name))
    suspect.identified_on = identified_on
    suspect.save(force_insert=True)
    suspect.refresh_from_db(fields=["identified_on"])  # where nobody said it, by the database
    if known is None:
        suspect.perpetrator.save(force_insert=True)
    audit.record("suspect.added", suspect, actor=actor)
    return suspect


def new_suspect(case: Case, number: int, *, role: str, person: Perpetrator) -> Suspect:
    """Somebody's role in a case, not kept yet."""
    return Suspect(case=case, code=f"A-{number}", role=role, perpetrator=person)


def add_each(suspects: list[Suspect], *, actor: User) -> None:
    """Keep new persons of a file with their roles, in sets. Their cases are held and open."""
    add_suspect.check(actor)
    insert(Suspect, suspects)
    insert(Perpetrator, [suspect.perpetrator for suspect in suspects])
    audit.record_each("suspect.added", suspects, actor=actor)


def last_numbers(cases: Collection[UUID]) -> dict[UUID, int]:
    """The highest number ever given in each: notes may name a suspect who is struck by now."""
    history: Any = Suspect._meta.get_field("events").related_model
    return highest(history.objects.filter(case__any_of=cases).values_list("case", "code"))


def _last_number(case: Case) -> int:
    return last_numbers([case.pk]).get(case.pk, 0)
