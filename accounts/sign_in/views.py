"""The pages on which one says who one is: to sign in, and again before a grave step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import BaseReauthenticateView
from allauth.core.internal.httpkit import add_query_params
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import render

from accounts.links import organisation
from accounts.sign_in import limits, session
from accounts.sign_in.demo import PASSWORD
from accounts.sign_in.forms import PresentPasswordForm, SignInForm
from accounts.sign_in.guards import Limited

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

# Never "storage", where a phone keeps what waits unsent, and never "cookies", by which a device is
# known to its owner.
CLEARED = '"cache", "prefetchCache", "prerenderCache"'


class Options:
    """What the browser needs to ask for a passkey, as the text of one attribute."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"options": json.dumps(context["js_data"]["request_options"])}


class SignIn(Limited, LoginView):
    """User name and password. Right ones lead to the second factor, where there is one."""

    refused = 200
    redirect_authenticated_user = True
    template_name = "account/login.html"
    form_class = SignInForm

    def who(self) -> str:
        return self.request.POST.get("username", "")

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        limits.forgive(self.tries)
        clear_login(self.request)
        user = form.get_user()
        printed = form.cleaned_data["password"] == PASSWORD
        self.request.session[session.DEMONSTRATION] = settings.DEMO and printed
        login = Login(user=user, redirect_url=self.get_success_url())
        return perform_password_login(self.request, {}, login)


class SignOut(LogoutView):
    """Pages the browser still holds, to go back to, go with the session. One that began at the
    organisation's provider ends there as well."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        there = session.way_out(request)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        if there:
            here = request.build_absolute_uri(answer["Location"])
            query = {"client_id": organisation().client_id, "post_logout_redirect_uri": here}
            answer["Location"] = add_query_params(there, query)
        answer["Clear-Site-Data"] = CLEARED
        return answer


class Code(Limited, Options, AuthenticateView):
    """The second factor of a sign-in: the code of an app, a recovery code, or a passkey."""

    purpose = "code"

    def who(self) -> str:
        return str(self.stage.login.user.get_username())

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        passkeys = is_mfa_enabled(self.stage.login.user, [Authenticator.Type.WEBAUTHN])
        return context if passkeys else context | {"options": ""}


class Passkey(LoginWebAuthnView):
    """Signing in with nothing but a passkey, which cannot be guessed."""

    def form_invalid(self, form: object) -> HttpResponse:
        context = {"form": SignInForm(self.request), "passkey_failed": True}
        return render(self.request, "account/login.html", context, status=400)


class ConfirmPassword(Limited, LoginRequiredMixin, BaseReauthenticateView):
    """Where every step-up begins. Who has a second factor is sent on to it; who signed in by the
    organisation's provider goes there before."""

    form_class = PresentPasswordForm
    template_name = "account/reauthenticate.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if session.must_ask(request):
            return render(
                request, "account/provider.html", {"next": get_next_redirect_url(request)}
            )
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: object) -> HttpResponse:
        reauthenticate_by_password(self.request)
        return super().form_valid(form)


class ConfirmCode(Limited, ReauthenticateView):
    purpose = "code"


class ConfirmPasskey(Options, ReauthenticateWebAuthnView):
    def form_invalid(self, form: object) -> HttpResponse:
        context = self.get_context_data(form=form) | {"passkey_failed": True}
        return self.render_to_response(context, status=400)
