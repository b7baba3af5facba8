from core.api.routers import Router
from retention.api.viewsets import (
    AccessBundleViewSet,
    ErasureViewSet,
    LegalHoldViewSet,
    PolicyViewSet,
    TombstoneViewSet,
)

router = Router()
router.register("retention-policies", PolicyViewSet, basename="retention-policy")
router.register("legal-holds", LegalHoldViewSet, basename="legal-hold")
router.register("erasures", ErasureViewSet, basename="erasure")
router.register("tombstones", TombstoneViewSet, basename="tombstone")
router.register("access-bundles", AccessBundleViewSet, basename="access-bundle")
urlpatterns = router.urls
