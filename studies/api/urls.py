from core.api.routers import Router
from studies.api.estimate_viewsets import EstimateViewSet, PairViewSet
from studies.api.outside_viewsets import StatisticViewSet, SurveyViewSet
from studies.api.programme_viewsets import (
    EvaluationViewSet,
    FindingViewSet,
    ProgrammePlaceViewSet,
    TrainingViewSet,
)
from studies.api.study_viewsets import (
    ObservationViewSet,
    RecaptureViewSet,
    StratumViewSet,
    StudyViewSet,
    VisitViewSet,
)

router = Router()
router.register("studies", StudyViewSet, basename="study")
router.register("strata", StratumViewSet, basename="stratum")
router.register("visits", VisitViewSet, basename="visit")
router.register("observations", ObservationViewSet, basename="observation")
router.register("recaptures", RecaptureViewSet, basename="recapture")
router.register("estimates", EstimateViewSet, basename="estimate")
router.register("estimate-pairs", PairViewSet, basename="estimate-pair")
router.register("external-statistics", StatisticViewSet, basename="external-statistic")
router.register("district-surveys", SurveyViewSet, basename="district-survey")
router.register("programmes", ProgrammePlaceViewSet, basename="programme")
router.register("trainings", TrainingViewSet, basename="training")
router.register("evaluations", EvaluationViewSet, basename="evaluation")
router.register("findings", FindingViewSet, basename="finding")
urlpatterns = router.urls
