"""Hiding the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@method_decorator(csrf_exempt, name="dispatch")
class Lock(View):
    """Hide screen: the page covers itself first, then ends the session here.

    Must work with an outdated token, too: a screen that stays open is worse than a session that
    ends. Another site cannot press it, since the session cookie is SameSite.
    """

    def post(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        return redirect("login")
