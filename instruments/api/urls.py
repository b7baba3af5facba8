from core.api.routers import Router
from instruments.api.viewsets import InstrumentViewSet

router = Router()
router.register("instruments", InstrumentViewSet, basename="instrument")
urlpatterns = router.urls
