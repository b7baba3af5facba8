from rest_framework.routers import SimpleRouter

from prosecutions.api import court_viewsets
from prosecutions.api.custody_viewsets import ArrestViewSet, CustodyViewSet
from prosecutions.api.hearing_viewsets import HearingViewSet
from prosecutions.api.viewsets import PerpetratorViewSet, SuspectViewSet

router = SimpleRouter()
router.register("perpetrators", PerpetratorViewSet, basename="perpetrator")
router.register("suspects", SuspectViewSet, basename="suspect")
router.register("arrests", ArrestViewSet, basename="arrest")
router.register("custodies", CustodyViewSet, basename="custody")
router.register("provisions", court_viewsets.ProvisionViewSet, basename="provision")
router.register("complaints", court_viewsets.ComplaintViewSet, basename="complaint")
router.register("prosecutions", court_viewsets.ProsecutionViewSet, basename="prosecution")
router.register("charges", court_viewsets.ChargeViewSet, basename="charge")
router.register("hearings", HearingViewSet, basename="hearing")
router.register("judgments", court_viewsets.JudgmentViewSet, basename="judgment")
router.register("appeals", court_viewsets.AppealViewSet, basename="appeal")
router.register("sentences", court_viewsets.SentenceViewSet, basename="sentence")
urlpatterns = router.urls
