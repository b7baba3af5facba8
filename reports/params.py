"""What one asks a report for."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.enums import Programme
from places.models import Jurisdiction

INSTANCES = ("first", "final")
NAMES = ("from", "to", "as_of", "jurisdiction", "programme", "instance")


class BadParams(ValueError):
    """What was asked cannot be answered; `errors` says which parameter and why."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("; ".join(f"{k}: {v[0]}" for k, v in errors.items()))
        self.errors = errors


@dataclass(frozen=True)
class Params:
    """Dates are included. As-of D counts facts dated on or before D, as known now."""

    start: date | None = None
    end: date | None = None
    as_of: date = field(default_factory=timezone.localdate)
    jurisdiction: str | None = None
    programme: str | None = None
    instance: str = "first"

    @property
    def until(self) -> date:
        """The last day whose facts count: the end of the period, or the as-of day before it."""
        return min(self.end, self.as_of) if self.end else self.as_of

    def as_json(self) -> dict[str, Any]:
        values = asdict(self)
        named = {"from": values.pop("start"), "to": values.pop("end")} | values
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in named.items()}

    def period(self, field: str) -> dict[str, date]:
        """The filter that keeps rows dated within the period."""
        bounds = {f"{field}__lte": self.until}
        return bounds | ({f"{field}__gte": self.start} if self.start else {})


def parse(given: dict[str, Any]) -> Params:
    """Read parameters as the API, the page and the command give them. Raises `BadParams`."""
    errors: dict[str, list[str]] = {
        str(name)[:40]: [_("There is no such parameter.")] for name in given if name not in NAMES
    }
    values: dict[str, Any] = {}
    for name, key in (("from", "start"), ("to", "end"), ("as_of", "as_of")):
        if given.get(name) not in {None, ""}:
            try:
                values[key] = date.fromisoformat(str(given[name]))
            except ValueError:
                errors[name] = [_("A date like 2026-11-24 is expected.")]
    _code(given, "jurisdiction", _known_place, values, errors)
    _code(given, "programme", lambda code: code in Programme.values, values, errors)
    _code(given, "instance", lambda code: code in INSTANCES, values, errors)
    if not errors and values.get("start") and values.get("end") and values["start"] > values["end"]:
        errors["to"] = [_("The period ends before it begins.")]
    if errors:
        raise BadParams(errors)
    return Params(**values)


def _known_place(code: str) -> bool:
    return len(code) <= 16 and Jurisdiction.objects.filter(code=code).exists()


def _code(given: Any, name: str, known: Any, values: Any, errors: Any) -> None:
    code = given.get(name)
    if code in {None, ""} if isinstance(code, str | None) else False:
        return
    if isinstance(code, str) and code.isprintable() and known(code):
        values[name] = code
    else:
        errors[name] = [_("There is no such code.")]
