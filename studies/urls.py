from django.urls import path

from studies.views import estimates, outside, programmes, studies

app_name = "studies"
urlpatterns = [
    path("studies/", studies.Studies.as_view(), name="studies"),
    path("studies/new/", studies.NewStudy.as_view(), name="new-study"),
    path("studies/<uuid:pk>/", studies.OneStudy.as_view(), name="study"),
    path("studies/<uuid:pk>/change/", studies.ChangeStudy.as_view(), name="change-study"),
    path("studies/<uuid:pk>/strata/new/", studies.AddStratum.as_view(), name="add-stratum"),
    path("strata/<uuid:pk>/", studies.OneStratum.as_view(), name="stratum"),
    path("strata/<uuid:pk>/change/", studies.ChangeStratum.as_view(), name="change-stratum"),
    path("strata/<uuid:pk>/visits/new/", studies.RecordVisit.as_view(), name="record-visit"),
    path("strata/<uuid:pk>/visits/table/", studies.UploadVisits.as_view(), name="upload-visits"),
    path("strata/<uuid:pk>/visits.csv", studies.VisitsCsv.as_view(), name="visits-csv"),
    path(
        "strata/<uuid:pk>/recaptures/new/",
        studies.RecordRecapture.as_view(),
        name="record-recapture",
    ),
    path("strata/<uuid:pk>/estimate/", estimates.EstimateFromVisits.as_view(), name="estimate"),
    path(
        "strata/<uuid:pk>/estimates/new/", estimates.EnterEstimate.as_view(), name="enter-estimate"
    ),
    path("visits/<uuid:pk>/correct/", studies.CorrectVisit.as_view(), name="correct-visit"),
    path(
        "visits/<uuid:pk>/observe/",
        studies.RecordObservation.as_view(),
        name="record-observation",
    ),
    path(
        "estimates/<uuid:pk>/correct/", estimates.CorrectEstimate.as_view(), name="correct-estimate"
    ),
    path(
        "estimates/<uuid:pk>/publish/", estimates.PublishEstimate.as_view(), name="publish-estimate"
    ),
    path("estimates/<uuid:pk>/pair/", estimates.PairEstimates.as_view(), name="pair-estimates"),
    path(
        "observations/<uuid:pk>/correct/",
        studies.CorrectObservation.as_view(),
        name="correct-observation",
    ),
    path(
        "recaptures/<uuid:pk>/correct/",
        studies.CorrectRecapture.as_view(),
        name="correct-recapture",
    ),
    path(
        "estimate-pairs/<uuid:pk>/part/", estimates.PartEstimates.as_view(), name="part-estimates"
    ),
    path("estimate-pairs/<uuid:pk>/", estimates.OnePair.as_view(), name="pair"),
    path("sample-size/", estimates.SampleSize.as_view(), name="sample-size"),
    path("external-statistics/", outside.Statistics.as_view(), name="statistics"),
    path("external-statistics/new/", outside.NewStatistic.as_view(), name="new-statistic"),
    path(
        "external-statistics/<uuid:pk>/correct/",
        outside.CorrectStatistic.as_view(),
        name="correct-statistic",
    ),
    path("district-surveys/", outside.Surveys.as_view(), name="surveys"),
    path("district-surveys/new/", outside.NewSurvey.as_view(), name="new-survey"),
    path(
        "district-surveys/<uuid:pk>/correct/",
        outside.CorrectSurvey.as_view(),
        name="correct-survey",
    ),
    path("programmes/", programmes.Programmes.as_view(), name="programmes"),
    path("programmes/new/", programmes.NewProgramme.as_view(), name="new-programme"),
    path(
        "programmes/<uuid:pk>/change/",
        programmes.ChangeProgramme.as_view(),
        name="change-programme",
    ),
    path("trainings/", programmes.Trainings.as_view(), name="trainings"),
    path("trainings/new/", programmes.NewTraining.as_view(), name="new-training"),
    path(
        "trainings/<uuid:pk>/correct/",
        programmes.CorrectTraining.as_view(),
        name="correct-training",
    ),
    path("evaluations/", programmes.Evaluations.as_view(), name="evaluations"),
    path("evaluations/new/", programmes.NewEvaluation.as_view(), name="new-evaluation"),
    path("evaluations/<uuid:pk>/", programmes.OneEvaluation.as_view(), name="evaluation"),
    path(
        "evaluations/<uuid:pk>/correct/",
        programmes.CorrectEvaluation.as_view(),
        name="correct-evaluation",
    ),
    path(
        "evaluations/<uuid:pk>/findings/new/", programmes.AddFinding.as_view(), name="add-finding"
    ),
    path(
        "findings/<uuid:pk>/correct/", programmes.CorrectFinding.as_view(), name="correct-finding"
    ),
]
