"""Records that may be of one offender: noted each night, judged, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from accounts.permissions import Perm
from core import audit
from core.alike.matching import (
    ANSWERS,
    Because,
    Judgement,
    Matching,
    in_hundredths,
    parts_of,
    side_by_side,
)
from core.services import service
from core.sounds import likeness, words
from core.verbs.arguments import Column
from prosecutions.models import OffenderMatch, Perpetrator, Suspect
from prosecutions.persons import records_of
from prosecutions.services.perpetrators import require_person
from victims.enums import Sex

if TYPE_CHECKING:
    from accounts.models import User


@service(Perm.MATCH_VIEW)
def read_offender_matches(rows: list[OffenderMatch], *, actor: User) -> list[dict[str, object]]:
    """Pairs of one page, with the cases of either side as far as they are open."""
    seen = Suspect.objects.visible_to(actor).select_related("case")
    parts = parts_of(rows, seen, "perpetrator")
    keys = audit.about([part for many in parts.values() for part in many], actor)
    ids = [row.pk for row in rows]
    audit.read_rows("offendermatch.list", OffenderMatch._meta.label, ids, actor=actor, shown=keys)
    return [side_by_side(row, parts) for row in rows]


@service(Perm.MATCH_DECIDE)
def judge_offenders(
    perpetrator: Perpetrator,
    *,
    other: Perpetrator,
    answer: Annotated[str, Column(codes=ANSWERS)],
    reason: Because = "",
    actor: User,
) -> OffenderMatch:
    """Say whether two records are one person. It is remembered, and can be changed later."""
    match: OffenderMatch = MATCHING.judge(perpetrator, other, Judgement(answer, reason), actor)
    audit.record("offendermatch.decided", match, actor=actor, answer=answer)
    return match


@service(Perm.MATCH_DECIDE)
def decide_offender_match(
    match: OffenderMatch,
    *,
    version: int,
    answer: Annotated[str, Column(codes=ANSWERS)],
    reason: Because = "",
    actor: User,
) -> OffenderMatch:
    """Say whether the two are one person, or that it is to be looked at later. Raises `Stale`."""
    row: OffenderMatch = MATCHING.decide(match, version, Judgement(answer, reason), actor)
    audit.record("offendermatch.decided", row, actor=actor, answer=answer)
    return row


def may_be_one(record: tuple[str, str], other: tuple[str, str]) -> bool:
    """By kind and sex: no firm is a person."""
    (kind, sex), (others, theirs) = record, other
    return kind == others and (sex == theirs or Sex.UNKNOWN in (sex, theirs))


def _likeness_of(record: Perpetrator, other: Perpetrator, reader: User) -> int:
    mine, theirs = (
        [
            words(row.name)
            for bearer in records_of(side, reader)
            for row in (bearer, *bearer.aliases.all())
            if row.name
        ]
        for side in (record, other)
    )
    return in_hundredths(max((likeness(a, b) for a in mine for b in theirs), default=0))


MATCHING = Matching(OffenderMatch, require_person, _likeness_of)
