"""What the field tells later: how a rescue ended for a person, whom abuse online is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.models import Case
from casework.services.amending import require_open, touch
from casework.services.cases import require_content
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from victims.models import IncidentSurvivor, Involvement
from victims.services.survivors import Person, add_survivors

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User
    from casework.models import OnlineIncident, Rescue


@service(Perm.RESCUE_AMEND, label=gettext_lazy("Amend how a rescue ended for a person"))
def amend_outcome(
    involvement: Involvement, *, version: int, outcome: str, actor: User
) -> Involvement:
    """Amend how a rescue ended for a person. The rescue gets a new version, and its history
    keeps what was there before. Raises `Stale`."""
    rescue = involvement.rescue
    if rescue is None:
        raise Refused(_("This person was in no rescue."))
    require_open(rescue, actor)
    amended = amend(involvement, version, outcome=outcome)
    touch(rescue, actor)
    audit.record("outcome.amended", amended, actor=actor, outcome=outcome)
    return amended


@service(Perm.RESCUE_AMEND, label=gettext_lazy("Add a person met in a rescue"))
def add_met(rescue: Rescue, *, person: Person, actor: User) -> Involvement:
    """Add a person who was met in a rescue and is not on its record; the rescue gets a new
    version. Ask for the name later, calmly and with consent."""
    require_open(rescue, actor)
    (added,) = add_survivors(rescue, people=[person], actor=actor)
    touch(rescue, actor)
    audit.record("rescue.person_added", added, actor=actor)
    return added


@service(Perm.INQUIRY_RECORD, label=gettext_lazy("Which survivors it is about"))
def set_incident_survivors(
    incident: OnlineIncident, *, survivors: Collection[Involvement], actor: User
) -> list[IncidentSurvivor]:
    """Say which survivors of the case abuse online is about. Those you leave out are taken off."""
    require_content(incident.case, actor)
    Case.objects.select_for_update().get(pk=incident.case_id)
    if any(person.case_id != incident.case_id for person in survivors):
        raise Refused(_("This survivor belongs to another case."))
    rows = IncidentSurvivor.objects.in_force().filter(incident=incident)
    rows.exclude(involvement__in=list(survivors)).update(
        removed_at=Now(), version=F("version") + 1, updated_at=Now()
    )
    there = set(rows.values_list("involvement", flat=True))
    IncidentSurvivor.objects.bulk_create(
        IncidentSurvivor(case=incident.case, incident=incident, involvement=person)
        for person in survivors
        if person.pk not in there
    )
    audit.record("incident.survivors", incident, actor=actor, people=len(survivors))
    return list(rows.order_by("created_at", "pk"))
