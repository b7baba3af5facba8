"""A person who comes into a case otherwise than by a rescue of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_open_case, require_past
from casework.services.numbers import last_number
from core import audit
from core.alike.merging import one_person
from core.database.inserting import insert
from core.refusals import gettext as _
from core.services import Refused, service
from victims.models import Involvement, Victim
from victims.services.coverage import end_uncovered

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from casework.models import Case
    from victims.services.survivors import Person


@service(Perm.PERSON_INVOLVE)
def bring_in(
    case: Case, *, person: Person, identified_on: date | None = None, actor: User
) -> Involvement:
    """Add somebody nobody here knew, whom no rescue of ours brought out.

    `identified_on`: when we learned of the person; left out, today.
    """
    locked = require_open_case(case, actor)
    if identified_on:
        require_past(case, identified_on, field="identified_on")
    part = new_part(locked, last_number(Involvement, "S", case) + 1, person)
    part.identified_on = identified_on
    # The part in the case first: a person is visible, and may be written, only through it.
    part.save(force_insert=True)
    part.victim.save(force_insert=True)
    end_uncovered(case, actor=actor)
    audit.record("person.brought_in", part, actor=actor)
    return part


def new_part(case: Case, number: int, person: Person) -> Involvement:
    """Somebody nobody here knew and the part in a case, not kept yet."""
    victim = Victim(
        sex=person.sex, age_min_months=person.age_min_months, age_max_months=person.age_max_months
    )
    return Involvement(case=case, victim=victim, code=f"S-{number}")


def bring_in_each(parts: list[Involvement], *, actor: User) -> None:
    """Keep those of a file, in sets. Their cases are held and open."""
    bring_in.check(actor)
    insert(Involvement, parts)
    insert(Victim, [part.victim for part in parts])
    end_uncovered(*{part.case_id: part.case for part in parts}.values(), actor=actor)
    audit.record_each("person.brought_in", parts, actor=actor)


@service(Perm.PERSON_INVOLVE, label=gettext_lazy("Add to another case"))
def involve(case: Case, *, person: Involvement, actor: User) -> Involvement:
    """Add a person from another case to this one, with what is known of them. People on this
    case will read it and, by their level, the name."""
    locked = require_open_case(case, actor)
    if not Involvement.objects.visible_to(actor).filter(pk=person.pk).exists():
        raise PermissionDenied("person of a case that is not open")
    require_content(person.case, actor)
    if person.case.sealed and not case.sealed:
        raise Refused(
            _(
                "The case of this person is sealed, and this case is not. Adding the person here"
                " would reveal it."
            )
        )
    if Involvement.objects.filter(
        case=case, victim__in=Victim.objects.filter(one_person(person.victim))
    ).exists():
        raise Refused(_("This person is already in this case."))
    number = last_number(Involvement, "S", case) + 1
    part = Involvement.objects.create(case=locked, victim_id=person.victim_id, code=f"S-{number}")
    part.refresh_from_db(fields=["identified_on"])
    end_uncovered(case, actor=actor)
    audit.record("person.involved", part, actor=actor)
    return part
