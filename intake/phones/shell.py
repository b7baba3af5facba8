"""What a phone keeps to open without a network: two pages, the same for everybody, and their files.

Nothing in it is about a case, an office or a person. It has a neutral name and icon, for they are
seen on the home screen of the phone.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.generic import View

from core.offline import Shell
from intake.choices import for_anybody
from intake.models import BoxKind
from intake.phones.kinds import KINDS, empty_form

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE, READING = "intake/field.html", "intake/reading.html"
SCRIPTS = ("js/phone-box.js", "js/phone-reading.js")  # which the worker uses, too
FILES = (
    *("css/tokens.css", "css/base.css", "css/field.css", "css/scripts.css"),
    *("js/moments.js", "js/rescue-entry.js", "js/field.js", "js/reading.js"),
    *("js/own.js", "js/applies.js"),
    *("icons.svg", "notes.svg", "notes-192.png", "notes-512.png"),
)


def shell_context() -> dict[str, object]:
    """What the page asks: of a rescue, and of everything else by the form of its verb."""
    return for_anybody({}) | {
        "kinds": [(kind.value, kind.label) for kind in BoxKind],
        "forms": [(kind.value, kind.label, empty_form(kind)) for kind in KINDS],
    }


def shell() -> Shell:
    """Its addresses, and a mark that changes with what is there."""
    pages = [reverse(f"intake:{name}") for name in ("field", "reading", "manifest")]
    scripts = [static(name) for name in SCRIPTS]
    files = [*pages, *scripts, *map(static, FILES)]
    markup = (render_to_string(PAGE, shell_context()), render_to_string(READING))
    text = "\n".join([*files, *markup])
    return Shell(f"shell-{sha256(text.encode()).hexdigest()[:16]}", files, scripts)


class Field(View):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(None, PAGE, shell_context())


class Reading(View):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(None, READING)


class Manifest(View):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        name = pgettext("name of the app on a phone", "Notes")
        icons = [("notes.svg", "any", "image/svg+xml")]
        icons += [(f"notes-{size}.png", f"{size}x{size}", "image/png") for size in (192, 512)]
        content = {
            "name": name,
            "short_name": name,
            "start_url": reverse("intake:field"),
            "scope": "/",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#5a6570",
            "icons": [
                {"src": static(file), "sizes": sizes, "type": kind} for file, sizes, kind in icons
            ],
        }
        return JsonResponse(content, content_type="application/manifest+json")
