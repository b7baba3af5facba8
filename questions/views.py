"""The sets of an organisation's own questions, and the pages on which they are answered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from casework.views.cases import RecordVerb
from core.verbs.pages import page as verb_page
from core.web import FormPage, Page
from places.history import history_of
from questions import forms
from questions.asking import in_words, judged
from questions.enums import Noun, State
from questions.models import QuestionSet, Reply, ReplyWords
from questions.services.replies import answer_questions, correct_answers, open_reply
from questions.services.sets import KEEP, drop_question, write_question
from questions.subjects import page_of, row_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from casework.models import Case
    from questions.asking import Question


class Sets(Page):
    """Every edition, the latest of a set first."""

    permission = KEEP

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = QuestionSet.objects.visible_to(self.actor).select_related("office")
        return render(request, "questions/sets.html", {"rows": rows.order_by("code", "-edition")})


class OneSet(Page):
    """What it asks, as it will be asked, and who changed it."""

    model, permission = QuestionSet, KEEP

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        asked, state = self.target, self.target.state
        rules = {rule: words for q in asked.questions for rule, words in forms.rules_of(q)}
        context = {
            "row": asked,
            "questions": [
                question | {"kind": forms.kind_of(question), "rule": rules.get(question["only_if"])}
                for question in asked.questions
            ],
            "programmes": forms.programmes_of(asked),
            "form": forms.Preview(asked.questions),
            "is_draft": state == State.DRAFT,
            "is_retired": state == State.RETIRED,
            "history": history_of(asked),
        }
        return render(request, "questions/set.html", context)


class KeepPage(FormPage):
    """A verb that makes or changes a set."""

    form_base: ClassVar[type[forms.KeepForm]] = forms.KeepForm
    template_name = "places/form.html"
    submit_label: StrOrPromise = gettext_lazy("Save")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        sets = reverse("questions:sets")
        back = self.target.get_absolute_url() if self.is_about_a_row else sets
        return super().get_context_data(**({"back_url": back} | kwargs))


class WriteQuestion(KeepPage):
    """By hand: the address may name the question that changes, and it offers the others."""

    model, keeps_drafts = QuestionSet, False
    service, form_class = write_question, forms.WriteForm
    template_name = "questions/question_form.html"

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"questions": self.target.questions}

    def get_initial(self) -> dict[str, object]:
        question = _question(self)
        if question is None:
            return {}
        place = self.target.questions.index(question) + 1
        choices = [choice["label"] for choice in question["choices"]]
        return question | {"choices": choices, "place": place}


class DropQuestion(KeepPage):
    """By hand: the address names the question."""

    model, keeps_drafts = QuestionSet, False
    service, form_class = drop_question, forms.DropForm
    submit_label = gettext_lazy("Take away")

    def get_initial(self) -> dict[str, object]:
        question = _question(self)
        return {"code": question["code"] if question else ""}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        question = _question(self)
        context = {"intro": question["text"]} if question else {}
        return super().get_context_data(**(context | kwargs))


def _question(page: KeepPage) -> Question | None:
    question: Question | None = page.target.question(page.request.GET.get("question", ""))
    return question


page = partial(verb_page, KeepPage)


class AnswerQuestions(RecordVerb):
    """By hand: it asks the set that the address names, else the first that is asked of the case."""

    service, form_class = answer_questions, forms.AnswersForm
    template_name, keeps_drafts = "questions/answer_form.html", False  # of several sets and people

    @cached_property
    def asked(self) -> QuestionSet:
        named = _an_id(self.request.GET.get("set", ""))
        sets = QuestionSet.objects.filter(state=State.PUBLISHED)
        sets = sets.filter(pk=named) if named else sets.asked_in(self.target, Noun.CASE)
        first: QuestionSet | None = sets.first()
        if first is None:
            raise Http404
        return first

    @property
    def row(self) -> UUID:
        """What the answers are about."""
        return _an_id(self.request.GET.get("about", "")) or self.target.pk

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"questions": self.asked.questions}

    def get_initial(self) -> dict[str, object]:
        """The answers to an earlier edition, as far as they still fit."""
        former = Reply.objects.visible_to(self.actor).of(self.asked.noun)
        reply = former.filter(about=self.row, question_set__code=self.asked.code).first()
        given = judged(self.asked.questions, reply.answers)[0] if reply else {}
        return forms.as_typed(given)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = _told(self.case, self.asked, self.row, self.actor)
        return super().get_context_data(**(context | kwargs))

    def act(self, form: Any) -> str:
        given = {"about": self.row, "answers": form.answers}
        return self.done(
            answer_questions(self.target, question_set=self.asked, actor=self.actor, **given)
        )

    def after(self) -> str:
        return page_of(self.case.pk, self.asked.noun, self.row)


class CorrectAnswers(RecordVerb):
    """By hand: it asks what was asked then. What is kept encrypted is opened, and recorded."""

    model, service, form_class = Reply, correct_answers, forms.AnswersForm
    template_name, keeps_drafts = "questions/answer_form.html", False

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"questions": self.target.question_set.questions}

    def get_initial(self) -> dict[str, object]:
        if not self.target.question_set.identity:
            return forms.as_typed(self.target.answers)
        words = ReplyWords.objects.visible_to(self.actor).filter(pk=self.target.pk).first()
        return forms.as_typed(open_reply(words, actor=self.actor)) if words else {}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = _told(self.case, self.target.question_set, self.target.about, self.actor)
        return super().get_context_data(**(context | kwargs))

    def act(self, form: Any) -> str:
        version, answers = self.version, form.answers
        return self.done(
            correct_answers(self.target, version=version, answers=answers, actor=self.actor)
        )

    def after(self) -> str:
        return page_of(self.case.pk, self.target.question_set.noun, self.target.about)


def _told(case: Case, asked: QuestionSet, row: UUID, actor: User) -> dict[str, object]:
    """What stands above the questions: their title alone, and what they are about."""
    about = row_of(case, asked.noun, row, actor)
    return {"title": asked.title, "intro": "", "about": about.describe() if about else []}


class ReadReply(Page):
    """Answers that may say who somebody is: fetched only on opening, and recorded."""

    model, service = ReplyWords, open_reply

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        answers = open_reply(self.target, actor=self.actor)
        asked = self.target.reply.question_set
        lines = [
            (question["text"], in_words(question, answers[question["code"]]))
            for question in asked.questions
            if question["code"] in answers
        ]
        case = self.target.case
        back = page_of(case.pk, asked.noun, self.target.reply.about)
        context = {"case": case, "asked": asked, "lines": lines, "back_url": back}
        return render(request, "questions/reply.html", context)


def _an_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
