"""A client of the REST interface, as a partner's program would be one."""

from __future__ import annotations

import json
import time
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as STEPS
from django.test import Client

from accounts import keys


class ApiClient:
    """Calls below /api/v1/ with a real key. `call` returns the response; `.json()` its body."""

    def __init__(self, user: Any) -> None:
        self.user = user
        _row, self.key = keys.make(user)
        self.client = Client(raise_request_exception=False)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        text = body if isinstance(body, bytes | str) else json.dumps(body or {})
        sent = {"Authorization": f"Bearer {self.key}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self.client.generic(
            method, f"/api/v1/{path}", text, content_type="application/json", headers=sent
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(
            f"/api/v1/{path}", headers={"Authorization": f"Bearer {self.key}"} | headers
        )

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("PATCH", path, body, **headers)


def sign_in_fully(client: Client, user: Any, backend: str | None = None) -> None:
    """Stands for `Client.force_login`: what it makes counts as a sign-in with a second factor."""
    force_login(client, user, backend)
    session = client.session
    session[STEPS] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session[WHOSE] = str(user.pk)
    session.save()


force_login = Client.force_login  # as Django has it
