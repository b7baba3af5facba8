from django.urls import path
from rest_framework.routers import SimpleRouter

from accounts.api.viewsets import MeViewSet, OfficeViewSet

router = SimpleRouter()
router.register("offices", OfficeViewSet, basename="office")
urlpatterns = [*router.urls, path("me/", MeViewSet.as_view({"get": "retrieve"}), name="me")]
