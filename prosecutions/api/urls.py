from rest_framework.routers import SimpleRouter

from prosecutions.api.viewsets import ArrestViewSet, PerpetratorViewSet, SuspectViewSet

router = SimpleRouter()
router.register("perpetrators", PerpetratorViewSet, basename="perpetrator")
router.register("suspects", SuspectViewSet, basename="suspect")
router.register("arrests", ArrestViewSet, basename="arrest")
urlpatterns = router.urls
