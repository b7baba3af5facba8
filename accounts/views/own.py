"""What a person settles for themself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import OfficeForm
from accounts.models import Office
from accounts.services.letters import ask_letter, note_letter
from accounts.services.own import choose_office
from core.web import FormPage

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import BaseForm


class AskLetter(FormPage):
    """By hand: one goes back to where the step stands."""

    service, template_name = ask_letter, "people/form.html"
    submit_label = _("Send it")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(back_url=self.before(), **kwargs)

    def after(self) -> str:
        return self.before()


class LetterArrived(FormPage):
    """By hand: what it takes stands in the address. A mail program that looks at links does
    nothing by it: one has to be signed in, and to press."""

    service, template_name = note_letter, "people/form.html"
    submit_label = _("It arrived")
    form_class = Form

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(back_url=self.before(), **kwargs)

    def act(self, form: BaseForm) -> str:
        note_letter(token=self.kwargs["token"], actor=self.actor)
        return self.before()


class ChooseOffice(FormPage):
    """By the day of which of the own offices this person goes."""

    permission, service, form_class = choose_office.permission, choose_office, OfficeForm
    template_name = "people/form.html"
    extra_context = {
        "title": _("Whose day it is"),
        "intro": _(
            "You work in several offices. Lists, forms and mail use the day of the office you"
            " choose. A record always uses the day of its own office."
        ),
        "submit_label": _("Choose"),
    }

    def own(self) -> QuerySet[Office]:
        return Office.objects.filter(pk__in=self.actor.zones).order_by("name")

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"own": self.own()}

    def get_initial(self) -> dict[str, object]:
        now = next((office for office in self.own() if office.pk == self.actor.goes_by), None)
        return {"office": now and now.code}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(back_url=self.before(), **kwargs)

    def act(self, form: BaseForm) -> str:
        choose_office(form.cleaned_data["office"], actor=self.actor)
        return reverse("people:choose-office")
