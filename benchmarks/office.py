"""Someone who calls: an office, a person, a key, and requests as a server would pass them on."""

from __future__ import annotations

import io
import itertools
import json
import sys
from typing import Any

NUMBERS = itertools.count(1)


class Caller:
    """Sends one body to a WSGI application, as a server would."""

    def __init__(self, application: Any, path: str, key: str, body: Any = None) -> None:
        self.application = application
        self.body = b"" if body is None else json.dumps(body).encode()
        address, _, query = path.partition("?")
        self.environ = {
            "REQUEST_METHOD": "POST" if self.body else "GET",
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_AUTHORIZATION": f"Bearer {key}",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

    def __call__(self) -> bytes:
        said: list[str] = []
        environ = self.environ | {
            "wsgi.input": io.BytesIO(self.body),
            "HTTP_IDEMPOTENCY_KEY": f"key-{next(NUMBERS)}",
        }
        response = self.application(environ, lambda status, _headers: said.append(status))
        answer = b"".join(response)
        response.close()
        if said not in (["201 Created"], ["200 OK"]):
            raise SystemExit(f"{self.environ['PATH_INFO']} answered {said}: {answer[:300]!r}")
        return answer


def people(role: str) -> str:
    """An office, someone who works there, and a key; returns the key's text."""
    from accounts import keys  # noqa: PLC0415 - models need the scratch database
    from accounts.models import Office, User  # noqa: PLC0415
    from places.models import Jurisdiction  # noqa: PLC0415

    place = Jurisdiction.objects.get(code="IN-WB-KOL")
    office = Office.objects.create(code="kolkata", prefix="KOL", name="Kolkata", jurisdiction=place)
    user = User.objects.create(username="field", name="Invented Person")
    joined(user, office, role)
    return keys.make(user)[1]


def joined(user: Any, office: Any, role: str) -> None:
    """As the owner: roles are given by verbs alone, with a second person."""
    from accounts.models import Membership  # noqa: PLC0415

    Membership.objects.using("plain").create(user=user, office=office, role=role)


def key_of(username: str) -> str:
    """A key of somebody who is there already."""
    from accounts import keys  # noqa: PLC0415 - models need the scratch database
    from accounts.models import User  # noqa: PLC0415

    return keys.make(User.objects.get(username=username))[1]
