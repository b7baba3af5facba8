from rest_framework.routers import SimpleRouter

from exchange.api.viewsets import DeliveryViewSet, WebhookViewSet
from exchange.exports.api import ExportViewSet

router = SimpleRouter()
router.register("webhooks", WebhookViewSet, basename="webhook")
router.register("webhook-deliveries", DeliveryViewSet, basename="webhook-delivery")
router.register("exports", ExportViewSet, basename="export")
urlpatterns = router.urls
