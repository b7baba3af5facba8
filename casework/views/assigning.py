"""Several cases of the list put on one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import User
from casework.enums import MOST_AT_ONCE
from casework.forms.transfers import AssignManyForm
from casework.models import Case
from casework.services.cases import assign_many
from core import audit
from core.services import Refused
from core.web import FormPage

if TYPE_CHECKING:
    from django.http import HttpResponse


class AssignMany(FormPage):
    """The chosen cases stand in the address, by id; nothing changes until a person is chosen."""

    permission, service, form_class = assign_many.permission, assign_many, AssignManyForm
    template_name = "casework/assign_many.html"

    @cached_property
    def cases(self) -> list[Case]:
        """As far as they are open to this person; an id that is not is as one that is nowhere."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        keys = {_uuid(text) for text in asked.getlist("case")} - {None}
        if not keys:
            raise Refused(_("No case was chosen. Tick some in the list first."))
        if len(keys) > MOST_AT_ONCE:
            raise Refused(_("Choose from 1 to %(n)s cases.") % {"n": MOST_AT_ONCE})
        rows = Case.objects.visible_to(self.actor).filter(pk__in=keys)
        found = list(rows.select_related("office", "jurisdiction").order_by("reference"))
        if len(found) < len(keys):
            raise Refused(_("Some of these cases are not open to you. Choose again."))
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        offices = {case.office_id for case in self.cases}
        people = User.objects.filter(is_active=True)
        for office in offices:
            people = people.filter(memberships__office=office)
        return super().get_form_kwargs() | {"people": people.distinct().order_by("name")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cases=self.cases, **kwargs)

    def render_to_response(self, context: Any, **kwargs: Any) -> HttpResponse:
        ids = [case.pk for case in self.cases]
        audit.read_rows("case.list", "casework.Case", ids, actor=self.actor)
        return super().render_to_response(context, **kwargs)

    def act(self, form: Any) -> str:
        assign_many(self.cases, user=form.cleaned_data["user"], actor=self.actor)
        return reverse("desk:cases")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
