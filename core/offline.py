"""Without a connection: one page that says so, and the script that keeps it on the device.

Nothing else is kept there (docs/adr/0066-states-of-a-page.md): the page is the same for everybody
and is fetched without cookies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.generic import View

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# What the page is drawn with.
FILES = (
    "css/tokens.css",
    "css/base.css",
    "css/plain.css",
    "css/wide.css",
    "fonts/atkinson-hyperlegible-next.woff2",
    "favicon.svg",
    "icons.svg",
)


class Offline(View):
    """Shown by the script in the place of a page that could not be fetched."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(None, "offline.html")


class Worker(View):
    """The script, at the root of the site because it stands before all pages."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        kind = "text/javascript; charset=utf-8"
        script = render(None, "offline_worker.js", {"files": FILES}, content_type=kind)
        script["Cache-Control"] = "max-age=86400"  # a browser looks for a newer one on every page
        return script
