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
        unread = get_language() not in settings.READ_BY_NATIVE_SPEAKERS
        return super().get_context_data(next=next_, unread=unread, **kwargs)

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
