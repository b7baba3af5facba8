"""What an instrument must be, and how its answers are scored. Pure functions of its data.

Organisations assess by different questions, some licensed, and scores of two sets do not compare.
So an instrument is a row with an edition, never changed; answers are kept, and scores worked out
from them each time by the edition they were given under.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.services import Refused
from victims.enums import OLDEST_MONTHS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from aftercare.models import Assessment, Instrument

WORST, BEST = 1, 4
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
KEYS = {"code", "edition", "name", "licence", "domains", "restored"}

Answers = dict[str, int | None]


class NotAnInstrument(Refused):
    """The words say what is wrong with it."""


@dataclass(frozen=True)
class Scored:
    """One assessment, scored: a mean for each domain, or nothing where too little was answered."""

    domains: Mapping[str, float | None]
    restored: bool | None  # nothing: not scorable


def items_of(instrument: Instrument, domain: str) -> list[dict[str, str]]:
    return next((d["items"] for d in instrument.domains if d["code"] == domain), [])


def domain_score(items: list[dict[str, str]], answers: Mapping[str, int | None]) -> float | None:
    """The mean of what was answered: at least half of the items that apply, else nothing."""
    applies = [i["code"] for i in items if answers.get(i["code"], WORST) is not None]
    given = [answers[code] for code in applies if code in answers]
    if not given or 2 * len(given) < len(applies):
        return None
    return sum(score for score in given if score) / len(given)


def too_young(instrument: Instrument, oldest: int | None) -> list[str]:
    """The domains that do not apply to whoever is surely younger; `oldest`: months at most."""
    if oldest is None:
        return []
    return [d["code"] for d in instrument.domains if oldest < d.get("from_months", 0)]


def scored(
    instrument: Instrument, answers: Mapping[str, int | None], left_out: Collection[str] = ()
) -> Scored:
    """The score of each domain that applies to the person; one left out is none and not missed."""
    applies = [d for d in instrument.domains if d["code"] not in left_out]
    domains = {d["code"]: domain_score(d["items"], answers) for d in applies}
    return Scored(domains, _restored(instrument, domains, answers))


def score_of(assessment: Assessment) -> Scored:
    return scored(assessment.instrument, assessment.answers, assessment.left_out)


def _restored(
    instrument: Instrument, domains: Mapping[str, float | None], answers: Mapping[str, int | None]
) -> bool | None:
    """The configured rule: every domain high enough, and no item at its worst where it says so."""
    rule = instrument.restored
    means = [score for score in domains.values() if score is not None]
    if not means or len(means) < len(domains):
        return None
    at_one = any(
        answers.get(item["code"]) == WORST
        for domain in rule["no_item_at_one_in"]
        for item in items_of(instrument, domain)
    )
    return min(means) >= rule["least"] and not at_one


def checked(data: Any) -> dict[str, Any]:
    """An instrument as it came from a file, or words that say what is wrong. Raises."""
    if not isinstance(data, dict) or set(data) - KEYS or KEYS - {"licence"} - set(data):
        wanted = ", ".join(sorted(KEYS))
        raise NotAnInstrument(_("An instrument has these parts: %(parts)s.") % {"parts": wanted})
    _need(_is_code(data["code"]), _("code: small letters, digits and underlines."))
    _need(_is_number(data["edition"], 1, 9999), _("edition: a number from 1."))
    _need(_is_words(data["name"], 120), _("name: words, at most 120 characters."))
    licence = data.setdefault("licence", "")
    _need(_is_text(licence, 200), _("licence: at most 200 characters."))
    domains = data["domains"]
    _need(isinstance(domains, list) and 0 < len(domains) <= 20, _("domains: a list of 1 to 20."))
    codes = [code for domain in domains for code in _domain_codes(domain)]
    _need(len(codes) == len(set(codes)), _("Every code of a domain or an item stands once."))
    ageless = any(not domain.get("from_months") for domain in domains)
    _need(ageless, _("from_months: at least one domain applies at every age."))
    _check_rule(data["restored"], {domain["code"] for domain in domains})
    return data


def _domain_codes(domain: Any) -> Iterator[str]:
    yield _code_of(domain, {"code", "label", "items"}, {"from_months"})
    months = domain.get("from_months", 0)
    _need(_is_number(months, 0, OLDEST_MONTHS), _("from_months: an age in months."))
    items = domain["items"]
    words = _("%(domain)s: a list of 1 to 30 items.") % {"domain": domain["code"]}
    _need(isinstance(items, list) and 0 < len(items) <= 30, words)
    for item in items:
        yield f"item {_code_of(item, {'code', 'label'})}"


def _code_of(part: Any, keys: set[str], more: Collection[str] = ()) -> str:
    whole = isinstance(part, dict) and set(part) - set(more) == keys
    wanted = ", ".join(sorted(keys))
    _need(whole, _("Each domain or item has these parts: %(parts)s.") % {"parts": wanted})
    _need(_is_code(part["code"]), _("code: small letters, digits and underlines."))
    _need(_is_words(part["label"], 200), _("label: words, at most 200 characters."))
    return str(part["code"])


def _check_rule(rule: Any, domains: set[str]) -> None:
    whole = isinstance(rule, dict) and set(rule) == {"least", "no_item_at_one_in"}
    _need(whole, _("restored: least, and no_item_at_one_in."))
    least, safe = rule["least"], rule["no_item_at_one_in"]
    number = isinstance(least, int | float) and not isinstance(least, bool)
    _need(number and WORST <= least <= BEST, _("restored.least: a number from 1 to 4."))
    known = isinstance(safe, list) and all(isinstance(d, str) and d in domains for d in safe)
    _need(known, _("restored.no_item_at_one_in: codes of domains."))


def _need(right: bool, words: str) -> None:
    if not right:
        raise NotAnInstrument(words)


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and bool(CODE.fullmatch(value))


def _is_text(value: Any, longest: int) -> bool:
    """What can be stored and shown: no control signs, no halves of signs."""
    return (
        isinstance(value, str)
        and len(value) <= longest
        and not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value)
    )


def _is_words(value: Any, longest: int) -> bool:
    return _is_text(value, longest) and len(value.strip()) > 0


def _is_number(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
