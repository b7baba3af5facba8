from rest_framework.routers import SimpleRouter

from places.api.viewsets import AgencyViewSet, JurisdictionViewSet

router = SimpleRouter()
router.register("jurisdictions", JurisdictionViewSet, basename="jurisdiction")
router.register("agencies", AgencyViewSet, basename="agency")
urlpatterns = router.urls
