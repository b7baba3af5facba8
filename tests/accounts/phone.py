"""A person with a password and a phone that shows codes, as they stand before the sign-in page."""

from __future__ import annotations

import html
import re
import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

PASSWORD = "Invented phrase of 4 words"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = 30


def code(secret: str = SECRET, steps: int = 0) -> str:
    """What an app shows now, or so many steps later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps))


def connect(user: Any, secret: str = SECRET) -> None:
    """The state after enrolment."""
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)


def recovery_codes(user: Any) -> list[str]:
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return row.wrap().get_unused_codes()


@dataclass
class Visitor:
    """Somebody at a browser of their own."""

    user: Any
    client: Client

    def password(self, password: str = PASSWORD, **data: str) -> Any:
        body = {"username": self.user.username, "password": password} | data
        return self.client.post("/sign-in/", body)

    def code(self, text: str | None = None) -> Any:
        return self.client.post("/sign-in/code/", {"code": text or code()})

    def sign_in(self) -> Any:
        self.password()
        return self.code()

    def enrol(self) -> Any:
        """Scan the picture, type the code."""
        page = self.client.get("/account/app/").content.decode()
        secret = re.search(r'dir="ltr">([A-Z2-7]{32})<', html.unescape(page))[1]
        return self.client.post("/account/app/", {"code": code(secret)})

    def inside(self) -> bool:
        """Whether a page of the product opens."""
        return self.client.get("/styleguide/").status_code == 200


def visitor(user: Any, **options: Any) -> Visitor:
    return Visitor(user, Client(**options))
