"""Without a connection: a script in the browser that says so in the place of a page.

The page is part of the script, so that the device keeps nothing else; but a phone that is enrolled
keeps a shell, pages that are the same for everybody and say nothing of a case.

A worker that keeps pages keeps names, on a phone that is taken away: so it looks at no other page,
which the browser fetches by itself (navigation preload). To take the worker away, serve at its
address a script that calls `registration.unregister()`. The style of the page stands here, since no
style sheet reaches it.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.generic import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from core.access import Actor, ScopedQuerySet

STYLE = (
    ":root{color-scheme:light dark}"
    "body{max-inline-size:28rem;margin:12vh auto;padding:0 1rem;"
    "font:1.0625rem/1.6 system-ui,sans-serif}"
    "h1{font-size:1.375rem;line-height:1.4}"
    "a{display:inline-block;padding:.7rem 1.2rem;border:2px solid;border-radius:8px;"
    "color:inherit;font-weight:600;text-decoration:none}"
    ":lang(my),:lang(km){line-height:1.85}"
)
# The only style of the only page that no server sends; nothing else in it is allowed.
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


@dataclass(frozen=True)
class Shell:
    """What an enrolled phone keeps: under a name that changes with it, these addresses; and scripts
    that the worker uses as well."""

    name: str
    files: list[str]
    scripts: list[str]


# Of the app that has them: what a phone keeps, and what came back from one and waits for somebody.
shells: list[Callable[[], Shell]] = []
came_back: list[Callable[[Actor], ScopedQuerySet]] = []
A_DAY = 86_400  # seconds; a browser asks for a newer script no later than that


class Worker(View):
    """The script, at the root of the site because it stands before all pages."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        page = render_to_string("offline.html", {"style": STYLE})
        script = render(
            None,
            "offline_worker.js",
            {"page": page, "policy": POLICY, "shells": [made() for made in shells]},
            content_type="text/javascript; charset=utf-8",
        )
        script["Cache-Control"] = f"private, max-age={A_DAY}"
        return script
