"""Looking at a list of what stands in cases is recorded, with the cases of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.permissions import Perm
from core import audit
from core.services import service
from desk.lists.nouns import HEARINGS, REFERRALS, SURVIVORS, SUSPECTS, lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from desk.lists.nouns import Lines, Noun


@service(Perm.VICTIM_VIEW)
def read_survivors(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the survivors of all cases."""
    return _read("survivor.list", SURVIVORS, query, actor)


@service(Perm.SUSPECT_VIEW)
def read_suspects(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the suspects of all cases."""
    return _read("suspect.list", SUSPECTS, query, actor)


@service(Perm.PROSECUTION_VIEW)
def read_hearings(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the hearings of all cases."""
    return _read("hearing.list", HEARINGS, query, actor)


@service(Perm.REFERRAL_VIEW)
def read_referrals(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the referrals of all cases."""
    return _read("referral.list", REFERRALS, query, actor)


def _read(action: str, noun: Noun, query: Mapping[str, str], actor: User) -> Lines:
    lines = lines_of(noun, query, actor)
    label = noun.filter.table.listed.rows.model._meta.label
    shown = {one for line in lines.rows for one in line.seen}
    ids = [line.id for line in lines.rows]
    audit.read_rows(action, label, ids, actor=actor, shown=shown)
    return lines
