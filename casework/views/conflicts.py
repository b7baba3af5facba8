"""Conflicts of interest, declared and lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from casework.forms.sealing import ConflictForm
from casework.models import Conflict
from casework.services.conflicts import declare_conflict, lift_conflict
from casework.views.cases import RecordVerb

if TYPE_CHECKING:
    from django.forms import BaseForm

    from casework.querysets import ConflictQuerySet


class DeclareConflict(RecordVerb):
    """Open to whoever sees that the case exists, not only to who may write into it."""

    service, form_class, part = declare_conflict, ConflictForm, "knowing"
    submit_label = gettext_lazy("Declare")

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"case": self.case, "reader": self.actor}

    def act(self, form: BaseForm) -> str:
        declared = declare_conflict(self.case, actor=self.actor, **form.cleaned_data)
        if declared.user_id == self.actor.pk:  # the page of the case is closed now
            return f"{reverse('desk:today')}?note=conflict-declared"
        return self.after()


class LiftConflict(RecordVerb):
    """By hand: whoever knows of it, not whoever reads the case."""

    model, service, form_base = Conflict, lift_conflict, forms.Form
    submit_label = gettext_lazy("Lift")

    def rows(self) -> ConflictQuerySet:
        return Conflict.objects.known_to(self.actor).select_related(*Conflict.shown_with)
