"""Conflicts of interest, declared and lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.sealing import ConflictForm
from casework.models import Case, Conflict
from casework.models.records import ITS_CASE
from casework.services.conflicts import declare_conflict, lift_conflict
from casework.views.sealing import Knowing

if TYPE_CHECKING:
    from django.forms import BaseForm

    from casework.querysets import ConflictQuerySet


class DeclareConflict(Knowing):
    """Open to whoever sees that the case exists, not only to who may write into it."""

    service, form_class = declare_conflict, ConflictForm
    title, submit_label = gettext_lazy("Declare a conflict of interest"), gettext_lazy("Declare")
    intro = gettext_lazy(
        "A person with a conflict of interest loses access to the case at once. Only "
        "somebody else can lift it."
    )

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"case": self.case, "reader": self.actor}

    def act(self, form: BaseForm) -> str:
        declared = declare_conflict(self.case, actor=self.actor, **form.cleaned_data)
        if declared.user_id == self.actor.pk:  # the page of the case is closed now
            return f"{reverse('desk:today')}?note=conflict-declared"
        return self.after()


class LiftConflict(Knowing):
    model, service = Conflict, lift_conflict
    beside = (*ITS_CASE, "user")
    title, submit_label = gettext_lazy("Lift a conflict of interest"), gettext_lazy("Lift")
    intro = gettext_lazy("The person may see this case again if their role or team opens it.")

    @property
    def case(self) -> Case:
        case: Case = self.target.case
        return case

    def rows(self) -> ConflictQuerySet:
        return Conflict.objects.known_to(self.actor).select_related(*self.beside)

    def about(self) -> list[tuple[Any, Any]]:
        return [(_("Person"), self.target.user.name), (_("Tie"), self.target.get_kind_display())]
