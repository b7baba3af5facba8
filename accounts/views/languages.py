"""The language of the interface, for whoever is signed in and for whoever is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.translation import get_language
from django.views.generic import FormView

from accounts.languages import choose, keep_here
from accounts.models import LanguageReading
from accounts.permissions import Perm
from accounts.services.languages import ENGLISH, OTHERS, edition_of, terms_of

if TYPE_CHECKING:
    from django.http import HttpResponse


class LanguageForm(forms.Form):
    """By hand: somebody who is not signed in fills it in, too."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.TextInput)
    next = forms.CharField(required=False)


class Languages(FormView):
    """Each by its own name, for a reader who cannot read the page."""

    template_name, form_class = "account/languages.html", LanguageForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        next_ = _way_back(self.request.GET.get("next", ""))
        terms = [(code, name, terms_of(code)) for code, name in OTHERS]
        return super().get_context_data(next=next_, read=self._read(), terms=terms, **kwargs)

    def _read(self) -> dict[str, Any] | None:
        """Who said that the words of this language are right, or that nobody did."""
        user: Any = self.request.user
        language = get_language() or ENGLISH
        if language == ENGLISH:
            return None
        reading = LanguageReading.objects.newest(language)
        now = reading is not None and reading.edition == edition_of(language)
        may = user.is_authenticated and user.has_perm(Perm.WORDS_CONFIRM)
        return {
            "reading": reading,
            "now": now,
            "by": reading.read_by if reading and user.is_authenticated else None,
            "confirms": may and user.language in ("", language) and not now,
            "takes_back": may and reading is not None,
        }

    def form_valid(self, form: LanguageForm) -> HttpResponse:
        code = form.cleaned_data["language"]
        if self.request.user.is_authenticated:
            choose(code, self.request.user)
        response = HttpResponseRedirect(_way_back(form.cleaned_data["next"]))
        keep_here(response, code)
        return response

    def form_invalid(self, form: LanguageForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


def _way_back(asked: str) -> str:
    """A page of ours, or the first one."""
    return asked if asked.startswith("/") and get_adapter().is_safe_url(asked) else "/"
