"""Invented names, some of them alike: a girl met twice in Kolkata, and one known in Manila as well.

Nobody in it exists. The pairs are what the night would find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.context import acting_as
from prosecutions.models import OffenderMatch, Suspect
from prosecutions.services.suspects import name_suspect
from victims.models import Involvement, Match, Victim
from victims.services.confirmations import ask_confirmations
from victims.services.identities import record_identity

if TYPE_CHECKING:
    from accounts.models import User

OFFENDERS = ("Bikram Ghosh", "বিক্রম ঘোষ")
NAMES = {
    "kolkata": ("প্রিয়া দাস", "Preeya Das", "Lakshmi Mondal", "Rosa Lim"),
    "manila": ("Rosa Lim", "Maria Santos"),
}


def add_duplicates(users: dict[str, User], officer: User) -> None:
    """Names for some survivors, two pairs to judge, and a question to two case managers."""
    named = {office: _names(users[f"lead.{office}"], names) for office, names in NAMES.items()}
    here, there = named["kolkata"], named["manila"]
    _offenders(users["lead.kolkata"])
    with acting_as(officer.pk):
        _pair(here[0], here[1], 96)
        across = _pair(here[3], there[0], 100)
        ask_confirmations(across, actor=officer)


def _offenders(lead: User) -> None:
    """Two men of two cases whose names are alike."""
    with acting_as(lead.pk):
        rows = Suspect.objects.visible_to(lead).filter(perpetrator__kind="individual", code="A-1")
        rows = rows.filter(case__office=lead.home_office, case__level__lt=4)
        rows = rows.select_related("perpetrator", "case").order_by("-case__reference")
        pair = list(rows.filter(perpetrator__name="")[: len(OFFENDERS)])
        for suspect, name in zip(pair, OFFENDERS, strict=True):
            version = suspect.perpetrator.version
            name_suspect(suspect, version=version, name=name, actor=lead)
        first, second = sorted(row.perpetrator_id for row in pair)
        OffenderMatch.objects.create(one_id=first, other_id=second, likeness=81)


def _names(lead: User, names: tuple[str, ...]) -> list[Victim]:
    """Women and girls of cases of their own, so that nobody stands twice in one."""
    with acting_as(lead.pk):
        parts = Involvement.objects.visible_to(lead).filter(victim__sex="female", code="S-1")
        rows = list(parts.select_related("victim", "case").order_by("case__reference"))
        for part, name in zip(rows, names, strict=False):
            record_identity(part, full_name=name, actor=lead)
        return [part.victim for part in rows[: len(names)]]


def _pair(first: Victim, second: Victim, likeness: int) -> Match:
    record, other = sorted((first, second), key=lambda row: row.pk)
    return Match.objects.create(one=record, other=other, likeness=likeness)
