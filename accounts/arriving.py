"""Who goes to the provider, and what becomes of whoever comes back.

Four things bring somebody there: signing in, confirming (also to open a locked screen), linking
one's own account, and accepting an invitation. What it was is kept in the session, never in the
address. Each time the provider asks its person anew: a session there that is still open would undo
a lock, a sign-out and every limit here.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any, TypedDict

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.generic import View

from accounts import invitations, links, screen
from accounts.links import organisation
from accounts.session_store import LOCKED_AT
from accounts.sign_in import limits, provider, session
from accounts.sign_in.provider import Provider, Turned
from core.pages import too_many
from core.services import confirmed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from accounts.models import User

SIGN_IN, CONFIRM, LINK, ACCEPT = PURPOSES = ("sign-in", "confirm", "link", "accept")
ANEW = {"prompt": "login", "max_age": "0"}


class Statement(TypedDict):
    """What a session keeps of an answer: when its person was asked, whether by a second factor
    that counts, and where to sign out there."""

    asked: float
    factor: bool
    way_out: str


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Nobody signs up here; who comes back from the provider is looked at by `arrive`."""

    def get_provider(self, request: HttpRequest, *_which: object, **__: object) -> Provider:
        facts = organisation()
        app = SocialApp(
            provider=Provider.id,
            provider_id=facts.issuer,
            name=facts.name,
            client_id=facts.client_id,
            secret=facts.secret,
            settings={
                "server_url": facts.issuer.rstrip("/"),
                "uid_field": facts.subject,
                "scope": ["openid"],
                "fetch_userinfo": False,
                "oauth_pkce_enabled": True,
            },
        )
        return Provider(request, app=app)

    def is_open_for_signup(self, *_: object) -> bool:
        return False

    def populate_user(self, _request: HttpRequest, login: SocialLogin, _said: object) -> object:
        return login.user  # of the provider's words for a person none is taken over

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        arrive(request, sociallogin)

    def on_authentication_error(
        self,
        request: HttpRequest,
        _provider: object,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: Mapping[str, object] | None = None,
    ) -> None:
        if error == AuthError.CANCELLED:
            exception = Turned("cancelled")
        elif exception is None:
            exception = Turned("odd" if (extra_context or {}).get("state") else "again")
        raise ImmediateHttpResponse(provider.refused(request, exception))


class _Offered(View):
    """Not there while there is no provider, whatever the method."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        organisation()
        return super().dispatch(request, *args, **kwargs)


class ToProvider(_Offered):
    """By a press only: no other page sends anybody there."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        purpose = request.POST.get("purpose", SIGN_IN)
        if not _is_open(request, purpose):
            return HttpResponseRedirect(reverse("login"))
        if wait := limits.begin([limits.of_address(request, session.PROVIDER)]):
            return too_many(request, wait, "account/too_many.html")
        nonce = secrets.token_urlsafe(24)
        kept = {"purpose": purpose, "nonce": nonce, "began": time.time()}
        going = {"process": "login", "next_url": get_next_redirect_url(request)}
        try:
            there = get_adapter().get_provider(request)
            asked: HttpResponse = there.redirect(
                request, **going, **kept, auth_params={"nonce": nonce} | ANEW
            )
        except provider.FAULTS as fault:
            return provider.refused(request, fault)
        return asked


class FromProvider(_Offered):
    """Where the provider sends back to."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        door = provider.Door(request, organisation().issuer)
        view = OAuth2CallbackView.adapter_view(door)
        try:
            answer: HttpResponse = view(request)
        except provider.ODD as fault:
            return provider.refused(request, fault)
        return answer


def arrive(request: HttpRequest, login: SocialLogin) -> None:
    """Judge who came back. Returns for whoever is to be signed in; raises `Turned`, or with where
    to go. What is odd in the answer is found before anything is done."""
    statement, purpose = _said(login), login.state["purpose"]
    login.token = None  # it would be kept in the session until the second factor is given
    if not _is_open(request, purpose):
        raise Turned("closed")
    if purpose in {CONFIRM, LINK}:
        there = _confirm(request, login, statement) if purpose == CONFIRM else _link(request, login)
        raise ImmediateHttpResponse(HttpResponseRedirect(there))
    with transaction.atomic():  # an invitation of whom this turns away stays open
        if purpose == ACCEPT:
            user = _accept(request, login)
        else:
            user = login.user if login.is_existing else None
        _let_in(request, login, user, statement)


def _said(login: SocialLogin) -> Statement:
    asked = provider.check(login)
    factor = provider.gave_second_factor(login)
    return {"asked": asked, "factor": factor, "way_out": login.way_out}


def _let_in(
    request: HttpRequest, login: SocialLogin, user: User | None, statement: Statement
) -> None:
    if user is None:
        raise Turned("unknown")
    if not user.is_active:
        raise Turned("disabled")
    if request.user.is_authenticated:
        logout(request)
    clear_login(request)
    request.session[session.DEMONSTRATION] = False
    login.user = user
    record_authentication(request, user, session.PROVIDER, **statement)


def _is_open(request: HttpRequest, purpose: str) -> bool:
    """Whether this session may do this now. What links asks for a whole session that has confirmed
    and whose screen is open: else a password alone, or an open desk, would be enough."""
    inside = request.user.is_authenticated
    if purpose == CONFIRM:
        return inside and bool(session.confirmed_by_provider(request))
    if purpose == LINK:
        unlocked = inside and not screen.is_locked(request)
        return unlocked and session.is_full(request) and confirmed()
    if purpose == ACCEPT:
        return invitations.find(invitations.link_opened(request)) is not None
    return purpose == SIGN_IN and not inside


def _confirm(request: HttpRequest, login: SocialLogin, statement: Statement) -> str:
    if login.state["began"] <= request.session.get(LOCKED_AT, 0):  # by our clock alone
        raise Turned("closed")
    if login.user != request.user:
        if screen.is_locked(request):
            screen.failed(request)
        raise Turned("other")
    record_authentication(request, login.user, session.PROVIDER, **statement, reauthenticated=True)
    return login.state.get("next") or screen.way_back(request)


def _link(request: HttpRequest, login: SocialLogin) -> str:
    me: Any = request.user  # inside, as `_is_open` said
    if links.digests(me):
        raise Turned("linked")
    if login.is_existing or not links.link(me, login.account.uid):
        raise Turned("taken")
    social_account_added.send(SocialLogin, request=request, sociallogin=login)
    return reverse("mfa_index")


def _accept(request: HttpRequest, login: SocialLogin) -> User | None:
    digest = invitations.link_opened(request)
    invitation = invitations.find(digest)
    if login.is_existing and invitation and login.user != invitation.user:
        raise Turned("taken")
    user = invitations.accept(digest, uid=login.account.uid)
    request.session.pop(invitations.KEPT, None)
    return user
