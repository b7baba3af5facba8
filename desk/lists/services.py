"""Looking at a list of what stands in cases is recorded, with the cases of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import audit
from core.services import service
from desk.lists.nouns import HEARINGS, REFERRALS, SURVIVORS, SUSPECTS, lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from desk.lists.nouns import Lines, Noun


@service(SURVIVORS.needs)
def read_survivors(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the survivors of all cases."""
    return _read(SURVIVORS, query, actor)


@service(SUSPECTS.needs)
def read_suspects(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the suspects of all cases."""
    return _read(SUSPECTS, query, actor)


@service(HEARINGS.needs)
def read_hearings(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the hearings of all cases."""
    return _read(HEARINGS, query, actor)


@service(REFERRALS.needs)
def read_referrals(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the referrals of all cases."""
    return _read(REFERRALS, query, actor)


def _read(noun: Noun, query: Mapping[str, str], actor: User) -> Lines:
    lines = lines_of(noun, query, actor)
    audit.read_rows(noun.deed, noun.label, lines.ids, actor=actor, shown=lines.seen)
    return lines
