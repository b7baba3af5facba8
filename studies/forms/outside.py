"""Forms about figures of others and surveys that differ from the plain ones of their verbs."""

from __future__ import annotations

from core.forms import KindField
from core.verbs.forms import form_of
from studies.forms.fields import PlaceCodes, StudyForm
from studies.services.outside import record_statistic, record_survey

StatisticForm = form_of(record_statistic, StudyForm, on={"parts": PlaceCodes})
# A program may leave out of which form; a person says it.
SurveyForm = form_of(record_survey, StudyForm, on={"programme": KindField})
