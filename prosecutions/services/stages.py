"""Reaching a stage, and keeping those that follow from other records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.db.models import Max, Min
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_past
from core import audit
from core.contradictions import refuse
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column
from prosecutions.columns import Reached
from prosecutions.contradictions.stages import NO_SUCH, OUT_OF_TURN
from prosecutions.enums import StageMeaning
from prosecutions.models import Appeal, ChargeDecision, Prosecution, StageReached
from prosecutions.stages import BY_THEMSELVES, Stage, StageTable, hold

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


@service(Perm.STAGE_REACH, label=gettext_lazy("Record the stage"))
def reach_stage(
    prosecution: Prosecution,
    *,
    stage: Annotated[str, Column(codes=StageTable.choices())],
    reached_on: Reached,
    actor: User,
) -> Prosecution:
    """Record the next stage. Filing, charges framed and judgment are recorded with their own
    forms. A refusal names the stages that may follow."""
    require_content(prosecution.case, actor)
    require_past(prosecution.case, reached_on)
    prosecution = Prosecution.objects.select_for_update().get(pk=prosecution.pk)
    hold()
    known = _known(prosecution, stage)
    _check_order(prosecution, known, reached_on)
    _check_decided(prosecution, known)
    if prosecution.stages.filter(stage=stage, reached_on=reached_on).exists():
        raise Refused(_("This stage is already recorded for that day."))
    row = StageReached.objects.create(
        case=prosecution.case, prosecution=prosecution, stage=stage, reached_on=reached_on
    )
    refuse(row)
    audit.record("stage.reached", row, actor=actor, stage=stage)
    return prosecution


def _known(prosecution: Prosecution, code: str) -> Stage:
    stage = StageTable.of(prosecution).stages.get(code)
    if stage is None:
        raise Refused(NO_SUCH)
    if stage.means in BY_THEMSELVES:
        raise Refused(BY_THEMSELVES[StageMeaning(stage.means)])
    return stage


def _check_order(prosecution: Prosecution, stage: Stage, day: date) -> None:
    table, now = StageTable.of(prosecution), _now(prosecution)
    then = table.after(now.stage if now else "")
    if stage not in then:
        words = {
            "now": table.words_of(now.stage) if now else table.first.words,
            "then": ", ".join(choice.words for choice in then),
        }
        raise Refused(_("After “%(now)s” you can choose: %(then)s.") % words)
    if now and day < now.reached_on:
        raise Refused(OUT_OF_TURN)


def _check_decided(prosecution: Prosecution, stage: Stage) -> None:
    """While a charge is open none of the later stages follows: that is how the stage is derived."""
    if _decided(prosecution) and stage.means not in StageMeaning.AFTER_JUDGMENT:
        raise Refused(_("Every charge is decided. Next comes sentence, appeal or the end."))


def note_stage(prosecution: Prosecution, means: str, day: date) -> None:
    """Keep the stage that follows from what a verb has just recorded.

    Not where the table has none or the proceeding is past it, and nothing of judgment or appeal
    while a charge is undecided: the trial goes on for the others.
    """
    if means in (StageMeaning.JUDGMENT, StageMeaning.APPEAL) and not _decided(prosecution):
        return
    hold()
    table, now = StageTable.of(prosecution), _now(prosecution)
    stage = table.meaning(means)
    if stage is None or (now and not _comes_after(table, now.stage, stage)):
        return
    if now and day < now.reached_on:
        words = {"now": table.words_of(now.stage), "day": date_format(now.reached_on, "j M Y")}
        raise Refused(_("The stage “%(now)s” is recorded for a later day: %(day)s.") % words)
    StageReached.objects.get_or_create(
        prosecution=prosecution,
        stage=stage.code,
        reached_on=day,
        defaults={"case": prosecution.case},
    )


def note_decided(prosecution: Prosecution) -> None:
    """With its last charge decided a proceeding is at its judgment, and at an appeal that waits."""
    first = ChargeDecision.objects.filter(charge__prosecution=prosecution).first_instance()
    day = first.standing().aggregate(last=Max("judgment__decided_on"))["last"]
    if day:
        note_stage(prosecution, StageMeaning.JUDGMENT, day)
    appeals = Appeal.objects.filter(judgment__prosecution=prosecution).pending()
    if filed_on := appeals.aggregate(first=Min("filed_on"))["first"]:
        note_appeal(prosecution, filed_on)


def note_appeal(prosecution: Prosecution, filed_on: date) -> None:
    """An appeal may be filed while others are still tried: the stage waits for them."""
    now = _now(prosecution)
    note_stage(prosecution, StageMeaning.APPEAL, max(filed_on, now.reached_on) if now else filed_on)


def _comes_after(table: StageTable, now: str, stage: Stage) -> bool:
    return table.order[stage.code] > table.order.get(now, -1) or stage in table.after(now)


def _now(prosecution: Prosecution) -> StageReached | None:
    """The stage a proceeding is at."""
    code = Prosecution.objects.with_stage().values_list("stage", flat=True).get(pk=prosecution.pk)
    rows = prosecution.stages.filter(stage=code or "")
    return rows.order_by("reached_on", "created_at").last()


def _decided(prosecution: Prosecution) -> bool:
    """Whether a court of first instance has decided every charge."""
    charges: Any = prosecution.charges
    return charges.exists() and not charges.undecided().exists()
