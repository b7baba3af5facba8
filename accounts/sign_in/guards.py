"""What stands before a page of signing in: how often one may try, and whether one has confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseRedirect, QueryDict

from accounts.sign_in import limits
from core.pages import too_many
from core.services import confirmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse, HttpResponseBase


class Limited:
    """A page on which a secret is tried. Too often: 429, how long to wait, nothing looked at."""

    purpose = "password"
    refused = 400
    request: HttpRequest
    tries: Sequence[limits.Counter]

    def who(self) -> str:
        """The user name the tries count against, in whatever spelling."""
        return str(self.request.user.get_username())

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.tries = limits.counters(request, self.purpose, self.who())
        wait = limits.begin(self.tries)
        if wait:
            limits.limited.send(type(self), request=request, user=request.user, name=self.who())
            return too_many(request, wait, "account/too_many.html")
        return super().post(request, *args, **kwargs)  # type: ignore[misc]

    def form_valid(self, form: object) -> HttpResponse:
        limits.forgive(self.tries)
        return super().form_valid(form)  # type: ignore[misc]

    def form_invalid(self, form: object) -> HttpResponse:
        limits.failed(self.tries)
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = self.refused
        return response


class Fresh:
    """A page for whoever confirmed in the last minutes; others confirm, then come back."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and not confirmed():
            query = QueryDict(mutable=True)
            query["next"] = request.path
            return HttpResponseRedirect(f"{settings.STEP_UP_URL}?{query.urlencode()}")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
