"""Devices on which an account has fully signed in before. They open nothing: a device that is
known has a count of failed tries of its own, so that strangers cannot lock its owner out."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SALT = "accounts.device"
LIFETIME = timedelta(days=365)
MOST = 8  # accounts remembered on one shared device


def spelling(name: str) -> str:
    """A user name or address as the forms clean it before they look: no blanks, no wide letters."""
    return unicodedata.normalize("NFKC", name).strip()


def account(name: str) -> str:
    """Stands for a user name or address where none may be kept; capitals make no difference."""
    return salted_hmac(SALT, spelling(name).casefold()).hexdigest()[:32]


def device_number(request: HttpRequest, username: str) -> str | None:
    """The number of this device, if this account has signed in on it."""
    return _read(request).get(account(username))


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Make the device known to the account that is signed in."""
    numbers, mine = _read(request), account(request.user.get_username())
    if mine in numbers:
        return
    kept = dict(list(numbers.items())[-MOST + 1 :]) | {mine: secrets.token_hex(8)}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(kept, salt=SALT),
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, str]:
    text = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        numbers: dict[str, str] = signing.loads(text, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return {}
    return numbers
