from core.api.routers import Router
from places.api.viewsets import AgencyViewSet, JurisdictionViewSet

router = Router()
router.register("jurisdictions", JurisdictionViewSet, basename="jurisdiction")
router.register("agencies", AgencyViewSet, basename="agency")
urlpatterns = router.urls
