"""What may be asked of a report, and what was asked, in words."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Office
from casework.enums import Programme
from core.days import clock
from core.days import typed as typed_days
from places.models import Jurisdiction
from places.naming import named
from prosecutions.enums import Attribution
from reports.params import CHOICES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from accounts.models import User
    from reports.base import Report


def asked_for(params: dict[str, Any]) -> list[tuple[str, str]]:
    """What was asked, in words: (label, value)."""
    place = params["jurisdiction"]
    if place:
        place = Jurisdiction.objects.filter(code=place).first()
    words = [
        (_("Period"), period_words(read_day(params["from"]), read_day(params["to"]))),
        (_("Place"), str(place or _("All places"))),
        (_("Programme"), programme_words(params["programme"])),
    ]
    for name, label in option_labels().items():
        if param := params.get(name):
            words.append((label, in_words(name, param)))
    return [*words, (_("As of"), _day(params["as_of"]))]


def parameter_labels() -> dict[str, str]:
    """What every parameter is called on a page."""
    common = {
        "from": pgettext("day", "From"),
        "to": pgettext("day", "To"),
        "as_of": _("As of"),
        "jurisdiction": _("Place"),
        "programme": _("Programme"),
    }
    return common | option_labels()


def option_labels() -> dict[str, str]:
    return {
        "measure": _("Measure"),
        "basis": _("Counted"),
        "instance": _("Outcome"),
        "year": _("Years"),
        "audience": _("Who is counted"),
        "attribution": _("Whose work"),
    }


def options_of(report: Report, given: dict[str, str]) -> list[dict[str, object]]:
    """The options this report takes, as boxes on its page."""
    chosen = {name: given.get(name, "").split(",") for name in report.takes}
    labels = option_labels()
    return [
        {
            "name": name,
            "label": labels[name],
            "many": name not in CHOICES,
            "wide": name in {"measure", "basis"},
            "codes": [
                (code, words, code in chosen[name])
                for code, words in (CHOICES.get(name) or dict(Attribution.choices)).items()
            ],
        }
        for name in report.takes
    ]


def in_words(name: str, asked: Any) -> str:
    if name == "attribution":
        return ", ".join(str(dict(Attribution.choices)[code]) for code in asked)
    return str(CHOICES[name][asked])


def programme_words(code: str | None) -> str:
    return str(dict(Programme.choices)[code]) if code else _("All programmes")


def period_words(start: date | None, end: date | None) -> str:
    """Two days, both included; either may be missing."""
    first, last = (date_format(day, "j M Y") if day else "" for day in (start, end))
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("from %(first)s") % {"first": first}
    return _("until %(last)s") % {"last": last} if last else _("All dates")


def given_of(query: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """What the address of a page says of these. Boxes ticked side by side are one, their codes
    joined; days are typed by people, and go on as programs write them."""
    given = {name: query.get(name, "") for name in names}
    given["attribution"] = ",".join(query.getlist("attribution"))
    for name in ("from", "to", "as_of"):
        with suppress(ValueError):  # refused beside its field
            given[name] = typed_days.read_day(given[name], today=clock.today()).isoformat()
    return {name: value for name, value in given.items() if value}


def read_day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _day(value: str | None) -> str:
    return date_format(date.fromisoformat(value), "j M Y") if value else ""


def as_links(
    periods: list[tuple[str, dict[str, str]]], given: dict[str, str], path: str = ""
) -> list[dict[str, object]]:
    """Periods by what each is called, as links that keep the other choices."""
    kept = {name: value for name, value in given.items() if name not in {"from", "to"}}
    now = {name: value for name, value in given.items() if name in {"from", "to"}}
    return [
        {"words": words, "url": address(path, kept | period), "here": period == now}
        for words, period in periods
    ]


def near_as_links(
    report: Report, reader: User, given: dict[str, str], path: str
) -> list[dict[str, object]]:
    """Everywhere, and each country the reader's figures are of, as links that keep the rest."""
    if "jurisdiction" not in report.narrows:
        return []
    kept = {name: value for name, value in given.items() if name != "jurisdiction"}
    offices = Office.objects.filter(pk__in=reader.counting.offices, jurisdiction__isnull=False)
    codes = {code[:2] for code in offices.values_list("jurisdiction__code", flat=True)}
    names = Jurisdiction.objects.filter(code__in=codes).order_by("name").values_list("code", "name")
    places = [("", _("All places")), *names]
    chosen = given.get("jurisdiction", "")
    return [
        {
            "words": words,
            "url": address(path, kept | ({"jurisdiction": code} if code else {})),
            "here": code == chosen,
        }
        for code, words in places
    ]


def address(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def wide_places() -> list[tuple[str, str, str]]:
    """Countries, each followed by its states: (code, name, name of the country), as the reader
    calls them."""
    country = Coalesce("parent__name", "name")
    wide = Jurisdiction.objects.filter(level__in=("country", "state")).annotate(country=country)
    ordered = wide.order_by("country", F("parent").asc(nulls_first=True), "name")
    rows = ordered.values_list("code", "name", "country")
    return [(code, named(code, name), named(code[:2], country)) for code, name, country in rows]
