"""How an organisation's own questions were answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, Func, OuterRef, Subquery, TextField
from django.utils.translation import gettext_lazy as _

from aftercare.models import Referral
from questions.asking import NO, YES, decided_by
from questions.enums import Kind, Noun, State
from questions.models import QuestionSet, Reply
from reports.base import Column
from reports.measures import Figure, Measure, Measures, share
from reports.numbers import Ids, unpacked
from reports.readers import counts_only
from reports.sets import PACKED, grouped, within
from reports.survivors import people
from victims.models import Involvement
from victims.persons import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from accounts.models import User
    from reports.params import Params

VICTIM = "victims.Victim"
OF_PERSONS = (Noun.SURVIVOR, Noun.REFERRAL)


class Line(NamedTuple):
    """An answer: what its keys are called, and whether the question hangs on another one."""

    words: dict[str, str]
    hangs: bool


# By set and "code=answer", in the order they are asked.
Lines = dict[str, dict[str, Line]]


class OwnQuestions(Measures):
    """Each answer that one chooses, of everybody with an answer to that question.

    Nobody knows what an organisation asks, so each count is guarded like one of survivors. The
    counts of a question are held against those that were told of it before, not against those of
    every other question: of a hundred that would take days, and hide them all. So whoever only
    counts is not told of a question that hangs on another: how many it is asked says how the other
    was answered. Rows behind a figure open where they are persons, whom nobody opens without the
    answers about them.
    """

    slug = "own-questions"
    title = _("Own questions: how they were answered")
    unit = _("as each line says")
    definition = _(
        "How the organisation’s own questions were answered in cases opened in the period, of all "
        "with an answer to that question. What one chooses is counted: yes or no, one or several "
        "of a list. Words, numbers, days and answers that may say who somebody is are not. Of "
        "answers to several editions the latest counts. Survivors and their referrals are counted "
        "as persons, a merged person once; whoever was found not to be a victim in a case is not "
        "counted there. Interval: Wilson, 95 %."
    )
    measures = {
        noun: Measure(noun.label, survivors=True, people=VICTIM if noun in OF_PERSONS else "")
        for noun in Noun
    }
    keys = (
        Column("question_set", _("Questions")),
        Column("question", _("Question")),
        Column("answer", _("The answer"), words={YES: _("Yes"), NO: _("No")}),
    )

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        for noun, asked in _asked().items():
            chosen, counts = _chosen(reader, params, noun), counts_only(reader)
            for code, lines in asked.items():
                open_lines = {
                    rule: line for rule, line in lines.items() if not (line.hangs and counts)
                }
                yield from _figures(noun, code, open_lines, chosen[code])

    def apart(self, row: Mapping[str, object]) -> str:
        return f"{row['question_set']}.{row['question']}"


def _figures(
    noun: str, code: str, lines: dict[str, Line], chosen: dict[str, Ids]
) -> Iterator[Figure]:
    answered: defaultdict[str, Ids] = defaultdict(Ids)  # by question
    for rule, ids in chosen.items():
        answered[rule.partition("=")[0]] |= ids
    for rule, line in lines.items():
        question, _is, answer = rule.partition("=")
        if everyone := answered[question]:
            own = {"question_set": code, "question": question, "answer": answer}
            yield replace(share(noun, chosen.get(rule, Ids()), everyone, **own), words=line.words)


def _asked() -> dict[str, Lines]:
    """By noun. A set says what its latest edition says, then what only former ones asked."""
    asked: defaultdict[str, Lines] = defaultdict(dict)
    published = QuestionSet.objects.filter(identity=False).exclude(state=State.DRAFT)
    for edition in published.order_by("code", "-edition"):
        lines = asked[edition.noun].setdefault(edition.code, {})
        for question in edition.questions:
            words = {"question_set": edition.title, "question": question["text"]}
            for rule, answer in decided_by(question):
                own = {"answer": answer} if question["kind"] != Kind.YES_NO else {}
                lines.setdefault(rule, Line(words | own, bool(question["only_if"])))
    return asked


def _chosen(reader: User, params: Params, noun: str) -> dict[str, dict[str, Ids]]:
    """By set and "code=answer" whom it holds for: one statement."""
    rows = Reply.objects.countable_by(reader).of(noun).standing().order_by()
    rows = within(rows.filter(**params.period("case__opened_on")), params, "case__jurisdiction")
    who: Any = F("about")
    if noun in OF_PERSONS:
        parts = people(reader, params).values("pk")
        if noun == Noun.SURVIVOR:
            who, rows = _person(Involvement.objects, standing()), rows.filter(about__in=parts)
        else:
            who = _person(Referral.objects, standing("involvement__"))
            referrals = Referral.objects.filter(involvement__in=parts)
            rows = rows.filter(about__in=referrals.values("pk"))
    each = Func(F("chosen"), function="unnest", output_field=TextField())
    columns = ("row_id", "code", "rule")
    chosen: defaultdict[str, dict[str, Ids]] = defaultdict(dict)
    asked = rows.values_list(who, "question_set__code", each)
    for code, rule, packed in grouped(asked, columns, "code, rule", [PACKED]):
        chosen[code][rule] = unpacked(packed)
    return chosen


def _person(rows: Any, who: Any) -> Subquery:
    return Subquery(rows.filter(pk=OuterRef("about")).values(person=who))
