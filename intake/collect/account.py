"""An account of ODK Collect: its password, and what Collect is told of it."""

from __future__ import annotations

import base64
import json
import secrets
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from django.http import HttpRequest

    from intake.models import Phone

SIGNS, GROUP = 24, 4  # 120 bits, in groups that can be typed


@dataclass(frozen=True)
class Connected:
    """A new account, and its password, which nobody sees again."""

    phone: Phone
    password: str

    def settings(self, address: str) -> str:
        """What Collect reads as a QR code."""
        general = {
            "protocol": "odk_default",
            "server_url": address,
            "username": self.phone.user_name,
            "password": self.password,
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
            "delete_send": True,
            "analytics": False,
        }
        project = {"name": pgettext("name of the app on a phone", "Notes")}
        content = {"general": general, "admin": {"change_server": False}, "project": project}
        return base64.b64encode(zlib.compress(json.dumps(content).encode(), 9)).decode()


def new_password() -> str:
    text = base64.b32encode(secrets.token_bytes(SIGNS * 5 // 8)).decode().lower()
    return "-".join(text[at : at + GROUP] for at in range(0, SIGNS, GROUP))


def digest_of(password: str) -> bytes:
    return sha256(password.encode()).digest()


def address_of(request: HttpRequest) -> str:
    """Where Collect calls: it adds the rest."""
    whole: str = request.build_absolute_uri(reverse("intake:collect-forms"))
    return whole.removesuffix("/formList")
