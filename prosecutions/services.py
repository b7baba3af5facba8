"""What can happen to those responsible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.permissions import Perm
from casework.models import Case
from casework.services.cases import require_content
from core import audit
from core.services import service
from prosecutions.enums import Attribution, SuspectRole
from prosecutions.models import Arrest, Perpetrator, Suspect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from casework.models import Rescue
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
    """Make a suspect of everyone arrested in a rescue, and record the arrest."""
    require_content(rescue.case, actor)
    Case.objects.select_for_update().get(pk=rescue.case_id)
    taken = Suspect.objects.filter(case=rescue.case).count()
    suspects = [
        Suspect(
            case=rescue.case,
            code=f"A-{taken + number}",
            role=person.role,
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
            agency=agency,
            attribution=Attribution.SUPPORTED,
        )
        for suspect in suspects
    ]
    # The role in the case first: a person is visible, and may be written, only through it.
    Suspect.objects.bulk_create(suspects)
    Perpetrator.objects.bulk_create(suspect.perpetrator for suspect in suspects)
    Arrest.objects.bulk_create(arrests)
    audit.record("arrests.recorded", rescue, actor=actor, people=len(arrests))
    return arrests
