"""Several cases of the list put on one person; somebody taken off a team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.cases import PeopleForm
from casework.models import Assignment
from casework.models.records import ITS_CASE
from casework.services.cases import assign_many, members_of, read_chosen, take_off
from casework.views.cases import RecordVerb
from core.web import FormPage

if TYPE_CHECKING:
    from django.forms import BaseForm

    from casework.models import Case


class AssignMany(FormPage):
    """The chosen cases stand in the address, by id; nothing changes until a person is chosen."""

    permission, service, form_base = assign_many.permission, assign_many, PeopleForm
    template_name = "casework/assign_many.html"
    keeps_drafts = False  # nothing is typed

    @cached_property
    def cases(self) -> list[Case]:
        """As far as they are open to this person; an id that is not is as one that is nowhere."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        keys = {_uuid(text) for text in asked.getlist("case")}
        return read_chosen([key for key in keys if key], actor=self.actor)

    def get_form_kwargs(self) -> dict[str, object]:
        people = members_of(*{case.office_id for case in self.cases})
        return super().get_form_kwargs() | {"people": people.order_by("name")}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(cases=self.cases, **kwargs)

    def act(self, form: BaseForm) -> str:
        assign_many(self.cases, user=form.cleaned_data["user"], actor=self.actor)
        return reverse("desk:cases")


class TakeOff(RecordVerb):
    """Somebody leaves the team; the button is the whole form."""

    model, service = Assignment, take_off
    beside, part = (*ITS_CASE, "user"), "team"
    title = gettext_lazy("Take off the team")
    intro = gettext_lazy(
        "They see no more of this case than their role in the office shows. Their open tasks in it"
        " wait for somebody else. This is recorded."
    )
    submit_label = gettext_lazy("Take off the team")

    def about(self) -> list[tuple[Any, Any]]:
        return [(_("Person"), self.target.user.name), (_("Since"), self.target.started_at.date())]

    def after(self) -> str:
        if self.target.user_id == self.actor.pk:  # the case may be closed to them now
            return reverse("desk:cases")
        return super().after()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
