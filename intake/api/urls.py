from core.api.routers import Router
from intake.api.viewsets import RescueReportViewSet

router = Router()
router.register("rescue-reports", RescueReportViewSet, basename="rescue-report")
urlpatterns = router.urls
