"""Where an invitation leads: open to whoever has its link, signed in or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from accounts import invitations
from accounts.forms.people import PasswordForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase


@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address before anything is shown, whether it is good or not."""
    request.session[invitations.KEPT] = invitations.digest_of(token).hex()
    return HttpResponseRedirect(reverse("people:accept"))


class Accept(FormView):
    """Choose a password, once. Every link that opens nothing gets the same answer."""

    http_method_names = ["get", "post", "head", "options"]
    form_class = PasswordForm
    template_name = "people/accept.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self.digest = invitations.link_opened(request)
        self.invitation = invitations.find(self.digest)
        if self.invitation is None:
            return self._closed()
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, object]:
        user = self.invitation.user if self.invitation else None
        return super().get_form_kwargs() | {"user": user}

    def form_valid(self, form: Any) -> HttpResponse:
        user = invitations.accept(self.digest, form.cleaned_data["new_password1"])
        if user is None:
            return self._closed()
        self.request.session.flush()
        return HttpResponseRedirect(reverse("login"))

    def form_invalid(self, form: object) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def _closed(self) -> HttpResponse:
        return render(self.request, "people/invitation_over.html", status=404)
