"""The page of a verb for several rows: it asks, shows what would happen, does it, takes it back."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext

from accounts.list_views import PAGES
from casework.enums import MOST_AT_ONCE
from casework.ticks import NOTHING, TICKED, WHOLE, an_id
from core.lists.pagination import address
from core.refusals import gettext as _
from core.services import Refused
from core.verbs.undo import Undo, offer
from core.web import FormPage, Page
from desk.several.choosing import Chosen, chosen, names_in
from desk.several.rehearsing import do_each, rehearse
from desk.several.tasks import CANCEL, FINISH, GIVE, PUT_OFF
from desk.several.verbs import ASSIGN, OFFER, SEND, Many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from accounts.models import User
    from core.models import Record
    from desk.several.forms import OfSeveral

GOING = "going"  # each row that was shown as going, with the version in which it was


class Several(FormPage):
    """The rows stand in the address. Sent once it shows what would happen; `confirm` then does
    that, and `change` goes back to the boxes."""

    many: ClassVar[Many]
    template_name = "desk/several.html"
    keeps_drafts = False  # little is typed, and it stays from step to step
    takes_version = False  # each row has its own, and `going` says which was seen

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.service, cls.form_class = cls.many.verb, cls.many.form

    @cached_property
    def chosen(self) -> Chosen:
        choice = chosen(self.many.listed, self.request.GET, self.actor)
        self.many.reads(choice.rows, actor=self.actor)
        return choice

    def before(self) -> str:
        return list_of(self.many, self.request)

    def get_form_kwargs(self) -> dict[str, object]:
        given = {"rows": self.chosen.rows, "user": self.actor}
        return super().get_form_kwargs() | given

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        form: OfSeveral = kwargs.pop("form", None) or self.get_form()  # type: ignore[assignment]
        shows = form.is_understood and "change" not in self.request.POST
        many = self.many
        context: dict[str, object] = {
            "title": many.title,
            "intro": many.lead,
            "many": many,
            "chosen": self.chosen,
            "rows": [many.called(row) for row in self.chosen.rows],
            "most": MOST_AT_ONCE,
            "back_url": self.before(),
        }
        if shows:
            context |= self._preview(form)
        return super().get_context_data(form=form, **context, **kwargs)

    def _preview(self, form: OfSeveral) -> dict[str, object]:
        facts, called = form.cleaned_data, self.many.called
        name_of = names_in(self.many.listed).of
        outcomes = rehearse(
            self.chosen.rows, lambda row: self.many.act(row, facts, self.actor), self.actor
        )
        return {
            "preview": True,
            "said": form.in_words(),
            "going": [
                {"value": f"{name_of(row)}.{row.version}", "label": called(row)}
                for row, why in outcomes
                if not why
            ],
            "left": [{"label": called(row), "why": why} for row, why in outcomes if why],
        }

    def form_valid(self, form: OfSeveral) -> HttpResponse:
        if "confirm" in self.request.POST:
            return super().form_valid(form)
        return self.render_to_response(self.get_context_data(form=form))

    def act(self, form: OfSeveral) -> str:
        many, facts = self.many, form.cleaned_data
        rows = self._confirmed()
        made = many.act_on_all(rows, facts, self.actor)
        offer(self.request, self._undoing(rows, made))
        return self.before()

    def _confirmed(self) -> list[Record]:
        """The rows that were shown as going, if they are as they were."""
        asked = dict(key.partition(".")[::2] for key in self.request.POST.getlist(GOING))
        names = names_in(self.many.listed)
        given = {name: version for text, version in asked.items() if (name := names.read(text))}
        if not 0 < len(asked) <= MOST_AT_ONCE:
            raise Refused(NOTHING)
        rows = names.find(given, self.actor)
        if len(rows) < len(asked) or any(str(row.version) != given[names.of(row)] for row in rows):
            words = _("Some of these have changed since you looked. Nothing was done. Look again.")
            raise Refused(words)
        return rows

    def _undoing(self, rows: Sequence[Record], made: Sequence[object]) -> Undo:
        """With the button only where it would take back all of them."""
        many = self.many
        done = str(many.done) % {"n": len(made)}
        if many.back is None:
            return Undo(done)
        keys = [many.key_of(before, after) for before, after in zip(rows, made, strict=True)]
        back = [(row, key.partition(":")[2]) for row, key in zip(made, keys, strict=True)]
        tried = rehearse(back, lambda pair: many.take_back(*pair, self.actor), self.actor)
        if any(why for _one, why in tried):
            return Undo(done)
        return Undo(done, many.back_url, {"rows": " ".join(keys)})


class Back(Page):
    """The button under what was done with several: takes all of it back, or nothing."""

    many: ClassVar[Many]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.many.back is not None:
            cls.service = cls.many.back

    def before(self) -> str:
        return reverse(PAGES[self.many.listed])

    def post(self, request: HttpRequest) -> HttpResponse:
        keys = request.POST.get("rows", "").split()[: MOST_AT_ONCE + 1]
        kept = {an_id(pk): state for pk, _colon, state in (key.partition(":") for key in keys)}
        rows = _rows_of(self.many, [pk for pk in kept if pk], self.actor)
        if not rows or len(rows) < len(set(keys)) or len(keys) > MOST_AT_ONCE:
            raise Refused(_("Some of this has changed since, so you cannot take it back here."))
        do_each(rows, lambda row: self.many.take_back(row, kept[str(row.pk)], self.actor), _of_case)
        offer(request, Undo(gettext("Taken back: %(n)s.") % {"n": len(rows)}))
        return HttpResponseRedirect(self.before())


def _rows_of(many: Many, keys: list[str], actor: User) -> list[Record]:
    rows = many.made.objects.visible_to(actor)  # type: ignore[attr-defined]
    rows = rows.filter(pk__in=keys)
    return list(rows.select_related("case__office").order_by("pk"))


def _of_case(row: Record) -> str:
    return str(attrgetter("case.reference")(row))


def list_of(many: Many, request: HttpRequest) -> str:
    """The list, narrowed and in order as it was."""
    kept = {name: value for name, value in request.GET.items() if name not in (TICKED, WHOLE)}
    return address(reverse(PAGES[many.listed]), kept)


class AssignSeveral(Several):
    many = ASSIGN


class AssignBack(Back):
    many = ASSIGN


class OfferSeveral(Several):
    many = OFFER


class OfferBack(Back):
    many = OFFER


class SendSeveral(Several):
    many = SEND


class FinishTasks(Several):
    many = FINISH


class FinishTasksBack(Back):
    many = FINISH


class CancelTasks(Several):
    many = CANCEL


class CancelTasksBack(Back):
    many = CANCEL


class PutOffTasks(Several):
    many = PUT_OFF


class PutOffTasksBack(Back):
    many = PUT_OFF


class GiveTasks(Several):
    many = GIVE


class GiveTasksBack(Back):
    many = GIVE
