"""What one asks a report for."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from django.utils.translation import gettext_lazy

from casework.enums import Programme
from core.days import clock
from core.refusals import gettext as _
from places.models import Jurisdiction
from prosecutions.enums import Attribution

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.refusals import Words

# Codes a report may be asked for, each with its words; the first is meant where none is given.
CHOICES: dict[str, dict[str, Any]] = {
    "measure": {
        "cr2": gettext_lazy("Persons convicted, of persons with a verdict"),
        "cr3": gettext_lazy("Persons convicted, of persons whose prosecution ended"),
        "cr4": gettext_lazy("Persons convicted, of persons arrested"),
        "cr5": gettext_lazy("Charges with a conviction, of charges decided"),
        "cr7": gettext_lazy("Persons convicted per case"),
        "plea_share": gettext_lazy("Convicted on plea, of persons convicted"),
        "reversal": gettext_lazy("Convictions reversed, of appeals decided"),
    },
    "basis": {
        "cohort": gettext_lazy("Persons first identified in the period"),
        "period": gettext_lazy("Events of the period"),
    },
    "instance": {
        "first": gettext_lazy("First instance"),
        "final": gettext_lazy("Final outcome"),
    },
    "year": {
        "calendar": gettext_lazy("Calendar years"),
        "april": gettext_lazy("April to March"),
    },
    "audience": {
        "inside": gettext_lazy("Everybody, for our own work"),
        "outside": gettext_lazy("Without those who said no, to be released"),
    },
}
OPTIONS = (*CHOICES, "attribution")  # only of the reports that take them
NARROWING = ("from", "to", "jurisdiction", "programme")
NAMES = ("from", "to", "as_of", "jurisdiction", "programme", *OPTIONS)
ALL = "all"
APRIL = 4
YEARS = range(1900, 2101)
OUTSIDE = "outside"


class Takes(Protocol):
    """What a report says of its parameters (`reports/base.py`)."""

    narrows: ClassVar[tuple[str, ...]]
    takes: ClassVar[tuple[str, ...]]


class BadParams(ValueError):
    """What was asked cannot be answered; `errors` says which parameter and why."""

    def __init__(self, errors: dict[str, list[Words]]) -> None:
        super().__init__("; ".join(f"{k}: {v[0]}" for k, v in errors.items()))
        self.errors = errors


@dataclass(frozen=True)
class Params:
    """Dates are included. As-of D counts facts dated on or before D, as known now.

    `attribution`: whose work led to an arrest or a judgment; empty means all. An option that the
    report does not take is None.
    """

    start: date | None = None
    end: date | None = None
    as_of: date = field(default_factory=clock.today)
    jurisdiction: str | None = None
    programme: str | None = None
    measure: str | None = "cr2"
    basis: str | None = "cohort"
    instance: str | None = "first"
    year: str | None = "calendar"
    audience: str | None = "inside"
    attribution: tuple[str, ...] | None = ()
    closed: bool = False  # of figures of survivors, only periods that are over

    @property
    def until(self) -> date:
        """The last day whose facts count: the end of the period, or the as-of day before it."""
        return min(self.end, self.as_of) if self.end else self.as_of

    @property
    def leaves(self) -> bool:
        """Whether the figures are to leave the organisation."""
        return self.audience == OUTSIDE

    def as_json(self) -> dict[str, object]:
        """Every parameter of the report by name; `parse` reads it again."""
        values = {"from": self.start, "to": self.end} | asdict(self)
        return {
            name: _plain(values[name])
            for name in NAMES
            if not (name in OPTIONS and values[name] is None)
        }

    def period(self, field: str) -> dict[str, date]:
        """The filter that keeps rows dated within the period."""
        bounds = {f"{field}__lte": self.until}
        return bounds | ({f"{field}__gte": self.start} if self.start else {})

    def attributed(self, field: str) -> dict[str, object]:
        """The filter that keeps arrests or judgments of the attributions asked for."""
        return {f"{field}__in": list(self.attribution)} if self.attribution else {}


def quarter_of(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def year_of(day: date, kind: str | None) -> int | str:
    """2025, or of April to March “2025-26”."""
    if kind != "april":
        return day.year
    first = day.year if day.month >= APRIL else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def all_asked(asked: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What a run was asked for: its report, the same with other parameters, reports it reads."""
    own = [(asked["report"], given) for given in (asked["params"], *asked.get("also", []))]
    return own + [(part["report"], part["params"]) for part in asked.get("parts", [])]


def as_query(params: dict[str, Any]) -> dict[str, str]:
    """What was asked, as an address and a form say it."""
    joined = {k: ",".join(v) if isinstance(v, list) else v for k, v in params.items()}
    return {name: value for name, value in joined.items() if value}


def parse(given: Mapping[str, object], report: Takes | None = None) -> Params:
    """Read parameters as the API, the page and the command give them. Raises `BadParams`.

    With `report`, an option that it does not take is refused, unless it asks for nothing else
    than what would be counted anyway.
    """
    errors: dict[str, list[Words]] = {
        str(name)[:40]: [_("There is no such parameter.")] for name in given if name not in NAMES
    }
    values: dict[str, Any] = {}
    for name, key in (("from", "start"), ("to", "end"), ("as_of", "as_of")):
        _day(given.get(name), name, key, values, errors)
    _code(given, "jurisdiction", _known_place, values, errors)
    _code(given, "programme", lambda code: code in Programme.values, values, errors)
    for name, codes in CHOICES.items():
        _code(given, name, codes.__contains__, values, errors)
    _attribution(given.get("attribution"), values, errors)
    if not errors and values.get("start") and values.get("end") and values["start"] > values["end"]:
        errors["to"] = [_("The period ends before it begins.")]
    if report:
        _only_taken(report, values, errors)
    if errors:
        raise BadParams(errors)
    return Params(**values)


def _only_taken(report: Takes, values: dict[str, object], errors: dict[str, list[Words]]) -> None:
    for name in NARROWING:
        key = {"from": "start", "to": "end"}.get(name, name)
        if name not in report.narrows and key in values:
            errors[name] = [_("This report does not have that option.")]
    for name in OPTIONS:
        if name not in report.takes:
            usual = next(iter(CHOICES.get(name, [()])))
            if values.get(name, usual) != usual:
                errors[name] = [_("This report does not have that option.")]
            values[name] = None


def _day(text: object, name: str, key: str, values: Any, errors: dict[str, list[Words]]) -> None:
    if text in {None, ""}:
        return
    try:
        values[key] = date.fromisoformat(str(text))
    except ValueError:
        errors[name] = [_("Give a date such as 2026-11-24.")]
        return
    if values[key].year not in YEARS:  # far enough from the ends to look years back
        errors[name] = [_("Give a day from 1900 to 2100.")]


def _known_place(code: str) -> bool:
    return len(code) <= 16 and Jurisdiction.objects.filter(code=code).exists()


def _code(
    given: Mapping[str, object],
    name: str,
    known: Any,
    values: dict[str, object],
    errors: dict[str, list[Words]],
) -> None:
    code = given.get(name)
    if code in {None, ""} if isinstance(code, str | None) else False:
        return
    if isinstance(code, str) and code.isprintable() and known(code):
        values[name] = code
    else:
        errors[name] = [_("There is no such code.")]


def _attribution(given: object, values: dict[str, object], errors: dict[str, list[Words]]) -> None:
    """One code, several with commas or as a list, or all of them."""
    listed = given.split(",") if isinstance(given, str) else given or []
    codes = list(listed) if isinstance(listed, list | tuple) else [None]
    codes = [code.strip() if isinstance(code, str) else None for code in codes if code != ""]
    if any(code not in {ALL, *Attribution.values} for code in codes):
        errors["attribution"] = [_("There is no such code.")]
    elif ALL not in codes and set(codes) != set(Attribution.values):
        values["attribution"] = tuple(code for code in Attribution.values if code in codes)
