"""The organisation's own questions about a rescue, on the form by which it is logged.

Each set is a card that may be left alone; whoever begins it answers it whole. Its boxes carry the
id of the edition, so that an answer means what was asked. What is asked no longer, or not here, is
refused in words and shown as it was written: nothing is dropped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from core.forms import when
from core.refusals import gettext as _
from questions.enums import Noun, State
from questions.forms import answers_in, box_of
from questions.models import QuestionSet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.forms import BoundField, Form

    from accounts.models import User
    from casework.models import Case
    from core.refusals import Words
    from questions.asking import Answers

OWN = "own-"
NAME = re.compile(rf"{OWN}([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})-(.+)", re.DOTALL)


class Card:
    """A set within a form."""

    def __init__(self, form: Form, asked: QuestionSet) -> None:
        self.form, self.asked, self.rule = form, asked, ""
        for question in asked.questions:
            name = self.name(question["code"])
            box: Any = box_of(question | {"required": False}, self.name)
            hint = f"id_{name}_helptext " if question["hint"] else ""
            box.widget.attrs["aria-describedby"] = f"{hint}id_{name}_error"
            box.needed = question["required"]
            form.fields[name] = box

    def name(self, code: str) -> str:
        return f"{OWN}{self.asked.pk}-{code}"

    @property
    def boxes(self) -> list[BoundField]:
        return [self.form[self.name(question["code"])] for question in self.asked.questions]

    @property
    def begun(self) -> list[BoundField]:
        """The boxes in which something was entered."""
        return [box for box in self.boxes if self.form.is_bound and box.data not in (None, "", [])]

    @property
    def hangs(self) -> bool:
        """Whether it is not always there, or not all of it."""
        return bool(self.rule or any(q["only_if"] for q in self.asked.questions))

    def show_where(self, places: Sequence[Mapping[str, Any]]) -> None:
        """By the programme that is chosen, or that of the case. What was begun stays in sight."""
        fits = self.asked.programmes
        if fits and not self.begun:
            at = [place["value"] for place in places if place.get("programme") in fits]
            self.rule = when(programme=fits, **({"place": at} if at else {}))

    def answers(self, programme: str, case: Case | None, user: User) -> Answers:
        """What was answered. What is wrong is said at its box."""
        if words := self._why_not(programme, case, user):
            self.form.add_error(self.begun[0].name, str(words))
            return {}
        return answers_in(self.form, self.asked.questions, self.name)

    def _why_not(self, programme: str, case: Case | None, user: User) -> Words | None:
        """Why it is not asked of this rescue."""
        asked = self.asked
        if asked.state != State.PUBLISHED:
            words = _(
                "“%(title)s” was changed or ended meanwhile. Answer the new questions, if there"
                " are any, and empty these."
            )
            return words % {"title": asked.title}
        office = case.office_id if case else user.home_office and user.home_office.pk
        fits = not asked.programmes or (case.programme if case else programme) in asked.programmes
        if fits and asked.office_id in (None, office):
            return None
        words = _("“%(question)s” is not asked here. Leave it out.")
        return words % {"question": asked.title}


def entered(form: Form) -> list[Card]:
    """The cards that somebody began, and nothing else that was sent."""
    ids = {match[1] for name in _said(form) if (match := NAME.fullmatch(name))}
    rows = QuestionSet.objects.filter(pk__in=ids, noun=Noun.RESCUE).exclude(state=State.DRAFT)
    cards = [Card(form, asked) for asked in rows.order_by("title", "pk")] if ids else []
    return [card for card in cards if card.begun]


def strange(form: Form) -> Words | None:
    """What answers no question that there is."""
    if unknown := sorted(_said(form) - form.fields.keys()):
        words = _("There is no such question here: %(codes)s.")
        codes = (NAME.sub(r"\2", name) for name in unknown[:5])
        return words % {"codes": ", ".join(repr(code)[:42] for code in codes)}
    return None


def _said(form: Form) -> set[str]:
    """The boxes of own questions in which something stands."""
    data: Any = form.data
    return {name for name in data if name.startswith(OWN) and any(data.getlist(name))}


def offered(
    form: Form, cards: Sequence[Card], user: User, places: Sequence[Mapping[str, Any]]
) -> list[Card]:
    """The cards of the page: what is asked where this person works, and what was begun."""
    begun = {card.asked.pk for card in cards}
    asked = QuestionSet.objects.asked_of(user, Noun.RESCUE)
    every = [*cards, *(Card(form, row) for row in asked if row.pk not in begun)]
    for card in every:
        card.show_where(places)
    return every


def sent(cards: Sequence[Card], *given: Any) -> Iterator[tuple[QuestionSet, Answers]]:
    """Each set that was begun, with its answers."""
    for card in cards:
        if answers := card.answers(*given):
            yield card.asked, answers
