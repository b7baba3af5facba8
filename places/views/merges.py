"""Merging two that are the same: the first press says what would move, the second moves it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from django.db import transaction

from core.services import Refused
from core.verbs.pages import page
from core.web import FormPage
from places.forms.fields import KeepForm

if TYPE_CHECKING:
    from typing import Any

    from django import forms
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from places.merging import Mergeable


class MergePage(FormPage):
    """By hand: what would happen is found by doing it and taking it back."""

    form_base: ClassVar[type[KeepForm]] = KeepForm
    template_name = "places/merge.html"
    same: ClassVar[tuple[str, ...]] = ()  # what both must have in common
    lies_in: ClassVar[str] = ""  # the path to the code of its place; of a place, its own

    def others(self) -> QuerySet[Mergeable]:
        """Those in use in its country that this one may be the same as."""
        place = getattr(self.target, self.lies_in) if self.lies_in else self.target
        code = f"{self.lies_in}__code" if self.lies_in else "code"
        rows = self.rows().filter(is_active=True, **{f"{code}__startswith": place.country})
        rows = rows.filter(**{name: getattr(self.target, name) for name in self.same})
        return rows.exclude(pk=self.target.pk).order_by("name")

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        form = super().get_form(form_class)
        into: Any = form.fields["into"]
        into.queryset = self.others()
        into.unlisted = None  # the other one is in the list
        return form

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**({"back_url": self.before()} | kwargs))

    def form_valid(self, form: Any) -> HttpResponse:
        into = form.cleaned_data["into"]
        if self.request.POST.get("sure") == str(into.pk):
            return super().form_valid(form)
        try:
            with transaction.atomic():
                moved = self.service(
                    self.target, version=self.version, into=into, actor=self.actor
                ).moved
                transaction.set_rollback(True)
        except Refused as refusal:
            form.add_error("into", str(refusal))
            return self._again(form, 409)
        context = self.get_context_data(form=form, into=into, moved=moved)
        return self.render_to_response(context)


merge_page = partial(page, MergePage)
