from rest_framework.routers import SimpleRouter

from aftercare.api.claim_viewsets import ClaimPaymentViewSet, CompensationClaimViewSet
from aftercare.api.rehabilitation_viewsets import (
    BankReferenceViewSet,
    EntitlementViewSet,
    RehabilitationPaymentViewSet,
    RehabilitationSchemeViewSet,
    ReleaseCertificateViewSet,
)
from aftercare.api.repatriation_viewsets import EscortViewSet, RepatriationViewSet
from aftercare.api.viewsets import (
    ProviderViewSet,
    ReceivedReferralViewSet,
    ReferralViewSet,
    ServiceRecordViewSet,
)

router = SimpleRouter()
router.register("providers", ProviderViewSet, basename="provider")
router.register("referrals", ReferralViewSet, basename="referral")
router.register("received-referrals", ReceivedReferralViewSet, basename="received-referral")
router.register("service-records", ServiceRecordViewSet, basename="service-record")
router.register(
    "rehabilitation-schemes", RehabilitationSchemeViewSet, basename="rehabilitation-scheme"
)
router.register("release-certificates", ReleaseCertificateViewSet, basename="release-certificate")
router.register("entitlements", EntitlementViewSet, basename="entitlement")
router.register(
    "rehabilitation-payments", RehabilitationPaymentViewSet, basename="rehabilitation-payment"
)
router.register("bank-references", BankReferenceViewSet, basename="bank-reference")
router.register("compensation-claims", CompensationClaimViewSet, basename="compensation-claim")
router.register("claim-payments", ClaimPaymentViewSet, basename="claim-payment")
router.register("repatriations", RepatriationViewSet, basename="repatriation")
router.register("escorts", EscortViewSet, basename="escort")
urlpatterns = router.urls
