"""What can happen to people who were harmed.

A person is visible only through the row that places the person in a case, and row-level security
asks the same of whoever writes. So the link is written first and the person second, in one
transaction; keys are made here, and the foreign key is checked at the commit. The other way would
be a policy that lets anybody insert a person who belongs to no case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.permissions import Perm
from casework.services.cases import require_open_case
from casework.services.numbers import last_number
from core import audit
from core.services import service
from victims.enums import Outcome
from victims.models import Involvement, Victim
from victims.services.coverage import end_uncovered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from casework.models import Rescue


@dataclass(frozen=True)
class Person:
    """Someone met in a rescue, as the field form knows them. Ages in months, as a range."""

    sex: str
    age_min_months: int | None = None
    age_max_months: int | None = None
    outcome: str = Outcome.RESCUED


@service(Perm.RESCUE_LOG)
def add_survivors(rescue: Rescue, *, people: Sequence[Person], actor: User) -> list[Involvement]:
    """Give everyone met in a rescue a code, a person row and a part in the case."""
    require_open_case(rescue.case, actor)
    taken = last_number(Involvement, "S", rescue.case)
    involvements = [
        Involvement(
            case=rescue.case,
            rescue=rescue,
            code=f"S-{taken + number}",
            outcome=person.outcome,
            identified_on=rescue.occurred_on,
            victim=Victim(
                sex=person.sex,
                age_min_months=person.age_min_months,
                age_max_months=person.age_max_months,
            ),
        )
        for number, person in enumerate(people, 1)
    ]
    # The part in the case first: a person is visible, and may be written, only through it.
    Involvement.objects.bulk_create(involvements)
    Victim.objects.bulk_create(i.victim for i in involvements)
    end_uncovered(rescue.case, actor=actor)
    audit.record("survivors.added", rescue, actor=actor, people=len(involvements))
    return involvements
