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
    from desk.lists.nouns import Lines


@service(Perm.VICTIM_VIEW)
def read_survivors(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the survivors of all cases."""
    lines = lines_of(SURVIVORS, query, actor)
    audit.read_rows(
        "survivor.list", "victims.Involvement", lines.ids, actor=actor, shown=lines.seen
    )
    return lines


@service(Perm.SUSPECT_VIEW)
def read_suspects(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the suspects of all cases."""
    lines = lines_of(SUSPECTS, query, actor)
    audit.read_rows(
        "suspect.list", "prosecutions.Suspect", lines.ids, actor=actor, shown=lines.seen
    )
    return lines


@service(Perm.PROSECUTION_VIEW)
def read_hearings(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the hearings of all cases."""
    lines = lines_of(HEARINGS, query, actor)
    audit.read_rows(
        "hearing.list", "prosecutions.Hearing", lines.ids, actor=actor, shown=lines.seen
    )
    return lines


@service(Perm.REFERRAL_VIEW)
def read_referrals(query: Mapping[str, str], *, actor: User) -> Lines:
    """One page of the referrals of all cases."""
    lines = lines_of(REFERRALS, query, actor)
    audit.read_rows("referral.list", "aftercare.Referral", lines.ids, actor=actor, shown=lines.seen)
    return lines
