"""The addresses of signing in, by the names under which django-allauth asks for them."""

from allauth.account.views import (
    PasswordResetDoneView,
    PasswordResetFromKeyDoneView,
    PasswordResetFromKeyView,
)
from django.urls import path, re_path

from accounts.sign_in import factors, passwords, sessions, views

sign_in, sign_out = views.SignIn.as_view(), views.SignOut.as_view()

urlpatterns = [
    path("sign-in/", sign_in, name="login"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-out/", sign_out, name="logout"),
    path("sign-out/", sign_out, name="account_logout"),
    path("sign-in/code/", views.Code.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", views.Passkey.as_view(), name="mfa_login_webauthn"),
    path("account/confirm/", views.ConfirmPassword.as_view(), name="account_reauthenticate"),
    path("account/confirm/code/", views.ConfirmCode.as_view(), name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        views.ConfirmPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/security/", factors.Security.as_view(), name="mfa_index"),
    path("account/app/", factors.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("account/app/remove/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("account/passkeys/add/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/remove/",
        factors.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/recovery-codes/", factors.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"
    ),
    path(
        "account/recovery-codes/new/",
        factors.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("account/password/", passwords.Change.as_view(), name="account_change_password"),
    path("account/sessions/", sessions.Sessions.as_view(), name="usersessions_list"),
    path("password/forgotten/", passwords.Forgotten.as_view(), name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        PasswordResetDoneView.as_view(),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        PasswordResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        PasswordResetFromKeyDoneView.as_view(),
        name="account_reset_password_from_key_done",
    ),
]
