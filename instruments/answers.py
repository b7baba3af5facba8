"""Reading, checking and scoring the answers to a set of questions. Pure functions of its data.

Organisations assess by different questions, some licensed, and scores of two sets do not compare.
So an instrument is a row with an edition, never changed; answers are kept, and scores worked out
from them each time by the edition they were given under.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext

from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from instruments.models import Instrument

WORST, BEST = 1, 4
Answers = dict[str, int | None]


@dataclass(frozen=True)
class Scored:
    """One assessment, scored: a mean for each domain, or nothing where too little was answered."""

    domains: Mapping[str, float | None]
    restored: bool | None  # nothing: not scorable


def applying(instrument: Instrument, left_out: Collection[str]) -> list[dict[str, Any]]:
    """The domains that apply to the person."""
    return [domain for domain in instrument.domains if domain["code"] not in left_out]


def items_of(instrument: Instrument, domain: str) -> list[dict[str, str]]:
    return next((d["items"] for d in instrument.domains if d["code"] == domain), [])


def called(part: Mapping[str, Any]) -> str:
    """What a domain or an item is called: that of the set which is shipped in the reader's
    language, others as they were written."""
    return pgettext("assessment", part["label"])


def domain_score(items: list[dict[str, str]], answers: Mapping[str, int | None]) -> float | None:
    """The mean of what was answered: at least half of the items that apply, else nothing."""
    applies = [i["code"] for i in items if answers.get(i["code"], WORST) is not None]
    given = [answers[code] for code in applies if code in answers]
    if not given or 2 * len(given) < len(applies):
        return None
    return sum(score for score in given if score) / len(given)


def checked_answers(items: Collection[str], answers: Mapping[str, int | None]) -> Answers:
    """The answers, each to one of these items and on the scale. Raises `Refused`."""
    if unknown := sorted(set(answers) - set(items)):
        words = _("There is no such item here: %(items)s.")
        raise Refused(words % {"items": ", ".join(name[:40] for name in unknown[:5])}, "answers")
    if any(score is not None and not WORST <= score <= BEST for score in answers.values()):
        raise Refused(_("An item is scored from 1 to 4, or does not apply."), "answers")
    return dict(answers)


def too_young(instrument: Instrument, oldest: int | None) -> list[str]:
    """The domains that do not apply to whoever is surely younger; `oldest`: months at most."""
    if oldest is None:
        return []
    return [d["code"] for d in instrument.domains if oldest < d.get("from_months", 0)]


def scored(
    instrument: Instrument, answers: Mapping[str, int | None], left_out: Collection[str] = ()
) -> Scored:
    """The score of each domain that applies to the person; one left out is none and not missed."""
    applies = applying(instrument, left_out)
    domains = {d["code"]: domain_score(d["items"], answers) for d in applies}
    return Scored(domains, _restored(instrument, domains, answers))


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
