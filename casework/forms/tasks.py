"""Forms about what is to be done that differ from the plain ones of their verbs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from casework.forms.cases import Offering, RecordForm
from casework.services.tasks import add_task, assign_task, may_be_given
from core.forms import line
from core.verbs.forms import form_of


class Colleague(Offering, PersonField):
    """Who can be given something to do in this case; left empty, whoever comes first."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs, empty_label=_("Anybody on the team"))

    def offer_in(self, form: RecordForm) -> None:
        self.queryset = may_be_given(form.case).order_by("name")


TaskForm = form_of(
    add_task,
    RecordForm,
    on={"what": line, "assignee": Colleague},
    order=("what", "assignee", "due_on"),
)
WhoAndWhen = form_of(
    assign_task, RecordForm, on={"assignee": Colleague}, order=("assignee", "due_on")
)
