"""What a set of questions must be before it is trusted. Pure functions of its data."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from core.days.ages import OLDEST_MONTHS
from core.refusals import Words
from core.refusals import gettext as _
from core.services import Refused
from instruments.answers import BEST, WORST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
KEYS = {"code", "edition", "name", "licence", "domains", "restored"}


class NotAnInstrument(Refused):
    """The words say what is wrong with it."""


def checked(data: object) -> dict[str, Any]:
    """An instrument as it came from a file, or words that say what is wrong. Raises."""
    if not isinstance(data, dict) or set(data) - KEYS or KEYS - {"licence"} - set(data):
        wanted = ", ".join(sorted(KEYS))
        raise NotAnInstrument(_("An instrument has these parts: %(parts)s.") % {"parts": wanted})
    _need(_is_code(data["code"]), _("code: small letters, digits and underscores."))
    _need(_is_number(data["edition"], 1, 9999), _("edition: a number from 1."))
    _need(_is_words(data["name"], 120), _("name: words, at most 120 characters."))
    licence = data.setdefault("licence", "")
    _need(_is_text(licence, 200), _("licence: at most 200 characters."))
    domains = data["domains"]
    _need(isinstance(domains, list) and 0 < len(domains) <= 20, _("domains: a list of 1 to 20."))
    codes = [code for domain in domains for code in _domain_codes(domain)]
    _need(
        len(codes) == len(set(codes)), _("Each code of a domain or an item may be used only once.")
    )
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
    _need(_is_code(part["code"]), _("code: small letters, digits and underscores."))
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


def _need(right: bool, words: Words) -> None:
    if not right:
        raise NotAnInstrument(words)


def _is_code(value: object) -> bool:
    return isinstance(value, str) and bool(CODE.fullmatch(value))


def _is_text(value: object, longest: int) -> bool:
    """What can be stored and shown: no control signs, no halves of signs."""
    return (
        isinstance(value, str)
        and len(value) <= longest
        and not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value)
    )


def _is_words(value: Any, longest: int) -> bool:
    return _is_text(value, longest) and len(value.strip()) > 0


def _is_number(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
