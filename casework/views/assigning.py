"""Somebody taken off a team."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Assignment
from casework.models.records import ITS_CASE
from casework.services.cases import take_off
from casework.views.cases import RecordVerb


class TakeOff(RecordVerb):
    """Somebody leaves the team; the button is the whole form."""

    model, service = Assignment, take_off
    beside, part = (*ITS_CASE, "user"), "team"
    submit_label = gettext_lazy("Take off the team")

    def about(self) -> list[tuple[Any, Any]]:
        return [(_("Person"), self.target.user.name), (_("Since"), self.target.started_at.date())]

    def after(self) -> str:
        if self.target.user_id == self.actor.pk:  # the case may be closed to them now
            return reverse("desk:cases")
        return super().after()
