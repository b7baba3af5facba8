"""What is completed later about a person. Nothing (`None`) says: asked, and nobody knows.

A change of a section is a change of the person, by whose version it goes.

Long forms are filled wrongly, boxes "section complete" are ticked to be rid of them, and an empty
field says neither "not asked" nor "nobody knows". So how far a section is follows from its
answers, and "not known" is an answer, kept by name beside the empty value. Words lie apart from
codes, encrypted, so that figures need no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from accounts.permissions import Perm
from core import audit
from core.access import IDENTITY
from core.database.inserting import amend_each, insert
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from places.countries import COUNTRIES
from victims.enums import OLDEST_MONTHS, Papers, Safety, Sex, Topic
from victims.models import Background, Particular, Victim
from victims.services.reach import require_person

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from accounts.models import User

AGE = ("age_min_months", "age_max_months")
OF_VICTIM = (*AGE, "sex", "nationality", "languages")
MOST_LANGUAGES = 15
MOST_TOLD = 2000  # signs of a danger, of papers, of what an answer rests on


@service(Perm.PERSON_COMPLETE)
def describe_person(victim: Victim, *, version: int, actor: User, **told: Any) -> Victim:
    """Record what is known of the person. Null means that it is not known. Raises `Stale`.

    `None` for a question says that nobody knows; an empty answer takes the answer away.
    """
    require_person(victim.pk, actor)
    facts = answers(told)
    described = amend(victim, version, **facts.of_victim)
    _write(victim, facts.of_background, facts.unknown)
    audit.record("person.described", described, actor=actor, fields=facts.fields)
    return described


@dataclass(frozen=True)
class Answers:
    """What is told of a person as it is stored, and to which questions nobody knows."""

    of_victim: dict[str, Any]
    of_background: dict[str, Any]
    unknown: dict[str, bool]
    fields: list[str]


def answers(values: dict[str, Any]) -> Answers:
    """What can be so of a person, sorted out."""
    _check_age(values)
    unknown = {_question(name): value is None for name, value in values.items()}
    if languages := values.get("languages"):
        values = values | {"languages": _languages(languages)}
    if values.get("nationality") and values["nationality"] not in COUNTRIES:
        raise Refused(_("This is not a country code."))
    of_victim = {
        name: _as_stored(name, value) for name, value in values.items() if name in OF_VICTIM
    }
    of_background = {name: value for name, value in values.items() if name not in OF_VICTIM}
    return Answers(of_victim, of_background, unknown, sorted(values))


def describe_each(pairs: list[tuple[Victim, Answers]], *, actor: User) -> list[Background]:
    """The same of persons a file just brought, in sets."""
    describe_person.check(actor)
    for victim, facts in pairs:
        for name, value in facts.of_victim.items():
            setattr(victim, name, value)
    people = [victim for victim, _facts in pairs]
    amend_each(Victim, people, *sorted({name for _v, facts in pairs for name in facts.of_victim}))
    rows = [
        _answer(Background(victim=victim), facts.of_background, facts.unknown)
        for victim, facts in pairs
    ]
    insert(Background, rows)
    details = [{"fields": facts.fields} for _victim, facts in pairs]
    audit.record_each("person.described", people, actor=actor, details=details)
    return rows


@service(Perm.PERSON_COMPLETE)
def note_safety(
    victim: Victim,
    *,
    safety: Annotated[str | None, Column(codes=Safety)],
    reason: Annotated[str, Column(length=MOST_TOLD)] = "",
    version: int,
    actor: User,
) -> Victim:
    """Record whether a person is in danger, and why. The flag shows in every case of the person."""
    require_person(victim.pk, actor, IDENTITY)
    danger = safety == Safety.DANGER
    if danger and not reason.strip() and not _told(victim, Topic.SAFETY, actor):
        raise Refused(_("Describe the danger, so that others can act."))
    noted = amend(victim, version, safety_flag=danger)
    _write(victim, {"safety": safety}, {"safety": safety is None})
    _tell(victim, Topic.SAFETY, reason, actor)
    audit.record("person.safety", noted, actor=actor, safety=safety or "")
    return noted


@service(Perm.PERSON_COMPLETE)
def note_papers(
    victim: Victim,
    *,
    papers: Annotated[str | None, Column(codes=Papers)],
    details: Annotated[str, Column(length=MOST_TOLD)] = "",
    version: int,
    actor: User,
) -> Victim:
    """Record who has the identity papers of a person, and which papers they are."""
    require_person(victim.pk, actor, IDENTITY)
    noted = amend(victim, version)
    _write(victim, {"papers": papers}, {"papers": papers is None})
    _tell(victim, Topic.PAPERS, details, actor)
    audit.record("person.papers", noted, actor=actor, papers=papers or "")
    return noted


def _write(victim: Victim, facts: Mapping[str, object], unknown: Mapping[str, bool]) -> None:
    """The background of a person, made with the first answer. The person's row is locked."""
    row = Background.objects.filter(victim=victim).first() or Background(victim=victim)
    _answer(row, facts, unknown)
    row.version += 0 if row._state.adding else 1
    row.save()


def _answer(
    row: Background, facts: Mapping[str, object], unknown: Mapping[str, bool]
) -> Background:
    for name, value in facts.items():
        setattr(row, name, _as_stored(name, value))
    row.not_known = still_unknown(row.not_known, unknown)
    return row


def still_unknown(before: Collection[str], now: Mapping[str, bool]) -> list[str]:
    """The questions nobody could answer, after these were asked again."""
    return sorted({*(set(before) - set(now)), *(name for name, is_so in now.items() if is_so)})


def _question(name: str) -> str:
    return "age" if name in AGE else name


def _as_stored(name: str, value: object) -> Any:
    """Nobody knows is stored as nothing, beside the name of the question."""
    if name == "sex":
        return value or Sex.UNKNOWN
    if name in (*AGE, "age_estimated"):
        return None if value == "" else value
    return value or ""


def _check_age(values: Mapping[str, Any]) -> None:
    if ("age_min_months" in values) != ("age_max_months" in values):
        raise Refused(_("Enter both ends of the age range; for an exact age, enter it twice."))
    low, high = (values.get(name) for name in AGE)
    if (low is None) != (high is None):
        raise Refused(_("Enter both ends of the age range; for an exact age, enter it twice."))
    if low is not None and high is not None and not 0 <= low <= high <= OLDEST_MONTHS:
        raise Refused(_("The lower age must come first, and the higher may be at most 119 years."))


def _languages(codes: Collection[str]) -> str:
    once = list(dict.fromkeys(codes))
    if len(once) > MOST_LANGUAGES:
        raise Refused(_("At most %(n)s languages.") % {"n": MOST_LANGUAGES})
    return ",".join(once)


def _told(victim: Victim, about: str, reader: User) -> str:
    """What is told now of a person in words, as far as this reader may read it."""
    rows = Particular.objects.visible_to(reader).filter(victim=victim, about=about)
    newest = rows.order_by("-created_at").first()
    return str(newest.text) if newest else ""


def _tell(victim: Victim, about: str, text: str, actor: User) -> None:
    """Keep what is told anew; what stood before is kept beside it."""
    if text.strip() and text != _told(victim, about, actor):
        Particular.objects.create(victim=victim, about=about, text=text, written_by=actor)
