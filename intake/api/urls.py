from core.api.routers import Router
from intake.api.phones import BoxViewSet, ExtractViewSet, PhoneViewSet
from intake.api.viewsets import RescueReportViewSet

router = Router()
router.register("rescue-reports", RescueReportViewSet, basename="rescue-report")
router.register("phones", PhoneViewSet, basename="phone")
router.register("boxes", BoxViewSet, basename="box")
router.register("extracts", ExtractViewSet, basename="extract")
urlpatterns = router.urls
