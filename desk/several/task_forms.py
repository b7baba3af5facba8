"""What is asked once for several things to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from accounts.models import User
from casework.services.cases import members_of
from casework.services.tasks import assign_task, cancel_task, finish_task, snooze_task
from core.forms import DayField
from core.verbs.forms import form_of
from desk.several.forms import OfSeveral
from desk.to_do.forms import begin_put_off, why

if TYPE_CHECKING:
    from django.forms import Field


class OfTasks(OfSeveral):
    takes = OfSeveral.takes

    def offer(self) -> None:
        """Nothing to choose from."""


FinishSeveralForm = form_of(finish_task, OfTasks)
CancelSeveralForm = form_of(
    cancel_task, OfTasks, on={"reason": why(_("Why they are no longer needed"))}
)


class PutOffSeveralForm(
    form_of(  # type: ignore[misc]
        snooze_task,
        OfTasks,
        on={
            "until": DayField(label=_("Until"), help_text=_("At most 30 days."), ahead=True),
            "reason": why(_("Why it can wait"), _("The team reads this. Use codes, not names.")),
        },
    )
):
    """By hand: it begins with the day in a week."""

    def offer(self) -> None:
        begin_put_off(self.fields["until"])


def _person(**_words: object) -> Field:
    anybody = _("Anybody on the team")
    return PersonField(label=_("Who does them"), empty_label=anybody, required=False)


def _day(**_words: object) -> Field:
    hint = _("Leave it empty, and each keeps its day.")
    return DayField(label=_("By when"), help_text=hint, ahead=True, required=False)


class GiveSeveralForm(
    form_of(  # type: ignore[misc]
        assign_task,
        OfTasks,
        on={"assignee": _person, "due_on": _day},
        order=("assignee", "due_on"),
    )
):
    """By hand: people of all of the offices of these tasks."""

    def offer(self) -> None:
        offices = {row.office_id for row in self.rows if not row.rule}
        people = members_of(*offices) if offices else User.objects.none()
        self.choose("assignee", people.order_by("name"))
