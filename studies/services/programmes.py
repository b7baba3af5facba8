"""Where we work since when, trainings, and evaluations with what they found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import audit
from core.services import service
from studies.columns import EvaluationColumns, FindingColumns, ProgrammeColumns, TrainingColumns
from studies.models import Evaluation, Finding, ProgrammePlace, Training
from studies.writing import add, change

if TYPE_CHECKING:
    from accounts.models import User


@service(Perm.STUDY_KEEP, label=gettext_lazy("Record a programme"))
def record_programme(*, actor: User, **of: Unpack[ProgrammeColumns]) -> ProgrammePlace:
    """Record a programme: what we work against in a place, and since when."""
    programme = add(ProgrammePlace(**of), actor)
    audit.record("programme.recorded", programme, actor=actor)
    return programme


@service(Perm.STUDY_KEEP, label=gettext_lazy("Change a programme"))
def change_programme(
    place: ProgrammePlace, *, version: int, actor: User, **changes: Unpack[ProgrammeColumns]
) -> ProgrammePlace:
    """Correct a programme, or say when it ended. Raises `Stale`."""
    changed = change(place, version, actor, **changes)
    audit.record("programme.changed", changed, actor=actor, fields=sorted(changes))
    return changed


@service(Perm.STUDY_KEEP, label=gettext_lazy("Record a training"))
def record_training(*, actor: User, **of: Unpack[TrainingColumns]) -> Training:
    """Record a training: who was trained, in what, how many people and how long."""
    training = add(Training(**of), actor)
    audit.record("training.recorded", training, actor=actor)
    return training


@service(Perm.STUDY_KEEP, label=gettext_lazy("Correct a training"))
def correct_training(
    training: Training, *, version: int, actor: User, **changes: Unpack[TrainingColumns]
) -> Training:
    """Correct a training, or add its scores. Raises `Stale`."""
    changed = change(training, version, actor, **changes)
    audit.record("training.corrected", changed, actor=actor, fields=sorted(changes))
    return changed


@service(Perm.STUDY_KEEP, label=gettext_lazy("Record an evaluation"))
def record_evaluation(*, actor: User, **of: Unpack[EvaluationColumns]) -> Evaluation:
    """Record an evaluation: by whom, of what and of which years."""
    evaluation = add(Evaluation(**of), actor)
    audit.record("evaluation.recorded", evaluation, actor=actor)
    return evaluation


@service(Perm.STUDY_KEEP, label=gettext_lazy("Correct an evaluation"))
def correct_evaluation(
    evaluation: Evaluation, *, version: int, actor: User, **changes: Unpack[EvaluationColumns]
) -> Evaluation:
    """The former values stay in its history. Raises `Stale`."""
    changed = change(evaluation, version, actor, **changes)
    audit.record("evaluation.corrected", changed, actor=actor, fields=sorted(changes))
    return changed


@service(Perm.STUDY_KEEP, label=gettext_lazy("Add a finding"))
def add_finding(evaluation: Evaluation, *, actor: User, **of: Unpack[FindingColumns]) -> Finding:
    """Add a finding of an evaluation: k of n, words, or both."""
    finding = add(Finding(evaluation=evaluation, **of), actor)
    audit.record("finding.added", finding, actor=actor)
    return finding


@service(Perm.STUDY_KEEP, label=gettext_lazy("Correct a finding"))
def correct_finding(
    finding: Finding, *, version: int, actor: User, **changes: Unpack[FindingColumns]
) -> Finding:
    """Correct a copying error. Raises `Stale`."""
    changed = change(finding, version, actor, **changes)
    audit.record("finding.corrected", changed, actor=actor, fields=sorted(changes))
    return changed
