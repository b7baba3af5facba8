"""Records that may be of one survivor: offered, judged, confirmed, merged. By codes; a name stands
only in the answer to a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.views import RecordVerb
from core import refusals
from core.alike.matching import Apart, field_by_field
from core.lists.pagination import BadPage
from core.services import Refused
from core.web import FormPage, Page
from victims.enums import NameReason, Sex
from victims.forms.matches import AnswerForm, DecideForm, JudgeForm, KeepForm
from victims.forms.names import ReasonForm
from victims.match_page import match_page
from victims.models import Confirmation, Involvement, Match, VictimMerge
from victims.services.confirmations import answer_confirmation, ask_confirmations
from victims.services.identities import NAMES, require_identity
from victims.services.match_list import read_confirmations, read_matches
from victims.services.matches import (
    compare_identities,
    decide_match,
    judge,
    read_alike,
    read_match,
)
from victims.services.merges import merge_victims, read_merges, undo_victim_merge
from victims.views.names import SHOWN_SECONDS

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

    from core.access import ScopedQuerySet


class Duplicates(Page):
    """The queue: pairs the reader may see, by what was said of them."""

    service, permission = read_matches, read_matches.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            context = match_page(request.GET.dict(), self.actor)
            context |= self._merges(request.GET.get("merges", ""))
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(reverse("victims:duplicates"))
        answers = self.actor.has_perm(Perm.CONFIRMATION_VIEW)
        return render(request, "victims/duplicates.html", context | {"sees_confirmations": answers})

    def _merges(self, cursor: str) -> dict[str, Any]:
        """A list beside the queue, with pages of its own."""
        if not self.actor.has_perm(Perm.VICTIM_MERGE):
            return {}
        page, path = read_merges(cursor=cursor, actor=self.actor), reverse("victims:duplicates")
        links = {"more_merges": page.next, "newer_merges": page.previous}
        urls = {name: f"{path}?{urlencode({'merges': at})}" for name, at in links.items() if at}
        return {"merges": page.rows} | urls


class MatchPage(Page):
    model = Match

    def before(self) -> str:
        return reverse("victims:duplicate", args=[self.target.pk])

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("one", "other", "decided_by")


class Duplicate(MatchPage):
    """Two records side by side, by codes."""

    service = read_match

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pair = read_match(self.target, actor=self.actor)
        has = self.actor.has_perm
        merged = self.target.one.person == self.target.other.person
        may = {
            "decide": has(Perm.MATCH_DECIDE) and not merged,
            "merge": has(Perm.VICTIM_MERGE) and not merged,
            "ask": has(Perm.CONFIRMATION_ASK) and not merged,
            "names": has(Perm.IDENTITY_VIEW),
        }
        confirmations = Confirmation.objects.visible_to(self.actor).filter(match=self.target)
        answers = confirmations.select_related("case").order_by("created_at", "pk")
        rows = field_by_field(*(_facts(side) for side in pair))
        context = {"match": self.target, "pair": pair, "rows": rows, "may": may, "apart": Apart}
        return render(
            request, "victims/duplicate.html", context | {"said": answers, "merged": merged}
        )


class Decide(MatchPage):
    service = decide_match

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        form = DecideForm(request.POST)
        values = form.cleaned_data if form.is_valid() else {"answer": ""}
        decide_match(self.target, version=self.version, actor=self.actor, **values)
        to_queue = reverse("victims:duplicates")
        return HttpResponseRedirect(self.before() if values["answer"] == "same" else to_queue)


class MergeMatch(MatchPage):
    service = merge_victims

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        form = KeepForm(request.POST)
        if not form.is_valid():
            raise Refused(refusals.gettext("Say which of the two records to keep."))
        pair = [self.target.one, self.target.other]
        keep, other = pair if form.cleaned_data["keep"] == "one" else reversed(pair)
        merge_victims(keep, other=other, actor=self.actor)
        return HttpResponseRedirect(self.before())


class AskConfirmations(MatchPage):
    service = ask_confirmations

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        ask_confirmations(self.target, actor=self.actor)
        return HttpResponseRedirect(self.before())


class CompareNames(FormPage):
    """Asks for a reason, then shows who the two are for a minute."""

    once = keeps_drafts = False  # its answer is shown, and kept nowhere
    model, service, form_class = Match, compare_identities, ReasonForm
    template_name = "victims/pair_form.html"

    def before(self) -> str:
        return reverse("victims:duplicate", args=[self.target.pk])

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(back=self.before(), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        try:
            identities = compare_identities(self.target, reason=reason, actor=self.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self._again(form, 409)
        pair = [identities[pk] for pk in (self.target.one_id, self.target.other_id)]
        rows = [(name.label, *(getattr(row, name) or "" for row in pair)) for name in (*NAMES,)]
        rows.append((_("Date of birth"), *(row.born_on or "" for row in pair)))
        codes = [self.target.one.code, self.target.other.code]
        context = {"rows": rows, "codes": codes, "reason": NameReason(reason).label}
        rest = {"seconds": SHOWN_SECONDS, "back": self.before()}
        response = render(self.request, "victims/pair_names.html", context | rest)
        response["Refresh"] = f"{SHOWN_SECONDS}; url={self.before()}"  # also without script
        return response


class UndoMerge(Page):
    """The button beside a merge."""

    model, service = VictimMerge, undo_victim_merge

    def before(self) -> str:
        return reverse("victims:duplicates")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        undo_victim_merge(self.target, actor=self.actor)
        return HttpResponseRedirect(self.before())


class PersonPage(Page):
    model = Involvement

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("case", "victim")

    def before(self) -> str:
        return reverse("victims:alike", args=[self.target.pk])


class Alike(PersonPage):
    """People of a like name the reader may see."""

    service = read_alike

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        candidates = read_alike(self.target, actor=self.actor)
        context = {"person": self.target, "case": self.target.case, "found": candidates}
        return render(request, "victims/alike.html", context)


class Judge(PersonPage):
    """The buttons beside somebody of a like name."""

    service = judge

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        form = JudgeForm(request.POST, user=self.actor)
        if not form.is_valid():
            raise Refused(refusals.gettext("Say whether they are the same person."))
        match = judge(self.target.victim, actor=self.actor, **form.cleaned_data)
        same = form.cleaned_data["answer"] == "same"
        address = reverse("victims:duplicate", args=[match.pk])
        return HttpResponseRedirect(address if same else self.before())


class Confirmations(Page):
    service, permission = read_confirmations, read_confirmations.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, more = read_confirmations(actor=self.actor)
        may = self.actor.has_perm(Perm.CONFIRMATION_ANSWER)
        context = {"rows": rows, "may_answer": may, "most": len(rows) if more else 0}
        return render(request, "victims/confirmations.html", context)


class AnswerConfirmation(RecordVerb):
    """One's own record alone: no word of what it is compared with."""

    model, service, form_class = Confirmation, answer_confirmation, AnswerForm
    submit_label = gettext_lazy("Answer")

    def get_form(self, form_class: object = None) -> BaseForm:
        require_identity(self.case, self.actor)
        return super().get_form(form_class)

    def after(self) -> str:
        return reverse("victims:confirmations")


def _facts(side: dict[str, Any]) -> list[tuple[StrOrPromise, str]]:
    """Of the person, and where and when the cases of the reader have it."""
    record, cases = side["record"], {part.case for part in side["parts"]}
    known = record.age_min_months is not None
    opened = sorted(case.opened_on for case in cases)
    return [
        (_("Sex"), record.get_sex_display() if record.sex != Sex.UNKNOWN else ""),
        (_("Age when met"), str(record.age_band.label) if known else ""),
        (_("Nationality"), record.nationality),
        (_("Languages"), record.languages),
        (_("Place of the case"), ", ".join(sorted({str(case.jurisdiction) for case in cases}))),
        (_("Case opened"), ", ".join(date_format(day, "j M Y") for day in opened)),
    ]
