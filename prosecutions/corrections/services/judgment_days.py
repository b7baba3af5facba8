"""Putting right the day of a judgment: what came before and after it, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.formats import date_format

from casework.services.cases import require_past
from core.refusals import gettext as _
from core.services import Refused
from prosecutions.enums import Disposition, Instance, Lifted, StageMeaning
from prosecutions.models import Charge, ChargeDecision, Judgment, StageReached
from prosecutions.services.ending import end_hearings, put_back
from prosecutions.services.judgment_rules import require_living
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from core.refusals import Words

RENEWED: dict[str, Any] = {"version": F("version") + 1, "updated_at": Now()}


def order(*days: date | None, words: Words, field: str) -> None:
    """The first of these days lies before none of the others."""
    first, *later = days
    if any(day and first and day < first for day in later):
        raise Refused(words, field)


def days(rows: Any, *names: str) -> Iterable[date | None]:
    """The days that stand in these columns."""
    return [day for row in rows.values_list(*names) for day in row]


def check_judgment(before: Judgment, row: Judgment) -> None:
    """A judgment has its day after what it decided was ready, and before what followed from it."""
    require_past(row.case, row.decided_on)
    charges = Charge.objects.filter(decisions__judgment=row)
    earlier = [*days(charges, "filed_on", "framed_on", "pleaded_on", "amended_on")]
    earlier += [row.appeal.filed_on] if row.appeal else []
    if row.instance == Instance.FIRST:
        lifted = ChargeDecision.objects.filter(charge__in=charges, lifted_on__isnull=False)
        lifted = lifted.filter(judgment__created_at__lt=row.created_at)
        earlier += days(lifted.exclude(lifted_for=Lifted.ERROR), "lifted_on")
        verdicts = row.decisions.filter(disposition__in=Disposition.VERDICTS)
        verdicts = verdicts.exclude(lifted_for=Lifted.ERROR)
        require_living(row.decided_on, verdicts.values("charge"))
    if any(day and row.decided_on < day for day in earlier):
        raise Refused(_("Something it decides is recorded for a later day."), "decided_on")
    own = {"lifted_for": Lifted.RETRIAL, "lifted_on": before.decided_on}
    later = [
        *days(row.appeals, "filed_on"),
        *days(row.decisions.exclude(**own).exclude(lifted_for=Lifted.ERROR), "lifted_on"),
        *days(row.sentences, "payments__paid_on"),
    ]
    words = _("Something that followed from it is recorded for an earlier day.")
    order(row.decided_on, *later, words=words, field="decided_on")
    if stage := _stage_of(before):
        _check_stages(stage, _reached_on(row, stage))


def follow_judgment(before: Judgment, row: Judgment) -> None:
    """What the judgment lifted has its day, and so have the stage and the end of the hearings."""
    if before.decided_on == row.decided_on:
        return
    sent_back = row.decisions.filter(lifted_for=Lifted.RETRIAL).values_list("charge", flat=True)
    wrong = row.decisions.filter(lifted_for=Lifted.ERROR).values_list("pk", flat=True)
    ChargeDecision.objects.filter(
        Q(charge__in=list(sent_back), lifted_for=Lifted.RETRIAL) | Q(pk__in=list(wrong)),
        lifted_on=before.decided_on,
    ).update(lifted_on=row.decided_on, **RENEWED)
    if stage := _stage_of(before):
        day = _reached_on(row, stage)
        StageReached.objects.filter(pk=stage.pk).update(reached_on=day, **RENEWED)
    put_back(row.prosecution, since=before.decided_on, until=row.decided_on)
    end_hearings(row.prosecution, "decided_on")


def _stage_of(before: Judgment) -> StageReached | None:
    """The stage “judgment” to which a judgment led: the next one reached, with it or after it."""
    if before.instance != Instance.FIRST or not _judgments(before).filter(pk=before.pk).exists():
        return None
    codes = StageTable.codes(StageMeaning.JUDGMENT)
    reached = before.prosecution.stages.filter(stage__in=codes, reached_on__gte=before.decided_on)
    stage: StageReached | None = reached.order_by("reached_on", "created_at").first()
    return stage


def _reached_on(row: Judgment, stage: StageReached) -> date:
    """The day of that stage, with the judgment on its new day: that of the last charge decided."""
    others = _judgments(row).exclude(pk=row.pk).filter(decided_on__lte=stage.reached_on)
    former = row.prosecution.stages.filter(stage=stage.stage, reached_on__lt=stage.reached_on)
    if last := former.order_by("reached_on").last():
        others = others.filter(decided_on__gt=last.reached_on)
    return max([row.decided_on, *others.values_list("decided_on", flat=True)])


def _judgments(row: Judgment) -> QuerySet[Judgment]:
    """The judgments of first instance of its proceeding that were not all in error."""
    true = ChargeDecision.objects.exclude(lifted_for=Lifted.ERROR)
    rows = row.prosecution.judgments.filter(instance=Instance.FIRST)
    return rows.filter(pk__in=true.values("judgment"))


def _check_stages(stage: StageReached, day: date) -> None:
    """The stages of a proceeding keep their order."""
    steps = list(stage.prosecution.stages.order_by("reached_on", "created_at"))
    at = steps.index(stage)
    twins = [step for step in steps if step.stage == stage.stage and step.reached_on == day]
    before = [step for step in steps[:at] if day < step.reached_on or step in twins]
    after = [step for step in steps[at + 1 :] if step.reached_on < day or step in twins]
    if wrong := [*before[-1:], *after[:1]]:
        values = {"stage": StageTable.of(stage.prosecution).words_of(wrong[0].stage)}
        values["day"] = date_format(wrong[0].reached_on, "j M Y")
        raise Refused(_("The stage “%(stage)s” was reached on %(day)s.") % values, "decided_on")
