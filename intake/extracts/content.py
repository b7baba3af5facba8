"""What a phone may show of a case without a network: initials, hearings, what is due, what to ask.

Made of codes, days and the words for codes, as far as its reader may read them now. No name stands
in it, no address, no provider and nothing that somebody wrote in words of their own, for that may
say who or where somebody is. The plan of a rescue is not in it either: it names the place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format

from aftercare.enums import ReferralStatus
from aftercare.models import Referral
from casework import due_soon
from core.spoken import in_own_names
from prosecutions.models import Hearing
from prosecutions.words import court_of
from victims.models import Identity, Involvement
from victims.sections import SECTIONS, PersonInCase, State

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User
    from casework.models import Case

MOST_PEOPLE, MOST_ASKED, MOST_HEARINGS, MOST_INITIALS = 60, 10, 5, 3
A_ROOM = re.compile(r"(?=.*\d)[\w./-]{1,6}")  # as "4B"; what somebody wrote beside it stays here
MARKS = "Mn", "Mc"  # which belong to the letter before them


@dataclass(frozen=True)
class Sitting:
    when: str
    court: str
    room: str
    purpose: str


@dataclass(frozen=True)
class Person:
    """`asks`: what of this person is not known yet, by the sections that ask it."""

    code: str
    initials: str
    in_words: str
    languages: str
    needs: list[str]
    asks: list[str]


@dataclass(frozen=True)
class Content:
    """`shown`: the persons and cases that are in it, for the history."""

    reference: str
    hearings: list[Sitting]
    due: list[tuple[str, str]]
    people: list[Person]
    more: int
    shown: list[UUID]


def content_of(case: Case, reader: User) -> Content:
    rows = Involvement.objects.visible_to(reader).filter(case=case)
    people = list(rows.select_related("victim", "case__jurisdiction").order_by("created_at", "pk"))
    here = people[:MOST_PEOPLE]
    initials, needs = _initials(here, reader), _needs(case, reader)
    return Content(
        reference=case.reference,
        hearings=_hearings(case, reader),
        due=[
            (date_format(day, "D j M"), words)
            for ask in due_soon.asked
            for day, words in sorted(ask(case, reader))
        ],
        people=[
            Person(
                person.code,
                initials.get(person.victim_id, ""),
                person.victim.in_words,
                in_own_names(_spoken(person)),
                needs.get(person.pk, []),
                _asks(person, reader) if at < MOST_ASKED else [],
            )
            for at, person in enumerate(here)
        ],
        more=len(people) - len(here),
        shown=[pk for person in here for pk in (person.pk, person.victim_id)],
    )


def _spoken(person: Involvement) -> list[str]:
    return [code for code in person.victim.languages.split(",") if code]


def _initials(people: list[Involvement], reader: User) -> dict[UUID, str]:
    """Of those whose names this reader may read; the names themselves stay here."""
    ids = [person.victim_id for person in people]
    known = Identity.objects.visible_to(reader).filter(victim__any_of=ids)
    return {row.victim_id: initials_of(str(row.latin_name or row.full_name)) for row in known}


def initials_of(name: str) -> str:
    """“M. K.” of Mina Karim; of a script with marks each letter with its marks."""
    words = [word for word in name.split() if word[0].isalpha()]
    if any(_first(word) == word.upper() for word in words):  # they would be the name: 王 芳
        return ""
    return " ".join(f"{_first(word)}." for word in words[:MOST_INITIALS])


def _first(word: str) -> str:
    letter = word[0]
    for sign in word[1:]:
        if unicodedata.category(sign) not in MARKS:
            break
        letter += sign
    return letter.upper()


def _needs(case: Case, reader: User) -> dict[UUID, list[str]]:
    """What each still waits for, and how soon."""
    waiting = Referral.objects.visible_to(reader).filter(case=case)
    needs: dict[UUID, list[str]] = {}
    for row in waiting.exclude(status__in=ReferralStatus.OVER).order_by("created_at", "pk"):
        words = f"{row.get_need_display()} ({row.get_urgency_display()})"
        needs.setdefault(row.involvement_id, []).append(words)
    return needs


def _asks(person: Involvement, reader: User) -> list[str]:
    known = PersonInCase(person, reader)
    missing = (State.NOT_STARTED, State.IN_PROGRESS)
    return [str(section.label) for section in SECTIONS if known.state(section) in missing]


def _hearings(case: Case, reader: User) -> list[Sitting]:
    beside = ("prosecution__court__jurisdiction", "prosecution__jurisdiction")
    rows = Hearing.objects.visible_to(reader).filter(case=case, result="").select_related(*beside)
    return [
        Sitting(
            date_format(row.listed_on, "D j M Y")
            + (f", {row.listed_at:%H:%M}" if row.listed_at else ""),
            court_of(row.prosecution),
            row.room if A_ROOM.fullmatch(row.room) else "",
            row.get_purpose_display(),
        )
        for row in rows.order_by("listed_on", "listed_at", "pk")[:MOST_HEARINGS]
    ]
