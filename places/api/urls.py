from core.api.routers import Router
from places.api.viewsets import AgencyViewSet, ChoiceViewSet, JurisdictionViewSet

router = Router()
router.register("jurisdictions", JurisdictionViewSet, basename="jurisdiction")
router.register("agencies", AgencyViewSet, basename="agency")
router.register("choices", ChoiceViewSet, basename="choice")
urlpatterns = router.urls
