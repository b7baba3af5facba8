"""Several cases of the list put on one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from casework.forms.transfers import AssignManyForm
from casework.services.cases import assign_many, read_chosen
from core.web import FormPage

if TYPE_CHECKING:
    from casework.models import Case


class AssignMany(FormPage):
    """The chosen cases stand in the address, by id; nothing changes until a person is chosen."""

    permission, service, form_class = assign_many.permission, assign_many, AssignManyForm
    template_name = "casework/assign_many.html"

    @cached_property
    def cases(self) -> list[Case]:
        """As far as they are open to this person; an id that is not is as one that is nowhere."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        keys = {_uuid(text) for text in asked.getlist("case")}
        return read_chosen([key for key in keys if key], actor=self.actor)

    def get_form_kwargs(self) -> dict[str, Any]:
        offices = {case.office_id for case in self.cases}
        people = User.objects.filter(is_active=True)
        for office in offices:
            people = people.filter(memberships__office=office)
        return super().get_form_kwargs() | {"people": people.distinct().order_by("name")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cases=self.cases, **kwargs)

    def act(self, form: Any) -> str:
        assign_many(self.cases, user=form.cleaned_data["user"], actor=self.actor)
        return reverse("desk:cases")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
