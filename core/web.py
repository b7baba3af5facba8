"""Base classes for pages: signed in, then permission, then scope, then one service call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from core.idempotency import MAX_LENGTH
from core.services import Refused, Stale

if TYPE_CHECKING:
    from django.forms import Form

    from core.services import Service


def sent_version(request: HttpRequest) -> int:
    """The version of the row the form was made from; 0, which none has, for anything odd."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def sent_key(request: HttpRequest) -> str:
    """The idempotency key of the form; nothing for anything odd."""
    key = request.POST.get("key", "")
    return key if key.isprintable() and len(key) <= MAX_LENGTH else ""


class Page(AccessMixin, View):
    """A page for signed-in people. `permission` None: everyone who is signed in."""

    permission: ClassVar[str | None]
    http_method_names = ["get", "post", "head", "options"]  # form views would answer PUT, too

    @property
    def actor(self) -> Any:
        """The signed-in person."""
        return self.request.user

    def needed(self) -> list[str]:
        return [self.permission] if self.permission else []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        for permission in self.needed():
            if not request.user.has_perm(permission):
                raise PermissionDenied(permission)
        try:
            return super().dispatch(request, *args, **kwargs)
        except Stale:
            return render(request, "409.html", {"stale": True}, status=409)
        except Refused as refusal:
            return render(request, "409.html", {"refusal": str(refusal)}, status=409)


class RowPage(Page):
    """A page about one row. Permission missing: 403. Row out of scope or unknown: one 404."""

    model: Any
    service: ClassVar[Service[..., Any] | None] = None
    permission = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and self.target:  # 404 before 403: no hint that it exists
            return super().dispatch(request, *args, **kwargs)
        return self.handle_no_permission()

    def needed(self) -> list[str]:
        return [self.service.permission] if self.service else [self.model.access.view]

    def rows(self) -> Any:
        return self.model.objects.visible_to(self.request.user)

    @cached_property
    def target(self) -> Any:
        row = self.rows().filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row


class VerbPage(RowPage, FormView):
    """A page that is one verb on one row: validate, call the service, go back to the record."""

    service: ClassVar[Service[..., Any]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(target=self.target, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            self.service(self.target, actor=self.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return HttpResponseRedirect(self.target.get_absolute_url())

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)
