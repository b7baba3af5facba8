"""Signing in and out, and hiding the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpResponse

from core.web import Page

if TYPE_CHECKING:
    from django.http import HttpRequest


class SignIn(LoginView):
    redirect_authenticated_user = True


class Lock(Page):
    """Hide screen: the page covers itself first, then ends the session here."""

    permission = None

    def post(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        return HttpResponse(status=204)
