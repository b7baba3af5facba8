"""A client of the REST interface, as a partner's program would be one."""

from __future__ import annotations

import json
import re
import time
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as STEPS
from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from django.utils.functional import cached_property

from accounts import keys
from accounts.session_store import SessionStore
from accounts.sign_in.session import MARK
from core.api.errors import CODES, CONTENT_TYPE, OF_FIELDS
from core.refusals import CODES as RULES
from tests.factories.knowing import HERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LISTED = {*CODES, *OF_FIELDS, *RULES.values()}
AGES = timedelta(days=100 * 365)
NEW_EACH_TIME = re.compile(r'(csrfmiddlewaretoken|name="key")[^>]*? value="[^"]*"|nonce="[^"]*"')


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written here is rolled back.

    Many calls in one transaction need it: each writes a version of the row of its session, which
    the next one looks for among all of them.
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def lasting(answer: Any) -> str:
    """What a page says, but for what is new in every answer."""
    text = answer.content.decode().replace(answer["X-Request-ID"], "")
    return NEW_EACH_TIME.sub("", text)


def route_of(sent: Sequence[Any]) -> str:
    """Of what is sent to a path, and what goes with it, the path without the ids of its rows."""
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{id}", sent[0])


def needs_a_person(method: str, path: str) -> bool:
    """Whether this call wants a second factor, which no key can show."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    action = getattr(view, "actions", {}).get(method.lower())
    verb = getattr(getattr(view, "cls", None), "services", {}).get(action)
    return bool(verb and verb.fresh)


def as_listed(answer: Any) -> Any:
    """Of a refusal every code is one that the document lists, and that of a rule is its own."""
    if answer.get("Content-Type") == CONTENT_TYPE and answer.content:
        told = answer.json()
        assert told["code"] != "refused", told
        codes = {told["code"], *chain(*told.get("codes", {}).values())}
        assert codes <= LISTED, told
    return answer


class ApiClient:
    """Calls below /api/v1/ with a real key. `call` returns the response; `.json()` its body.

    What needs a person with a second factor is called in a session of that person.
    """

    def __init__(self, user: Any) -> None:
        self.user = user
        # In force by the clock of the database, whatever day a test has travelled to.
        with override_settings(KEY_LIFETIME=AGES):
            _row, self.key = keys.make(user)
        self.client = Client(raise_request_exception=False)

    @cached_property
    def person(self) -> Client:
        """The same person in a session, with a second factor."""
        client = Client(raise_request_exception=False)
        client.force_login(self.user)
        return client

    def sign_in_again(self) -> None:
        """The last second factor is too long ago for what wants one just now."""
        self.__dict__.pop("person", None)
        assert self.person  # now: signing in leaves a line in the history

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        text = body if isinstance(body, bytes | str) else json.dumps(body or {})
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        client = self.client
        if needs_a_person(method, f"/api/v1/{path}"):
            client = self.person
        else:
            sent = {"Authorization": f"Bearer {self.key}"} | sent
        return as_listed(
            client.generic(
                method, f"/api/v1/{path}", text, content_type="application/json", headers=sent
            )
        )

    def get(self, path: str, **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {self.key}"} | headers
        return as_listed(self.client.get(f"/api/v1/{path}", headers=sent))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("PATCH", path, body, **headers)


def force_login(client: Client, user: Any, backend: str | None = None, **more: Any) -> None:
    """As Django's, with the secret of the session in the cookie; `more` is in it, too. The session
    is written once, when all is in it; who signs in by the form has it written three times."""
    request = HttpRequest()
    request.session = session = SessionStore()
    session.clear()
    session._session_key = session._get_new_session_key()
    session.cycle_key = lambda: None
    login(request, user, backend)
    session.update(more)
    session.save(must_create=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.cookie


def sign_in_fully(client: Client, user: Any, backend: str | None = None) -> None:
    """Stands for `Client.force_login`: what it makes counts as a sign-in with a second factor."""
    factor = {"method": "mfa", "at": time.time(), "type": "totp"}
    force_login(client, user, backend, **{STEPS: [factor], WHOSE: str(user.pk), MARK: str(HERE)})
