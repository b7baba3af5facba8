"""How people sign in: what django-allauth is told; limits are ours (`accounts/sign_in`)."""

from datetime import timedelta

_django = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_django}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.sign_in.passwords.NotTooLong"},
    {"NAME": f"{_django}.CommonPasswordValidator"},
    {
        "NAME": f"{_django}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "accounts.sign_in.passwords.NotOurWords"},
]

PASSWORD_RESET_TIMEOUT = int(timedelta(hours=1).total_seconds())
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "login"
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = int(timedelta(minutes=15).total_seconds())  # idle time, renewed by use
SESSION_LONGEST = timedelta(hours=12)  # from the moment of sign-in, however busy
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# The screen of someone who does nothing: on a phone, in the office (decisions.md "Times").
SCREEN_COVERS_AFTER = timedelta(minutes=2), timedelta(minutes=10)
SCREEN_LOCKS_AFTER = timedelta(minutes=5), timedelta(minutes=10)
SCREEN_WARNS_BEFORE = timedelta(minutes=2)
LIVE_URL = "/live/"  # what an open page asks by itself: no sign of anybody
STEP_UP_URL = "/account/confirm/"
STEP_UP_WITHIN = timedelta(minutes=5)

_sign_in = "accounts.sign_in"
ACCOUNT_ADAPTER = f"{_sign_in}.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]  # nobody signs up; a check of theirs wants it named
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = (  # theirs would copy addresses into a table of its own
    "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
)
ACCOUNT_FORMS = {
    "change_password": f"{_sign_in}.forms.ChangeForm",
    "reset_password": f"{_sign_in}.forms.ForgottenForm",
    "reset_password_from_key": f"{_sign_in}.forms.NewPasswordForm",
    "reauthenticate": f"{_sign_in}.forms.PresentPasswordForm",
}
SOCIALACCOUNT_ADAPTER = "accounts.arriving.ProviderAdapter"
MFA_ADAPTER = f"{_sign_in}.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are entered by us, not by those who sign up
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_FORMS = {
    "authenticate": f"{_sign_in}.forms.CodeForm",
    "reauthenticate": f"{_sign_in}.forms.ConfirmCodeForm",
    "activate_totp": f"{_sign_in}.forms.ActivateAppForm",
    "add_webauthn": f"{_sign_in}.forms.AddPasskeyForm",
    "authenticate_webauthn": f"{_sign_in}.forms.PasskeyForm",
    "login_webauthn": f"{_sign_in}.forms.PasskeySignInForm",
    "reauthenticate_webauthn": f"{_sign_in}.forms.ConfirmPasskeyForm",
}
