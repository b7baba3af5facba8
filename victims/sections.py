"""What is to be completed about a person: the sections, how far each is, and what is known.

A section is complete when each of its questions that applies has an answer. “Not known” is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.enums import Answer
from places.countries import COUNTRIES
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
from victims.languages import LANGUAGES
from victims.models import Background, Exploitation, Indicator, RouteStop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

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
        gettext_lazy("As closely as it is known; the rescue report often has a band only."),
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
        gettext_lazy("Who has them, and who keeps them back."),
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
        gettext_lazy("Places with days, as far as they are known, and how long it lasted."),
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


class Known:
    """What is known of a person in one case, as far as this reader may know: four queries."""

    def __init__(self, person: Involvement, reader: Any) -> None:
        self.person, self.victim = person, person.victim

        def first(model: Any, **of: Any) -> Any:
            return model.objects.visible_to(reader).filter(**of).first() or model()

        self.background: Background = first(Background, victim=person.victim_id)
        self.exploitation: Exploitation = first(Exploitation, involvement=person)
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
        return name in self.background.not_known or name in self.exploitation.not_known

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
        if self.is_not_known(name) or self.signs.get(name) == Answer.UNKNOWN:
            return State.NOT_KNOWN
        return State.COMPLETE if self._has(name) else ""

    def _has(self, name: str) -> bool:
        if name == "sex":
            return self.victim.sex != Sex.UNKNOWN
        if name == "age":  # a band of the rescue report is to be looked at again
            return self.background.age_estimated is not None
        if name == "route":
            return bool(self.route)
        if name in Sign.values:
            return name in self.signs
        return self.value(name) not in (None, "", [])

    def value(self, name: str) -> Any:
        for row in (self.victim, self.background, self.exploitation):
            if hasattr(row, name):
                return getattr(row, name)
        raise KeyError(name)

    def _said(self, name: str) -> str:
        if self._answered(name) == State.NOT_KNOWN:
            return str(State.NOT_KNOWN.label)
        if name == "age":
            return age_in_words(self.victim, estimated=bool(self.background.age_estimated))
        if name == "route":
            return " → ".join(map(stop_in_words, self.route))
        if name in Sign.values:
            return str(Answer(self.signs[name]).label) if name in self.signs else ""
        return _in_words(name, self.value(name))


def _in_words(name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if name == "sex":
        return str(Sex(value).label) if value != Sex.UNKNOWN else ""
    if name == "nationality":
        return COUNTRIES.get(value, value)
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


def stop_in_words(stop: RouteStop) -> str:
    """“Recruited in Kolkata (3 Mar 2025 – 9 Apr 2025)”."""
    days = [date_format(day, "j M Y") if day else "…" for day in (stop.since, stop.until)]
    place = f"{stop.get_kind_display()} {stop.jurisdiction.name}"
    return f"{place} ({' – '.join(days)})" if stop.since or stop.until else place


def months_in_words(months: int) -> str:
    """“2 years, 3 months”."""
    years, rest = divmod(months, 12)
    said = []
    if years:
        said.append(ngettext("%(n)s year", "%(n)s years", years) % {"n": years})
    if rest or not years:
        said.append(ngettext("%(n)s month", "%(n)s months", rest) % {"n": rest})
    return ", ".join(said)


def age_in_words(victim: Any, *, estimated: bool) -> str:
    """“14 years”, “about 13 to 15 years”; nothing where it is not known."""
    low, high = victim.age_min_months, victim.age_max_months
    if low is None:
        return ""
    if low == high or (low // 12 == high // 12 and low % 12 == 0 and high % 12 == 11):
        said = months_in_words(low)
    else:
        years = {"low": low // 12, "high": high // 12}
        said = _("%(low)s to %(high)s years") % years
    return _("about %(age)s") % {"age": said} if estimated else said
