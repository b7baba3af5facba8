"""Hiding the screen, and opening it again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, View

from accounts import screen
from accounts.sign_in import session
from accounts.sign_in.forms import ConfirmCodeForm, ConfirmPasskeyForm, PresentPasswordForm
from accounts.sign_in.guards import Limited
from core.api.errors import problem

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponseBase


@method_decorator(csrf_exempt, name="dispatch")
class Lock(View):
    """Hide screen: the page covers itself first, then closes the session here.

    Must work with an outdated token, too: a screen that stays open is worse than one that closes.
    Another site cannot press it, since the session cookie is SameSite.
    """

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            screen.lock(request)
        if request.headers.get("Accept", "").startswith("application/json"):
            return HttpResponse(status=204)
        return redirect("accounts:unlock")


class Stay(View):
    """Someone is typing on a page: the session goes on. Says nothing else."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponse(status=204)
        body = problem(401, _("You are signed out."))
        return JsonResponse(body, status=401, content_type="application/problem+json")


class Unlock(Limited, FormView):
    """Proves again who it is: by the second factor, or the password of whoever has no other."""

    template_name = "account/unlock.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect("login")
        if not screen.is_locked(request):
            return HttpResponseRedirect(screen.way_back(request))
        self.by_factor = session.has_factor(request.user)
        self.purpose = "code" if self.by_factor else "password"
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[BaseForm]:
        if not self.by_factor:
            return PresentPasswordForm
        return ConfirmPasskeyForm if "credential" in self.request.POST else ConfirmCodeForm

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Whatever was tried, a code is asked for; beside it the passkey, where there is one."""
        context = super().get_context_data(**kwargs)
        context["failed"] = context["form"].errors
        context["by_provider"] = bool(session.confirmed_by_provider(self.request))
        if context["by_provider"] and not self.by_factor:  # a password would open nothing
            context["form"] = None
        if self.by_factor:
            context["form"] = ConfirmCodeForm(user=self.request.user)
        if is_mfa_enabled(self.request.user, [Authenticator.Type.WEBAUTHN]):
            context["options"] = json.dumps(begin_authentication(self.request.user))
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        if self.by_factor:
            factor = form.cleaned_data.get("credential") or form.authenticator
            post_authentication(self.request, factor, reauthenticated=True)
        else:
            reauthenticate_by_password(self.request)
        return super().form_valid(form)

    def form_invalid(self, form: object) -> HttpResponse:
        screen.failed(self.request)
        if not self.request.user.is_authenticated:
            return redirect("login")
        return super().form_invalid(form)

    def get_success_url(self) -> str:
        return screen.way_back(self.request)
