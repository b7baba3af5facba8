"""Records that may be of one survivor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests import factories
from victims.models import Confirmation, Match, Victim, VictimMerge

if TYPE_CHECKING:
    from casework.models import Case


def victim_merge(case: Case | None = None) -> VictimMerge:
    case = case or factories.case()
    kept, other = factories.victim(case), factories.victim(case)
    other.merged_into = kept
    other.save()
    return VictimMerge.objects.create(
        kept=kept, other=other, moved=[other.pk], merged_by=factories.user()
    )


def match(case: Case | None = None, *victims: Victim, likeness: int = 90, **fields: Any) -> Match:
    case = case or factories.case()
    pair = victims or (factories.victim(case), factories.victim(case))
    one, other = sorted(pair, key=lambda row: row.pk)
    return Match.objects.create(one=one, other=other, likeness=likeness, **fields)


def confirmation(case: Case | None = None, **fields: Any) -> Confirmation:
    case = case or factories.case()
    pair = fields.pop("match", None) or match(case)
    part = fields.pop("involvement", None) or pair.one.involvements.get(case=case)
    values = {"asked_by": fields.pop("asked_by", None) or factories.user()}
    return Confirmation.objects.create(case=case, match=pair, involvement=part, **(values | fields))


FACTORIES: dict[Any, Any] = {
    VictimMerge: victim_merge,
    Match: match,
    Confirmation: confirmation,
}
