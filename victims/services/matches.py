"""Records that may be of one person: offered to whoever learns a name, judged, remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from accounts.permissions import Perm
from core import audit
from core.alike.matching import ANSWERS, Because, Judgement, Matching, MatchStatus, in_hundredths
from core.refusals import gettext as _
from core.services import Refused, service
from core.sounds import ENOUGH, likeness, words
from core.verbs.arguments import Column
from victims.enums import IdentityField, NameReason, Sex
from victims.models import Identity, Involvement, Match, Victim
from victims.services.identities import NAMES, names_open_to
from victims.services.merges import require_person, side_of

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User

OFFERED = 8


@dataclass(frozen=True)
class Candidate:
    """Somebody of a like name: the record, its parts in cases open to the reader, how like."""

    victim: Victim
    parts: list[Involvement]
    likeness: int


@service(Perm.MATCH_VIEW)
def read_alike(person: Involvement, *, actor: User) -> list[Candidate]:
    """People of a like name among those whose names are open to this reader, the likest first.

    What lies outside is not even read. Who was said to be somebody else is not offered again.
    """
    scores = _alike(person.victim, actor) if actor.has_perm(Perm.IDENTITY_VIEW) else {}
    known = {row.pk: row for row in Victim.objects.visible_to(actor).filter(pk__in=list(scores))}
    parts = list(
        Involvement.objects.visible_to(actor)
        .filter(victim__in=list(known))
        .select_related("case", "victim")
        .order_by("case__reference", "code")
    )
    audit.read("victim.alike", person, actor=actor, shown=audit.about(parts, actor))
    return [
        Candidate(known[pk], [part for part in parts if part.victim_id == pk], score)
        for pk, score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        if pk in known
    ]


@service(Perm.MATCH_DECIDE)
def judge(
    victim: Victim,
    *,
    other: Victim,
    answer: Annotated[str, Column(codes=ANSWERS)],
    reason: Because = "",
    actor: User,
) -> Match:
    """Say whether two records are one person. It is remembered, and can be changed later."""
    match: Match = MATCHING.judge(victim, other, Judgement(answer, reason), actor)
    audit.record("match.decided", match, actor=actor, answer=answer)
    return match


@service(Perm.MATCH_DECIDE)
def decide_match(
    match: Match,
    *,
    version: int,
    answer: Annotated[str, Column(codes=ANSWERS)],
    reason: Because = "",
    actor: User,
) -> Match:
    """Say whether the two are one person, or that it is to be looked at later. Raises `Stale`."""
    row: Match = MATCHING.decide(match, version, Judgement(answer, reason), actor)
    audit.record("match.decided", row, actor=actor, answer=answer)
    return row


@service(Perm.MATCH_VIEW)
def read_match(match: Match, *, actor: User) -> list[dict[str, object]]:
    """The two side by side, by codes."""
    pair = [side_of(record, actor) for record in (match.one, match.other)]
    people = audit.about([part for side in pair for part in side["parts"]], actor)
    audit.read("match.read", match, actor=actor, shown=people)
    return pair


@service(Perm.IDENTITY_VIEW)
def compare_identities(match: Match, *, reason: str, actor: User) -> dict[UUID, Identity]:
    """Show who the two are, for a reason; each look leaves it on record, never what it said."""
    if reason not in NameReason.values:
        raise Refused(_("Say why you need to see the names."))
    pair = [match.one_id, match.other_id]
    rows = Identity.objects.visible_to(actor).filter(victim__in=pair)
    identities = {row.victim_id: row for row in rows}
    if len(identities) < len(pair):
        raise Refused(_("Both names must be recorded and open to you."))
    for row in identities.values():
        audit.read(
            "identity.revealed",
            row,
            actor=actor,
            reason=reason,
            fields=sorted([*NAMES, IdentityField.BORN_ON]),
        )
    return identities


def _alike(victim: Victim, reader: User) -> dict[UUID, int]:
    """Of other persons one record each, by how like the names are, in hundredths."""
    names = [(pk, words(name)) for pk, name in names_open_to(reader)]
    ours = [name for pk, name in names if pk == victim.pk]
    others = [(pk, name) for pk, name in names if pk != victim.pk]
    rows = Victim.objects.visible_to(reader).filter(pk__in={pk for pk, _name in others})
    facts = {
        pk: (stands or pk, sex) for pk, stands, sex in rows.values_list("pk", "merged_into", "sex")
    }
    judged = Match.objects.visible_to(reader).of([victim.pk]).exclude(status=MatchStatus.OPEN)
    over = {pk for pair in judged.values_list("one", "other") for pk in pair}
    best: dict[UUID, tuple[float, UUID]] = {}
    for pk, name in others:
        person, sex = facts.get(pk, (pk, None))
        if pk in over or person == victim.person or not may_be_one(sex, victim.sex):
            continue
        like = max((likeness(mine, name) for mine in ours), default=0)
        if like >= ENOUGH and like > best.get(person, (0.0, pk))[0]:
            best[person] = (like, pk)
    likest = sorted(best.values(), reverse=True)[:OFFERED]
    return {pk: round(like * 100) for like, pk in likest}


def _likeness_of(victim: Victim, other: Victim, reader: User) -> int:
    mine, theirs = (
        [words(name) for pk, name in names_open_to(reader, [record.pk])]
        for record in (victim, other)
    )
    return in_hundredths(max((likeness(a, b) for a in mine for b in theirs), default=0))


def may_be_one(sex: str | None, other: str) -> bool:
    return sex is not None and (sex == other or Sex.UNKNOWN in (sex, other))


MATCHING = Matching(Match, require_person, _likeness_of)
