"""What django-allauth asks us: where one may go, what is kept encrypted, who must confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.sign_in.rekeying import hidden, opened
from accounts.sign_in.sessions import device_words
from core.services import confirmed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up here; every way on stays in this house."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """The password alone: the application may change little else of an account."""
        user.set_password(password)
        user.save(update_fields=["password", "updated_at"])

    def is_safe_url(self, url: str) -> bool:
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, {request.get_host()}, require_https=request.is_secure()
        )

    def login(self, request: HttpRequest, user: User) -> None:
        """Whoever was disabled between password and code does not get in."""
        if not type(user).objects.filter(pk=user.pk, is_active=True).exists():
            raise ImmediateHttpResponse(redirect("login"))
        super().login(request, user)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return redirect("login")

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        return not confirmed()

    def get_login_stages(self) -> list[str]:
        """As they are, but for the second factor of whoever gave one at a provider."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.sign_in.provider.SecondFactor"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: User) -> list[dict[str, object]]:
        """The second factor; the password only of those who have none."""
        methods = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"] != "reauthenticate"]
        return factors or methods

    def format_email_subject(self, subject: str) -> str:
        return subject


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted like names are."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code is wrong. Each code works once, and the app shows a new one every "
            "half minute."
        ),
    }

    def encrypt(self, text: str) -> str:
        return hidden(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        return "Casework"

    def _get_user_identifier(self, user: User) -> str:
        return str(user.get_username())

    def generate_authenticator_name(self, user: User, type: object) -> str:
        return device_words(context.request.headers.get("User-Agent", ""))

    def _get_site_name(self) -> str:
        return "Casework"
