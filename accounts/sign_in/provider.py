"""An organisation's provider of identities, as far as it is believed.

django-allauth speaks the protocol: code flow, state, PKCE, audience, end. What is left to us: which
provider, that it is the one we were told of, that its answer is to our question, and no more of it
than whom it means. The answer comes from the provider itself over TLS, so that its signature adds
nothing (OpenID Connect Core 3.1.3.7). Its rows are never configured in the database, where SQL in
the session of the application could add a provider.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.dispatch import Signal
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from accounts.links import organisation
from accounts.sign_in import limits, session

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialApp, SocialLogin
    from django.http import HttpRequest, HttpResponse

turned = Signal()  # somebody who came from there was not let in
LONGEST = 191  # characters of the name of an account there: what the column holds
CLOCKS = 60  # seconds by which its clock and ours may differ
ODD = (TypeError, ValueError, KeyError, AttributeError)  # what an odd answer may raise
FAULTS = (OAuth2Error, RequestException, ProviderException, *ODD)
WORDS = {
    "away": _("%(name)s cannot be reached. Try again in a few minutes."),
    "cancelled": _("You stopped at %(name)s. Nothing has changed."),
    "again": _("This sign-in is too old or was used before. Begin once more."),
    "odd": _("The answer of %(name)s could not be checked. Tell your administrator."),
    "clock": _(
        "The answer of %(name)s is too old, or its clock differs from ours. Try again; if that does"
        " not help, tell your administrator."
    ),
    "not_asked": _(
        "%(name)s did not ask you again, or its clock differs from ours. Tell your administrator."
    ),
    "unknown": _(
        "No account here is linked to yours at %(name)s. Open the link of your invitation, or ask"
        " an administrator for one."
    ),
    "disabled": _("Your account here is disabled. Ask an administrator."),
    "other": _("At %(name)s you signed in with another account. Use the one that is linked here."),
    "linked": _("Your account is linked already. First an administrator takes that link away."),
    "taken": _("This account of %(name)s belongs to another person here. Use your own."),
    "closed": _("This step is not open any more. Begin once more."),
}


class Turned(ProviderException):
    """Not let in; `args` names one of `WORDS`."""


class Door(OpenIDConnectOAuth2Adapter):
    """One provider: its own name, its own ends, and of its answer the claims alone."""

    @property
    def openid_config(self) -> Any:
        facts, ours = super().openid_config, organisation().issuer
        ends = (facts["issuer"], facts["authorization_endpoint"], facts["token_endpoint"])
        scheme = ours.partition("://")[0]
        if facts["issuer"] != ours or any(not end.startswith(f"{scheme}://") for end in ends):
            raise Turned("odd")
        return facts

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("accounts:from-provider"))

    def complete_login(self, *args: object, **kwargs: object) -> SocialLogin:
        """Nothing of what it says is kept."""
        try:
            login = super().complete_login(*args, **kwargs)
            login.claims = login.account.extra_data["id_token"]
            login.way_out = self.openid_config.get("end_session_endpoint") or ""
        except ODD:
            raise Turned("odd") from None
        login.account.extra_data = {}
        return login


class Provider(OpenIDConnectProvider):
    oauth2_adapter_class = Door

    def extract_uid(self, answer: Any) -> str:
        """Who has no name there must not share the name of nothing with others."""
        uid = answer["id_token"][organisation().subject]
        if not isinstance(uid, str) or not uid.strip() or len(uid) > LONGEST:
            raise Turned("odd")
        return uid


class SecondFactor(AuthenticateStage):
    """Ours is not asked of whoever gave one at the provider."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if session.vouched(self.request, self.login.user):
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer


def refused(request: HttpRequest, fault: BaseException) -> HttpResponse:
    """What went wrong, in words; counted against the address, and in the history. What this
    session did not ask for is not: any page of the web can send a browser here with it."""
    code = _code(fault)
    if code not in {"away", "cancelled", "again"}:
        limits.failed([limits.of_address(request, session.PROVIDER)])
        turned.send(Turned, request=request, why=code)
    words = WORDS[code] % {"name": organisation().name}
    return render(request, "account/provider_refused.html", {"words": words}, status=400)


def _code(fault: BaseException) -> str:
    from jwt import ExpiredSignatureError, ImmatureSignatureError  # noqa: PLC0415 - seldom asked

    if isinstance(fault, Turned):
        return str(fault.args[0])
    if isinstance(fault.__cause__, ExpiredSignatureError | ImmatureSignatureError):
        return "clock"
    return "away" if isinstance(fault, RequestException) else "odd"


def check(login: SocialLogin) -> float:
    """That the answer is to this question, and when the provider asked its person, which it must
    say. Raises `Turned`."""
    claims, began = login.claims, login.state["began"]
    if claims.get("nonce") != login.state["nonce"]:
        raise Turned("odd")
    asked = claims.get("auth_time") or 0
    if not isinstance(asked, int | float):
        raise Turned("odd")
    if asked > time.time() + CLOCKS:
        raise Turned("clock")
    if asked < began - CLOCKS:
        raise Turned("not_asked")
    return float(min(asked, time.time()))


def gave_second_factor(login: SocialLogin) -> bool:
    """Whether it says so, in a word that counts here."""
    amr = login.claims.get("amr")
    words = {login.claims.get("acr"), *(amr if isinstance(amr, list) else ())}
    return bool(words & {*organisation().second_factor})
