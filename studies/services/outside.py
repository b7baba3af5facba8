"""What others publish, and the surveys that districts did or did not do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service
from places.models import Jurisdiction
from studies.columns import StatisticColumns, SurveyColumns
from studies.models import DistrictSurvey, ExternalStatistic
from studies.writing import add, change

if TYPE_CHECKING:
    from accounts.models import User


@service(Perm.STUDY_KEEP, label=gettext_lazy("Record a figure"))
def record_statistic(*, actor: User, **of: Unpack[StatisticColumns]) -> ExternalStatistic:
    """Record one figure as its publisher gives it."""
    statistic = ExternalStatistic(**of)
    _check_parts(statistic)
    add(statistic, actor)
    audit.record("statistic.recorded", statistic, actor=actor)
    return statistic


@service(Perm.STUDY_KEEP, label=gettext_lazy("Correct a figure"))
def correct_statistic(
    statistic: ExternalStatistic, *, version: int, actor: User, **changes: Unpack[StatisticColumns]
) -> ExternalStatistic:
    """Correct a copying error. Raises `Stale`."""
    wanted = ExternalStatistic.objects.select_related("jurisdiction").get(pk=statistic.pk)
    for name, value in changes.items():
        setattr(wanted, name, value)
    _check_parts(wanted)
    changed = change(statistic, version, actor, **changes)
    audit.record("statistic.corrected", changed, actor=actor, fields=sorted(changes))
    return changed


@service(Perm.STUDY_KEEP, label=gettext_lazy("Record a survey"))
def record_survey(*, actor: User, **of: Unpack[SurveyColumns]) -> DistrictSurvey:
    """Record whether a place did its survey of a year, and how many it found."""
    survey = add(DistrictSurvey(**of), actor)
    audit.record("survey.recorded", survey, actor=actor)
    return survey


@service(Perm.STUDY_KEEP, label=gettext_lazy("Correct a survey"))
def correct_survey(
    survey: DistrictSurvey, *, version: int, actor: User, **changes: Unpack[SurveyColumns]
) -> DistrictSurvey:
    """Correct an entry, or say that the survey was done after all. Raises `Stale`."""
    changed = change(survey, version, actor, **changes)
    audit.record("survey.corrected", changed, actor=actor, fields=sorted(changes))
    return changed


def _check_parts(statistic: ExternalStatistic) -> None:
    """The parts named lie inside the place, and there are not more of them than said."""
    codes = statistic.parts
    inside = Jurisdiction.objects.within(statistic.jurisdiction).filter(code__in=codes)
    known = set(inside.values_list("code", flat=True)) - {statistic.jurisdiction.code}
    if strange := [code for code in codes if code not in known]:
        raise Refused(
            _("Not part of this place: %(codes)s.") % {"codes": ", ".join(strange[:5])}, "parts"
        )
    if codes and statistic.parts_number is not None and len(set(codes)) > statistic.parts_number:
        raise Refused(_("You named more parts than this number."), "parts_number")
