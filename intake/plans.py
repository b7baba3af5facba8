"""The field form begun from the plan of a rescue, for those whom it names."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from casework.enums import PlanStatus
from casework.models import RescuePlan
from casework.services.plans import open_plan
from places.models import Jurisdiction

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models.plans import PlanContent


def plan_of(user: object, key: str) -> RescuePlan | None:
    """The open plan of this id, if it names this person; of anything else nothing is said."""
    try:
        rows = RescuePlan.objects.visible_to(user).filter(pk=UUID(key), status=PlanStatus.OPEN)
    except ValueError:
        return None
    plan: RescuePlan | None = rows.select_related("case__office", "case__jurisdiction").first()
    return plan


def as_planned(user: User, key: str) -> QueryDict:
    """What the form is filled in with: nothing without a plan. What is counted is never filled in:
    whom one expected is not whom one met. A moment to come is none of a report."""
    entered = QueryDict(mutable=True)
    if (plan := plan_of(user, key)) is None:
        return entered
    says = open_plan(plan, actor=user)
    entered["plan"], entered["place"] = str(plan.pk), f"case:{plan.case_id}"
    if says.jurisdiction != plan.case.jurisdiction.code:
        entered["other_place"] = says.jurisdiction
    if says.hour and _moment(says) <= timezone.now():
        entered["occurred_at"] = f"{says.day}T{says.hour}"
    entered.setlist("agencies", says.partners)
    entered.setlist("more_sites", [says.site] if says.site else [])
    return entered


def _moment(says: PlanContent) -> datetime:
    place = Jurisdiction.objects.get(code=says.jurisdiction)
    return place.moment(datetime.fromisoformat(f"{says.day}T{says.hour}"))
