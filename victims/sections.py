"""What is to be completed about a person: the sections, how far each is, and what is known.

A section is complete when each of its questions that applies has an answer. “Not known” is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from casework.enums import Answer
from core.spoken import LANGUAGES
from places.countries import country_in_words
from victims.enums import Exploiter, Papers, Safety, Sex, Sign
from victims.htcds import (
    Control,
    DecidedBy,
    Education,
    ExploitationForm,
    Industry,
    MaritalStatus,
    Recruitment,
    SexualKind,
    TraffickingStatus,
)
from victims.in_words import age_in_words, months_in_words, stop_in_words
from victims.models import Background, Exploitation, Indicator, RouteStop
from victims.persons import records_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from accounts.models import User
    from victims.models import Involvement


class State(TextChoices):
    NOT_STARTED = "not_started", gettext_lazy("Not started")
    IN_PROGRESS = "in_progress", gettext_lazy("In progress")
    COMPLETE = "complete", gettext_lazy("Complete")
    NOT_KNOWN = "not_known", gettext_lazy("Not known")


TONES = {
    State.NOT_STARTED: "info",
    State.IN_PROGRESS: "warn",
    State.COMPLETE: "ok",
    State.NOT_KNOWN: "",
}


@dataclass(frozen=True)
class Section:
    """One short form. Its code is the name of its address."""

    code: str
    label: _StrPromise
    hint: _StrPromise
    questions: tuple[str, ...]


OF_PERSON = (
    Section(
        "age",
        gettext_lazy("Sex and age"),
        gettext_lazy("As exactly as it is known; the rescue report often has only a band."),
        ("sex", "age"),
    ),
    Section(
        "background",
        gettext_lazy("Where the person comes from"),
        gettext_lazy("Nationality, languages, family and school."),
        ("nationality", "languages", "marital_status", "education"),
    ),
    Section(
        "safety",
        gettext_lazy("Safety"),
        gettext_lazy("Whether the person is in danger now, and why."),
        ("safety",),
    ),
    Section(
        "papers",
        gettext_lazy("Identity papers"),
        gettext_lazy("Who has them, and who withholds them."),
        ("papers",),
    ),
)
OF_CASE = (
    Section(
        "identification",
        gettext_lazy("Identification"),
        gettext_lazy("What the person was found to be, by whom and when."),
        ("status", "decided_by", "decided_on"),
    ),
    Section(
        "exploitation",
        gettext_lazy("What was done"),
        gettext_lazy("Forms of exploitation, and where in the economy."),
        ("forms", "industries", "sexual_kinds"),
    ),
    Section(
        "control",
        gettext_lazy("How it was done"),
        gettext_lazy("How the person was found, held, and by whom."),
        ("recruitment", "controls", "relationship"),
    ),
    Section(
        "route",
        gettext_lazy("The way there and back"),
        gettext_lazy("Places with days, as far as known, and how long it lasted."),
        ("route", "months"),
    ),
    Section(
        "indicators",
        gettext_lazy("Signs of forced labour"),
        gettext_lazy("The eleven indicators of the ILO. No answer decides anything by itself."),
        tuple(Sign.values),
    ),
)
SECTIONS = (*OF_PERSON, *OF_CASE)
LABELS = {
    "sex": gettext_lazy("Sex"),
    "age": gettext_lazy("Age when identified"),
    "nationality": gettext_lazy("Nationality"),
    "languages": gettext_lazy("Languages"),
    "marital_status": gettext_lazy("Family status"),
    "education": gettext_lazy("Highest school"),
    "safety": gettext_lazy("In danger?"),
    "papers": gettext_lazy("Identity papers"),
    "status": gettext_lazy("Found to be"),
    "decided_by": gettext_lazy("Decided by"),
    "decided_on": gettext_lazy("Decided on"),
    "forms": gettext_lazy("Forms of exploitation"),
    "industries": gettext_lazy("Kind of work"),
    "sexual_kinds": gettext_lazy("Kind of sexual exploitation"),
    "recruitment": gettext_lazy("How it began"),
    "controls": gettext_lazy("How the person was held"),
    "relationship": gettext_lazy("The exploiter was"),
    "route": gettext_lazy("Way"),
    "months": gettext_lazy("How long"),
} | dict(Sign.choices)
CODES: dict[str, Any] = {
    "marital_status": MaritalStatus,
    "education": Education,
    "safety": Safety,
    "papers": Papers,
    "status": TraffickingStatus,
    "decided_by": DecidedBy,
    "forms": ExploitationForm,
    "industries": Industry,
    "sexual_kinds": SexualKind,
    "recruitment": Recruitment,
    "controls": Control,
    "relationship": Exploiter,
}


class PersonInCase:
    """What is known of a person in one case, as far as this reader may know: five queries.

    What another record of the same person answers is not asked again; the own record comes first.
    """

    def __init__(self, person: Involvement, reader: User) -> None:
        self.person, self.victim = person, person.victim
        others = [row for row in records_of(person.victim, reader) if row.pk != person.victim_id]
        records = [person.victim, *others]
        backgrounds = Background.objects.visible_to(reader).filter(
            victim__in=[row.pk for row in records]
        )
        by_record = {row.victim_id: row for row in backgrounds}
        self.records = [(row, by_record.get(row.pk) or Background()) for row in records]
        answered = Exploitation.objects.visible_to(reader).filter(involvement=person).first()
        self.exploitation: Exploitation = answered or Exploitation()
        stops = RouteStop.objects.visible_to(reader).filter(involvement=person)
        self.route = list(stops.select_related("jurisdiction").order_by("position"))
        signs = Indicator.objects.visible_to(reader).filter(involvement=person)
        self.signs = dict(signs.values_list("sign", "answer"))

    def state(self, section: Section) -> State:
        """How far it is: derived, so that nobody has to tick it off."""
        asked = [self._answered(name) for name in section.questions if self._applies(name)]
        if not any(asked):
            return State.NOT_STARTED
        if not all(asked):
            return State.IN_PROGRESS
        return State.NOT_KNOWN if set(asked) == {State.NOT_KNOWN} else State.COMPLETE

    def answers(self, section: Section) -> list[tuple[Any, str]]:
        """Question and answer in words, of those that have one."""
        return [
            (LABELS[name], self._said(name))
            for name in section.questions
            if self._applies(name) and (self._answered(name) or self._said(name))
        ]

    def is_not_known(self, name: str) -> bool:
        return self._answered(name) == State.NOT_KNOWN

    @property
    def aged(self) -> tuple[Any, Background]:
        """The record, and its background, in which the age was looked at; else the own one."""
        pairs = (pair for pair in self.records if _answer_of("age", *pair) == State.COMPLETE)
        return next(pairs, self.records[0])

    def _applies(self, name: str) -> bool:
        forms = set(self.exploitation.forms)
        if name == "industries":
            return bool(ExploitationForm.LABOUR & forms)
        if name == "sexual_kinds":
            return ExploitationForm.SEXUAL in forms
        if name in ("decided_by", "decided_on"):
            return bool(self.exploitation.status)
        return True

    def _answered(self, name: str) -> str:
        """Nobody knows, if one record says so and no other answers."""
        if name in ASKED_OF_PERSON:
            states = {_answer_of(name, *pair) for pair in self.records}
            return next(
                (state for state in (State.COMPLETE, State.NOT_KNOWN) if state in states), ""
            )
        if name in self.exploitation.not_known or self.signs.get(name) == Answer.UNKNOWN:
            return State.NOT_KNOWN
        return State.COMPLETE if self._has(name) else ""

    def _has(self, name: str) -> bool:
        if name == "route":
            return bool(self.route)
        if name in Sign.values:
            return name in self.signs
        return not _is_empty(name, self.value(name))

    def value(self, name: str) -> Any:
        """The first answer of a record; nothing where there is none."""
        rows = [row for pair in self.records for row in pair] + [self.exploitation]
        values = [getattr(row, name) for row in rows if hasattr(row, name)]
        if not values:
            raise KeyError(name)
        return next((value for value in values if not _is_empty(name, value)), values[0])

    def _said(self, name: str) -> str:
        if self._answered(name) == State.NOT_KNOWN:
            return str(State.NOT_KNOWN.label)
        if name == "age":
            victim, background = self.aged
            return age_in_words(victim, estimated=bool(background.age_estimated))
        if name == "route":
            return " → ".join(map(stop_in_words, self.route))
        if name in Sign.values:
            return str(Answer(self.signs[name]).label) if name in self.signs else ""
        return _in_words(name, self.value(name))


ASKED_OF_PERSON = frozenset(name for section in OF_PERSON for name in section.questions)


def _answer_of(name: str, victim: object, background: Background) -> str:
    """What one record says to a question about the person."""
    if name in background.not_known:
        return State.NOT_KNOWN
    if name == "age":  # a band of the rescue report is to be looked at again
        return State.COMPLETE if background.age_estimated is not None else ""
    value = getattr(victim if hasattr(victim, name) else background, name)
    return "" if _is_empty(name, value) else State.COMPLETE


def _is_empty(name: str, value: object) -> bool:
    return value in (None, "", []) or (name == "sex" and value == Sex.UNKNOWN)


def _in_words(name: str, value: Any) -> str:
    if _is_empty(name, value):
        return ""
    if name == "sex":
        return str(Sex(value).label)
    if name == "nationality":
        return country_in_words(value)
    if name == "languages":
        return _listed(str(LANGUAGES.get(code, code)) for code in value.split(","))
    if name == "decided_on":
        return str(date_format(value, "j M Y"))
    if name == "months":
        return months_in_words(value)
    if isinstance(value, list):
        return _listed(str(CODES[name](code).label) for code in value)
    return str(CODES[name](value).label)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
