"""The pages on which second factors are set up, looked at and taken away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.urls import reverse_lazy
from django.utils.functional import cached_property

from accounts import links
from accounts.sign_in import first_factor, session, sessions
from accounts.sign_in.guards import Fresh, Limited

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase


class SetUp(Fresh):
    """Shown until the first factor is there, and whenever another one is added."""

    request: Any

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """The first one of an account that only a provider can prove is set up after it did."""
        user = self.request.user
        proved = not user.is_authenticated or session.confirmed_by_provider(request)
        if not proved and first_factor.known_only_there(user):
            return first_factor.unproved(request)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def first(self) -> bool:
        return not session.has_factor(self.request.user)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"first": self.first}

    def form_valid(self, form: object) -> HttpResponse:
        """What was just shown to work counts as given in this session."""
        first = self.first
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        factors = Authenticator.objects.filter(user=self.request.user, type__in=session.FACTORS)
        newest = factors.latest("pk")
        record_authentication(
            self.request, self.request.user, "mfa", id=newest.pk, type=newest.type
        )
        if first:  # nobody who only knew the password stays
            session.renew(self.request)
            sessions.end_others(self.request)
        return response


class SetUpApp(Limited, SetUp, ActivateTOTPView):
    """The QR code, the same in letters, and one code to show that it works."""

    purpose = "code"


class AddPasskey(SetUp, AddWebAuthnView):
    """A passkey that can also sign in alone: found by the device, opened by finger or PIN."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        return context | {"options": json.dumps(begin_registration(self.request.user, True))}


class TakeAway(Fresh):
    """Taking a factor away ends all other sessions; after the last one, one is set up anew."""

    request: Any

    def form_valid(self, form: object) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        sessions.end_others(self.request)
        if not session.has_factor(self.request.user):
            session.forget_factor(self.request)
        return response


class RemoveApp(TakeAway, DeactivateTOTPView):
    pass


class RemovePasskey(TakeAway, RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")


class Security(IndexView):
    """Everything about one's own sign-in, on one page."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        mine = links.linked([self.request.user])
        return super().get_context_data(linked=bool(mine), **kwargs)


class RecoveryCodes(Fresh, ViewRecoveryCodesView):
    """Shown once, right after they were made."""


class NewRecoveryCodes(Fresh, GenerateRecoveryCodesView):
    pass
