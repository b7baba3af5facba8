"""A client of the REST interface, as a partner's program would be one."""

from __future__ import annotations

import json
from typing import Any

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
