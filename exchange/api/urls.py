from core.api.routers import Router
from exchange.api.standards import HtcdsExportViewSet, HtcdsImportViewSet
from exchange.api.viewsets import DeliveryViewSet, HostViewSet, WebhookViewSet
from exchange.api.workbooks import WorkbookImportViewSet
from exchange.exports.api import ExportViewSet

router = Router()
router.register("webhooks", WebhookViewSet, basename="webhook")
router.register("webhook-hosts", HostViewSet, basename="webhook-host")
router.register("webhook-deliveries", DeliveryViewSet, basename="webhook-delivery")
router.register("exports", ExportViewSet, basename="export")
router.register("htcds-imports", HtcdsImportViewSet, basename="htcds-import")
router.register("htcds-exports", HtcdsExportViewSet, basename="htcds-export")
router.register("workbook-imports", WorkbookImportViewSet, basename="workbook-import")
urlpatterns = router.urls
