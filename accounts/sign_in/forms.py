"""The forms of signing in, in words of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.forms import ChangePasswordForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from accounts import links
from accounts.sign_in import first_factor
from accounts.sign_in.demo import PASSWORD
from core.languages import spoken_to

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

    from accounts.models import User

STEP_LIFETIME = 120  # seconds; longer than a code of three steps can live
ODD = (TypeError, ValueError, KeyError, AttributeError)  # what a hostile credential may raise


class SignInForm(AuthenticationForm):
    """Outside the demonstration its printed password opens nothing."""

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if self.cleaned_data["password"] == PASSWORD and not settings.DEMO:
            raise self.get_invalid_login_error()


def _code_field(label: StrOrPromise, mode: str) -> forms.CharField:
    marks = {"autocomplete": "one-time-code", "inputmode": mode, "autofocus": True}
    return forms.CharField(label=label, max_length=32, widget=forms.TextInput(attrs=marks))


def spend(user: User, code: str) -> None:
    """A code of the app counts once, whichever page it is given on."""
    digits = "".join(code.split())
    if not cache.add(f"spent:{user.pk}:{digits}", 1, STEP_LIFETIME):
        raise get_adapter().validation_error("incorrect_code")


class _Code(forms.Form):
    """A code of the app, or one of the recovery codes."""

    user: Any
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(_("Code from your app, or a recovery code"), "numeric")

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            spend(self.user, code)
        return code


class CodeForm(_Code, AuthenticateForm):
    pass


class ConfirmCodeForm(_Code, ReauthenticateForm):
    pass


class ActivateAppForm(ActivateTOTPForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(_("The six digits that the app shows"), "numeric")

    def clean_code(self) -> str:
        code = super().clean_code()
        spend(self.user, code)
        return code


class _Passkey:
    """Whatever a browser sends as its credential, a wrong one is only wrong."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ODD:
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeySignInForm(_Passkey, LoginWebAuthnForm):
    pass


class PasskeyForm(_Passkey, AuthenticateWebAuthnForm):
    pass


class ConfirmPasskeyForm(_Passkey, ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(AddWebAuthnForm):
    """Every passkey is one that asks for a finger, a face or a PIN: two factors in one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["name"] = forms.CharField(label=_("Name of this device"), max_length=60)

    def clean(self) -> dict[str, object]:
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean()
        except ODD:
            raise get_adapter().validation_error("incorrect_code") from None


class _NewPassword(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = _(
            "At least 12 characters. A few unrelated words are best. Do not use your name "
            "or words of this work."
        )
        self.fields["password2"].label = _("The same once more")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class NewPasswordForm(_NewPassword, ResetPasswordKeyForm):
    pass


class ChangeForm(_NewPassword, ChangePasswordForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Present password")
        self.fields["oldpassword"].help_text = ""


class PresentPasswordForm(forms.Form):
    """Confirms who it is for an account that has nothing but a password."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise account_adapter().validation_error("incorrect_password")
        return password


class ForgottenForm(ResetPasswordForm):
    """One mail goes to the address that was typed, whether somebody works here or not."""

    users: list[User]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def save(self, request: HttpRequest, **kwargs: object) -> str:
        email: str = self.cleaned_data["email"]
        # Whom an invitation linked to the organisation's provider has no password to forget.
        others = links.linked(user for user in self.users if not user.has_usable_password())
        self.users = [
            user
            for user in self.users
            if user.pk not in others and not first_factor.known_only_there(user)
        ]
        if self.users:
            with spoken_to(self.users[0]):  # not to whoever asked for it
                return super().save(request, **kwargs)
        account_adapter().send_mail("account/email/unknown_account", email, {})
        return email
