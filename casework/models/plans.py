"""A rescue before it takes place: for those alone whom its plan names.

Whoever learns that a rescue is near may warn the place. So a plan stands in no list of a case,
makes no task, moves no status, and its trail names no case. What it says is one encrypted text.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.permissions import Perm
from casework.enums import PlanStatus
from casework.models.records import CaseRecord
from core.access import IDENTITY
from core.fields import EncryptedTextField
from core.naming import Named
from core.refusals import gettext as _
from places.models import Jurisdiction

if TYPE_CHECKING:
    from datetime import datetime

    from core.refusals import Words


@dataclass(frozen=True)
class PlanContent:
    """What it says, as it is kept: days and hours in words of ISO 8601, rows by how programs name
    them. `team`: the part of each person, by id; they are those the plan names."""

    day: str
    jurisdiction: str
    team: dict[str, str]
    made_by: str | None = None
    hour: str | None = None
    site: str | None = None
    meeting_point: str = ""
    partners: list[str] = field(default_factory=list)
    children: int | None = None
    adults: int | None = None
    risks: str = ""
    beds: str = ""
    medical: str = ""
    interpreters: str = ""
    evidence: str = ""
    decision: str = ""
    decided_by: str | None = None
    decided_at: str | None = None
    reason: str = ""  # of the decision, or of calling it off

    @property
    def decider(self) -> UUID | None:
        return UUID(self.decided_by) if self.decided_by else None

    @property
    def everybody(self) -> set[UUID]:
        """Who is named, and who decided."""
        return {UUID(pk) for pk in (*self.team, self.decided_by) if pk}

    @property
    def each_risk(self) -> list[tuple[str, str]]:
        """Each with what is done about it."""
        lines = [line.partition(":") for line in self.risks.splitlines() if line.strip()]
        return [(risk.strip(), done.strip()) for risk, _colon, done in lines]


class RescuePlan(CaseRecord):
    """One operation to come. Once its rescue is logged it is history of the case."""

    named = ArrayField(models.UUIDField())
    content = EncryptedTextField()
    status = models.CharField(max_length=12, choices=PlanStatus, default=PlanStatus.OPEN)
    rescue = models.ForeignKey(
        "casework.Rescue", null=True, on_delete=models.PROTECT, related_name="+"
    )

    access = Named(IDENTITY, Perm.RESCUE_PLAN_VIEW, named="named", opened="rescue")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_rescueplan_carried_out",
                condition=Q(status=PlanStatus.CARRIED_OUT, rescue__isnull=False)
                | Q(status__in=[PlanStatus.OPEN, PlanStatus.CALLED_OFF], rescue__isnull=True),
            ),
            models.CheckConstraint(
                name="casework_rescueplan_names_somebody", condition=Q(named__len__gt=0)
            ),
        ]

    @property
    def says(self) -> PlanContent:
        return PlanContent(**json.loads(str(self.content)))

    def why_not_by(self, occurred_at: datetime) -> Words | None:
        """Why a rescue of this moment is not the planned one, or nothing. An older one, or one
        named too early, would open the plan to the team while the rescue still lies ahead."""
        if occurred_at < self.created_at.replace(second=0, microsecond=0):  # told by the minute
            return _("This rescue took place before the plan was made.")
        place = Jurisdiction.objects.get(code=self.says.jurisdiction)
        if date.fromisoformat(self.says.day) > place.today:
            return _("The planned day has not come yet. If the rescue was earlier, change the day.")
        return None

    @staticmethod
    def kept(says: PlanContent) -> str:
        """As it is written."""
        return json.dumps(asdict(says))

    def get_absolute_url(self) -> str:
        return reverse("casework:rescue-plan", args=[self.pk])
