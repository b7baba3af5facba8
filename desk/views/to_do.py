"""The full list of what is to be done, and putting off what a rule asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from casework.services.cases import members_of
from casework.services.tasks import snooze_task
from casework.views.cases import RecordVerb
from casework.views.tasks import LISTS, take_back
from core.lists.pagination import BadPage, address
from core.refusals import gettext as _
from core.services import Refused
from core.verbs.undo import Undo, offer
from core.web import FormPage, Page
from desk.services import read_long_overdue, read_to_do
from desk.to_do.forms import PutOffTogether, SettleTogether, SnoozeForm
from desk.to_do.tasks import OWN
from desk.to_do.together import BACK, Deed, chosen, do_together

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from casework.models import Snooze


DONE = {
    Deed.FINISH: gettext_lazy("Done: %(n)s."),
    Deed.CANCEL: gettext_lazy("No longer needed: %(n)s."),
    Deed.SNOOZE: gettext_lazy("Put off: %(n)s."),
}


class ToDoList(Page):
    """Everything that needs the reader, the most pressing first; with `rule`, of one kind, with
    `harm`, of one class."""

    permission = read_to_do.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            context = read_to_do(request.GET.dict(), actor=self.actor)
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(reverse("desk:to-do"))
        if not context["tasks"] and "cursor" in request.GET:  # the last one of that page is settled
            kept = {name: value for name, value in request.GET.items() if name != "cursor"}
            return HttpResponseRedirect(address(reverse("desk:to-do"), kept))
        return render(request, "desk/to_do_list.html", context)


class SnoozeTask(RecordVerb):
    """One of the things the rules ask of this case is put off."""

    service, form_class, lists = snooze_task, SnoozeForm, LISTS
    submit_label = gettext_lazy("Put it off")

    def get_form(self, form_class: object = None) -> Any:
        form = super().get_form(form_class)
        if not form.tasks:
            raise Refused(_("This case has no tasks that can be put off."))
        return form

    def get_initial(self) -> dict[str, object]:
        return {"task": self.request.GET.get("task", "")}

    def act(self, form: BaseForm) -> str:
        data = form.cleaned_data
        until, reason = data["until"], data["reason"]
        return self.done(snooze_task(data["task"], until=until, reason=reason, actor=self.actor))

    def taken_back_by(self, row: Snooze) -> Undo | None:
        return take_back(self, gettext("Put off."), "wake-task", row)


class Together(FormPage):
    """What is long overdue of one kind, all ticked, and one form for all of it."""

    permission, service = do_together.permission, do_together
    template_name = "desk/together.html"

    @cached_property
    def kind(self) -> str:
        return self.request.GET.get("rule", "")

    @cached_property
    def shown(self) -> dict[str, Any]:
        fold = read_long_overdue(self.kind, actor=self.actor)
        if not fold:
            raise Refused(_("You have no tasks of this kind."))
        return fold

    def get(self, request: HttpRequest, *args: object, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Refused:  # an old or mistyped link
            return HttpResponseRedirect(reverse("desk:to-do"))

    def get_form_class(self) -> type[SettleTogether] | type[PutOffTogether]:
        return SettleTogether if self.kind == OWN else PutOffTogether

    def get_form_kwargs(self) -> dict[str, object]:
        people = (
            members_of(*self.shown["offices"]) if self.shown["offices"] else User.objects.none()
        )
        more = {"keys": self.shown["keys"], "people": people.order_by("name")}
        return super().get_form_kwargs() | more

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        form: Any = kwargs.get("form") or self.get_form()
        ticked = form.data.getlist("tasks") if form.is_bound else self.shown["keys"]
        return super().get_context_data(
            **self.shown, **(kwargs | {"form": form, "ticked": ticked, "kind": self.kind})
        )

    def act(self, form: BaseForm) -> str:
        facts = form.cleaned_data
        keys, deed = facts.pop("tasks"), Deed(facts.pop("deed"))
        do_together(chosen(self.actor, keys), deed=deed, actor=self.actor, **facts)
        offer(self.request, self.undoing(deed, keys))
        return reverse("desk:today")

    def undoing(self, deed: Deed, keys: list[str]) -> Undo | None:
        if deed not in BACK:
            return None
        sent = {"deed": str(BACK[deed].value), "tasks": " ".join(keys)}
        return Undo(DONE[deed] % {"n": len(keys)}, reverse("desk:take-back"), sent)


class TakeBack(Page):
    """The button under what was done with several: for all of them, or for none."""

    permission, service = do_together.permission, do_together

    def post(self, request: HttpRequest) -> HttpResponse:
        deed = request.POST.get("deed", "")
        if deed not in BACK.values():
            raise Refused(_("This cannot be taken back here."))
        do_together(
            chosen(self.actor, request.POST.get("tasks", "").split()), deed=deed, actor=self.actor
        )
        return HttpResponseRedirect(reverse("desk:today"))
