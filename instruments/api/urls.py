from rest_framework.routers import SimpleRouter

from instruments.api.viewsets import InstrumentViewSet

router = SimpleRouter()
router.register("instruments", InstrumentViewSet, basename="instrument")
urlpatterns = router.urls
