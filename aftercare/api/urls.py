from rest_framework.routers import SimpleRouter

from aftercare.api.viewsets import ProviderViewSet, ReferralViewSet

router = SimpleRouter()
router.register("providers", ProviderViewSet, basename="provider")
router.register("referrals", ReferralViewSet, basename="referral")
urlpatterns = router.urls
