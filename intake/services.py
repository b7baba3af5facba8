"""What arrives in one piece and touches several apps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from aftercare.services.referrals import draft_referrals
from casework.services.cases import open_case
from casework.services.rescues import record_rescue
from core import audit
from core.services import service
from intake.choices import for_form
from prosecutions.services.suspects import Arrested, record_arrests
from victims.services.survivors import Person, add_survivors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from accounts.models import User
    from aftercare.models import Referral
    from casework.models import Case, Rescue, Site
    from places.models import Agency, Jurisdiction
    from prosecutions.models import Arrest
    from victims.models import Involvement


@service(Perm.RESCUE_LOG)
def offer_choices(entered: Mapping[str, Any], *, case: str = "", actor: User) -> dict[str, Any]:
    """What the form offers this officer; the sites and cases among it are shown, so recorded."""
    offered = for_form(actor, entered, case)
    ids = [place["id"] for place in offered["places"] if "id" in place]
    cases = [place["case"] for place in offered["places"] if "case" in place]
    audit.read_rows("rescue.form", "casework.Site", ids, actor=actor, shown=cases)
    return offered


@dataclass(frozen=True)
class LoggedRescue:
    """Everything one report made."""

    rescue: Rescue
    people: list[Involvement]
    arrests: list[Arrest]
    referrals: list[Referral]


@service(Perm.RESCUE_LOG)
def log_rescue(
    *,
    occurred_at: datetime,
    jurisdiction: Jurisdiction,
    programme: str,
    case: Case | None = None,
    site: Site | None = None,
    agencies: Sequence[Agency] = (),
    people: Sequence[Person] = (),
    arrests: Sequence[Arrested] = (),
    needs: Sequence[str] = (),
    narrative: str = "",
    actor: User,
) -> LoggedRescue:
    """Log a rescue with the people met, the arrests and the needs: all of it or nothing.

    Opens the case when none is named. Names come later, calmly, with consent.
    """
    if case is None:
        case = open_case(programme=programme, jurisdiction=jurisdiction, actor=actor)
    rescue = record_rescue(
        case,
        occurred_at=occurred_at,
        jurisdiction=jurisdiction,
        sites=[site] if site else [],
        agencies=agencies,
        narrative=narrative,
        actor=actor,
    )
    survivors = add_survivors(rescue, people=people, actor=actor) if people else []
    made = record_arrests(rescue, arrested=arrests, actor=actor) if arrests else []
    drafts = (
        draft_referrals(rescue, people=survivors, needs=needs, actor=actor)
        if needs and survivors
        else []
    )
    audit.record("rescue.logged", rescue, actor=actor, people=len(people), arrests=len(arrests))
    return LoggedRescue(rescue, survivors, made, drafts)
