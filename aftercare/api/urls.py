from rest_framework.routers import SimpleRouter

from aftercare.api.viewsets import (
    ProviderViewSet,
    ReceivedReferralViewSet,
    ReceivedWithdrawalViewSet,
    ReferralViewSet,
    ServiceRecordViewSet,
)

router = SimpleRouter()
router.register("providers", ProviderViewSet, basename="provider")
router.register("referrals", ReferralViewSet, basename="referral")
router.register("received-referrals", ReceivedReferralViewSet, basename="received-referral")
router.register("received-withdrawals", ReceivedWithdrawalViewSet, basename="received-withdrawal")
router.register("service-records", ServiceRecordViewSet, basename="service-record")
urlpatterns = router.urls
