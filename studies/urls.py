from django.urls import path

from studies.forms.outside import StatisticForm, SurveyForm
from studies.forms.studies import CorrectVisitForm, EstimateForm, RecaptureForm
from studies.services.estimates import correct_estimate, enter_estimate
from studies.services.outside import correct_survey, record_statistic, record_survey
from studies.services.programmes import (
    add_finding,
    change_programme,
    correct_evaluation,
    correct_finding,
    correct_training,
    record_evaluation,
    record_programme,
    record_training,
)
from studies.services.studies import add_stratum, change_stratum, change_study, record_study
from studies.services.visits import (
    correct_observation,
    correct_recapture,
    correct_visit,
    record_recapture,
    record_visit,
)
from studies.views import estimates, outside, programmes, studies
from studies.views.pages import page

app_name = "studies"
urlpatterns = [
    path("studies/", studies.Studies.as_view(), name="studies"),
    page(record_study),
    path("studies/<uuid:pk>/", studies.OneStudy.as_view(), name="study"),
    page(change_study),
    page(add_stratum),
    path("strata/<uuid:pk>/", studies.OneStratum.as_view(), name="stratum"),
    page(change_stratum),
    page(record_visit),
    path("strata/<uuid:pk>/visits/table/", studies.UploadVisits.as_view(), name="upload-visits"),
    path("strata/<uuid:pk>/visits.csv", studies.VisitsCsv.as_view(), name="visits-csv"),
    page(record_recapture, form_class=RecaptureForm),
    path("strata/<uuid:pk>/estimate/", estimates.EstimateFromVisits.as_view(), name="estimate"),
    page(enter_estimate, form_class=EstimateForm),
    page(correct_visit, form_class=CorrectVisitForm),
    path(
        "visits/<uuid:pk>/observe/", studies.RecordObservation.as_view(), name="record-observation"
    ),
    page(correct_estimate, form_class=EstimateForm),
    path(
        "estimates/<uuid:pk>/publish/", estimates.PublishEstimate.as_view(), name="publish-estimate"
    ),
    path("estimates/<uuid:pk>/pair/", estimates.PairEstimates.as_view(), name="pair-estimates"),
    page(correct_observation),
    page(correct_recapture, form_class=RecaptureForm),
    path(
        "estimate-pairs/<uuid:pk>/part/", estimates.PartEstimates.as_view(), name="part-estimates"
    ),
    path("estimate-pairs/<uuid:pk>/", estimates.OnePair.as_view(), name="pair"),
    path("sample-size/", estimates.SampleSize.as_view(), name="sample-size"),
    path("external-statistics/", outside.Statistics.as_view(), name="statistics"),
    page(record_statistic, form_class=StatisticForm),
    path(
        "external-statistics/<uuid:pk>/correct/",
        outside.CorrectStatistic.as_view(),
        name="correct-statistic",
    ),
    path("district-surveys/", outside.Surveys.as_view(), name="surveys"),
    page(record_survey, form_class=SurveyForm),
    page(correct_survey, form_class=SurveyForm),
    path("programmes/", programmes.Programmes.as_view(), name="programmes"),
    page(record_programme),
    page(change_programme),
    path("trainings/", programmes.Trainings.as_view(), name="trainings"),
    page(record_training),
    page(correct_training),
    path("evaluations/", programmes.Evaluations.as_view(), name="evaluations"),
    page(record_evaluation),
    path("evaluations/<uuid:pk>/", programmes.OneEvaluation.as_view(), name="evaluation"),
    page(correct_evaluation),
    page(add_finding),
    page(correct_finding),
]
