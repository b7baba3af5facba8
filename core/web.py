"""Base classes for pages: signed in, then permission, then scope, then one service call."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from core import audit, idempotency, refusals, stale_edits
from core.days import clock
from core.drafts import DraftsOfForm
from core.hints import hinted
from core.services import Refused, Stale, StepUp, confirmed
from core.verbs import undo
from core.verbs.forms import filled, form_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase


class Page(AccessMixin, View):
    """A page for signed-in people. With a `model` about one row; out of scope or unknown, 404.

    `permission` None: that of its verb, or to see such rows; without either, everyone signed in.
    """

    permission: ClassVar[str | None]
    service: ClassVar[Any] = None
    button: ClassVar[Any] = ""  # beside a row, where the label of the verb says too much there
    model: Any = None
    http_method_names = ["get", "post", "head", "options"]  # form views would answer PUT, too

    @property
    def actor(self) -> Any:
        """The signed-in person."""
        return self.request.user

    @property
    def version(self) -> int:
        """The version of the row the form was made from; 0, which none has, for anything odd."""
        text = self.request.POST.get("version", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    @property
    def key(self) -> str:
        """The idempotency key of the form; nothing for anything odd."""
        key = self.request.POST.get("key", "")
        return key if key.isprintable() and len(key) <= idempotency.MAX_LENGTH else ""

    @property
    def is_about_a_row(self) -> bool:
        return self.model is not None and "pk" in self.kwargs

    def rows(self) -> Any:
        """Those that this person may see."""
        rows = self.model.objects.visible_to(self.request.user)
        beside = getattr(self.model, "shown_with", ())
        return rows.select_related(*beside) if beside else rows

    @cached_property
    def target(self) -> Any:
        row = self.rows().filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        clock.go_by_office_of(row, self.actor)
        return row

    def before(self) -> str:
        """The page that offers this button."""
        here = self.is_about_a_row and getattr(self.target, "get_absolute_url", None)
        return str(here()) if here else reverse(settings.LOGIN_REDIRECT_URL)

    def needed(self) -> list[str]:
        if not (self.service or self.model):
            return [self.permission] if self.permission else []
        of_its_own = self.service.permission if self.service else self.model.access.view
        return [held] if (held := getattr(self, "permission", None) or of_its_own) else []

    def require(self) -> None:
        if self.is_about_a_row and not self.target:  # before 403: no hint that it exists
            raise Http404
        for permission in self.needed():
            if not self.actor.has_perm(permission):
                raise PermissionDenied(permission)

    def step_up(self) -> HttpResponse:
        """Ask for the second factor, then come back here."""
        query = QueryDict(mutable=True)
        query["next"] = self.request.get_full_path() if hasattr(self, "get") else self.before()
        return HttpResponseRedirect(f"{settings.STEP_UP_URL}?{query.urlencode()}")

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.require()
        if self.service and self.service.fresh and request.method != "POST" and not confirmed():
            return self.step_up()  # before anything is typed
        try:
            return self.handle(request, *args, **kwargs)
        except StepUp:
            return self.step_up()
        except Stale as stale:
            return self.refuse(changed=stale_edits.changed(stale.current))
        except Refused as refusal:
            return self.refuse(refusal=str(refusal))

    def handle(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """By the method, for whoever may be here. The page that comes next says what was done."""
        return undo.told_after(request, partial(super().dispatch, request, *args, **kwargs))

    def refuse(self, **why: object) -> HttpResponse:
        if self.is_about_a_row:
            audit.read(f"{self.model._meta.model_name}.refusal", self.target, actor=self.actor)
        return render(self.request, "409.html", {**why, "back_url": self.before()}, status=409)


class StepPage(Page):
    """The step buttons of a row with a workflow; `service` takes the step."""

    def post(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        step = request.POST.get("step", "")
        self.service(self.target, step=step, version=self.version, actor=self.actor)
        return HttpResponseRedirect(self.target.get_absolute_url())


class FormPage(Page, FormView):
    """A page that asks, acts and goes on; a refusal stands on the form, in words.

    So does what somebody else changed meanwhile, beside what was typed; nothing typed is lost.

    A page that names a verb needs nothing else. Its form is the plain one, made of `form_base`; its
    title the label of the verb, its lead the summary. A verb that takes a version changes the
    row as it was read, which fills the form. Any other is done `once`, though it is sent twice.
    """

    form_base: ClassVar[Any] = forms.Form
    title: Any = ""
    intro: Any = ""
    submit_label: Any = ""
    once: ClassVar[bool | None] = None  # where the signature does not say it
    done_to: ClassVar[str] = ""  # what beside the row the verb is done to; none: the row itself
    takes_files = False
    keeps_drafts: ClassVar[bool] = True  # of what is typed and not saved
    spent = False
    given_back: Any = None  # what the verb gave back

    @classmethod
    def as_view(cls, **given: object) -> Callable[..., HttpResponseBase]:
        chosen = cls.form_class or cls.get_form_class is not FormView.get_form_class
        if cls.service and not chosen:
            given.setdefault("form_class", form_of(cls.service, cls.form_base))
        return super().as_view(**given)

    @cached_property
    def drafts(self) -> DraftsOfForm:
        return DraftsOfForm(self.request, self.keeps_drafts, self.takes_files)

    @property
    def subject(self) -> Any:
        """What the verb is done to."""
        return getattr(self.target, self.done_to) if self.done_to else self.target

    def current(self) -> int:
        """The version that it has now."""
        version: int = self.subject.version
        return version

    @property
    def takes_version(self) -> bool:
        return self.service is not None and self.service.takes_version

    @property
    def is_once(self) -> bool:
        return self.once if self.once is not None else bool(self.service) and not self.takes_version

    def get_initial(self) -> dict[str, object]:
        first = super().get_initial()
        return first | filled(self.get_form_class(), self.target) if self.takes_version else first

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | self.drafts.given

    def get_form(self, form_class: Any = None) -> Any:
        return hinted(super().get_form(form_class), self.actor)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = {"title": self.title, "intro": self.intro, "submit_label": self.submit_label}
        if self.service and (label := self.service.label):
            context |= {"title": self.title or label, "intro": self.intro or _(self.service.lead)}
        if self.is_about_a_row:
            context["target"] = self.target
        if self.takes_version:
            context["version"] = self.version or self.drafts.version or self.current()
        if self.is_once:
            context["key"] = ("" if self.spent else self.key) or uuid.uuid4()
        return self.drafts.shown(super().get_context_data(**(context | kwargs)))

    def render_to_response(self, context: dict[str, object], **kwargs: object) -> HttpResponse:
        if self.is_about_a_row:
            audit.read(f"{self.model._meta.model_name}.form", self.target, actor=self.actor)
        return super().render_to_response(context, **kwargs)

    def handle(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        row = self.target if self.is_about_a_row else None
        return self.drafts.answer(row, self.get_form) or super().handle(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        # Before the form is checked: what it made may have taken away what it chose from.
        done = self.is_once and idempotency.earlier_answer(self.actor, self.key, self._digest())
        if done:
            self.drafts.forget()
            return HttpResponseRedirect(str(done.content))
        return super().post(request, *args, **kwargs)

    def act(self, form: Any) -> str:
        """Call the service; say where to go then."""
        verb: Any = self.service
        about = [self.subject] if self.is_about_a_row else []
        version = {"version": self.version} if self.takes_version else {}
        return self.done(verb(*about, actor=self.actor, **version, **form.cleaned_data))

    def done(self, row: object) -> str:
        """Offer to take it back, where one button can; say where to go."""
        undo.offer(self.request, self.taken_back_by(row))
        self.given_back = row
        return self.after()

    def taken_back_by(self, row: Any) -> undo.Undo | None:
        """The verb that undoes what made or changed this row."""
        return None

    def after(self) -> str:
        """Where one goes then: to what was made, else to what it was done to."""
        row = self.given_back if hasattr(self.given_back, "get_absolute_url") else self.target
        return str(row.get_absolute_url())

    def send(self, form: object) -> str:
        if not self.is_once:
            return self.act(form)

        def answer() -> idempotency.Answer:
            return idempotency.Answer(302, self.act(form))

        try:
            done = idempotency.once(self.actor, self.key, self._digest(), answer)
        except idempotency.KeyReused:
            self.spent = True
            words = refusals.gettext("This form was already sent; its content has changed since.")
            raise Refused(words) from None
        return str(done.content)

    def _digest(self) -> bytes:
        return idempotency.digest_of_form(self.request, with_files=self.takes_files)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with undo.announcing(self.request):
                url = self.send(form)
            self.drafts.forget()
            return self.answer(url, form)
        except StepUp as needed:  # the minutes ran out while typing: the text stays
            form.add_error(None, str(needed))
            return self._again(form, 403)
        except Refused as refusal:
            at = refusal.field if refusal.field in getattr(form, "fields", ()) else None
            form.add_error(at, str(refusal))
            return self._again(form, 409)
        except Stale as stale:
            return self._stale(form, stale.current)

    def answer(self, url: str, form: Any) -> HttpResponse:
        """Go on there. What is shown once, and kept nowhere, is the answer itself."""
        return HttpResponseRedirect(url)

    def form_invalid(self, form: object) -> HttpResponse:
        return self._again(form, 400)

    def _again(self, form: object, status: int, **context: object) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **context), status=status)

    def _stale(self, form: Any, current: Any) -> HttpResponse:
        """The same form with the version of now: whoever sends it again has seen both."""
        self.__dict__.pop("target", None)  # read anew: what is shown is how it stands
        as_it_stands = {**self.get_form_kwargs(), "data": None, "files": None}
        fresh = self.get_form_class()(**as_it_stands)
        form.stale = stale_edits.both_versions(form, fresh, current)
        return self._again(form, 409, version=current.version)
