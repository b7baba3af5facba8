"""Pages of no app: errors, the style guide, the documentation of the API."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext_lazy as _
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated
from rest_framework.views import APIView

from core.api.document import MEDIA_TYPE
from core.api.errors import page_or_problem
from core.api.own import current
from core.api.parts import part, tags
from core.files import bucket_files, disk
from core.files.bucket_files import Away
from core.forms import DayField
from core.web import Page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


def bad_request(request: HttpRequest, exception: object = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return page_or_problem(request, 413, "413.html")
    return page_or_problem(request, 400, "400.html")


def forbidden(request: HttpRequest, exception: object = None) -> HttpResponse:
    return page_or_problem(request, 403, "403.html")


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:
    return page_or_problem(request, 404, "404.html")


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or a full disk, or a database that is away: then it may be sent again."""
    if disk.noted(sys.exception()):
        answer = page_or_problem(request, 503, "503_disk.html", disk.words())
        answer["Retry-After"] = str(disk.RETRY_AFTER)
        return answer
    if isinstance(sys.exception(), Away):
        answer = page_or_problem(request, 503, "503_files.html", bucket_files.words())
        answer["Retry-After"] = str(bucket_files.AWAY.seconds)
        return answer
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        answer = page_or_problem(request, 503, "503.html")
        answer["Retry-After"] = "5"
        return answer
    return page_or_problem(request, 500, "500.html")


def too_many(request: HttpRequest, seconds: int, template: str = "429.html") -> HttpResponse:
    """Too often, whatever the limit: when to try again, in words and for programs."""
    context = {"minutes": -(-seconds // 60)}
    answer = HttpResponse(loader.get_template(template).render(context), status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Whoever signed in anew has another token. What they had typed is given back to them."""
    return page_or_problem(request, 403, "403_csrf.html", **_typed(request))


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was sent, to be sent once more by a press of its person; nothing of it where the browser
    does not say that a page of ours sent it, or where it is a password."""
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not (ours and request.user.is_authenticated):
        return {}
    sent = [pair for pair in request.POST.lists() if pair[0] != "csrfmiddlewaretoken"]
    if any("password" in name for name, _values in sent):
        return {}
    return {
        "typed": [(name, value) for name, values in sent for value in values],
        "files": bool(request.FILES),
        "action": request.get_full_path(),
        "csrf_token": get_token(request),
    }


class SampleForm(forms.Form):
    place = forms.CharField(label=_("Place"), help_text=_("As closely as is known."))
    opened_on = DayField(label=_("Opened on"))
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False)


class StyleGuide(Page):
    """Every component in all its states."""

    permission = None

    def get(self, request: HttpRequest) -> HttpResponse:
        form = SampleForm({"place": "", "opened_on": "31/2"})
        return render(request, "styleguide.html", {"form": form})


class Schema(APIView):
    """The OpenAPI document as it is kept, for everyone who is signed in and every key; with `tag`
    what is said of that noun."""

    permission_classes = (IsAuthenticated,)
    schema = None  # it does not describe itself

    def get(self, request: HttpRequest) -> HttpResponse:
        tag = request.GET.get("tag", "")
        made = part(tag) if tag in tags() else current()
        packs = "gzip" in request.headers.get("Accept-Encoding", "")
        answer = HttpResponse(made.packed if packs else made.plain, content_type=MEDIA_TYPE)
        answer["ETag"], answer["Cache-Control"] = made.tag, "private, no-cache"
        patch_vary_headers(answer, ["Accept-Encoding"])
        if packs:
            answer["Content-Encoding"] = "gzip"
        return get_conditional_response(request, etag=made.tag, response=answer) or answer


class ApiDocs(AccessMixin, SpectacularSwaggerSplitView):
    """The documentation: the nouns, and a page of each. Own assets, nothing inline, so that the CSP
    stays as it is."""

    url_name = "api-schema"
    template_name = "api_docs.html"
    schema = None

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:  # a person in a browser: a page, not problem+json
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Any, *args: object, **kwargs: object) -> Any:
        if request.GET.get("tag") in tags():
            return super().get(request, *args, **kwargs)
        return render(request, "api_tags.html", {"tags": tags()})

    def _get_schema_url(self, request: Any) -> str:
        query = urlencode({"tag": request.GET["tag"]})
        return f"{reverse(self.url_name)}?{query}"
