from django.urls import path

from aftercare import journey_views as journeys
from aftercare import ledger_views as ledger
from aftercare.views import Accept, Decline, MoveReferral, Received, RecordService, SendReferral

app_name = "aftercare"
urlpatterns = [
    path("referrals/", Received.as_view(), name="received"),
    path("referrals/<uuid:pk>/accept/", Accept.as_view(), name="accept"),
    path("referrals/<uuid:pk>/decline/", Decline.as_view(), name="decline"),
    path("referrals/<uuid:pk>/send/", SendReferral.as_view(), name="send"),
    path("referrals/<uuid:pk>/move/", MoveReferral.as_view(), name="move"),
    path("survivors/<uuid:pk>/services/new/", RecordService.as_view(), name="record-service"),
    path("schemes/", ledger.Schemes.as_view(), name="schemes"),
    path(
        "survivors/<uuid:pk>/certificate/new/",
        ledger.ApplyForCertificate.as_view(),
        name="apply-certificate",
    ),
    path(
        "certificates/<uuid:pk>/answer/",
        ledger.AnswerCertificate.as_view(),
        name="answer-certificate",
    ),
    path(
        "certificates/<uuid:pk>/entitlement/new/",
        ledger.SetEntitlement.as_view(),
        name="set-entitlement",
    ),
    path(
        "entitlements/<uuid:pk>/change/",
        ledger.ChangeEntitlement.as_view(),
        name="change-entitlement",
    ),
    path(
        "entitlements/<uuid:pk>/payments/new/",
        ledger.RecordPayment.as_view(),
        name="record-payment",
    ),
    path(
        "scheme-payments/<uuid:pk>/correct/",
        ledger.CorrectPayment.as_view(),
        name="correct-payment",
    ),
    path("scheme-payments/<uuid:pk>/reimburse/", ledger.Reimburse.as_view(), name="reimburse"),
    path("survivors/<uuid:pk>/claims/new/", ledger.MakeClaim.as_view(), name="make-claim"),
    path("claims/<uuid:pk>/answer/", ledger.AnswerClaim.as_view(), name="answer-claim"),
    path(
        "claims/<uuid:pk>/payments/new/",
        ledger.RecordClaimPayment.as_view(),
        name="record-claim-payment",
    ),
    path(
        "claim-payments/<uuid:pk>/correct/",
        ledger.CorrectClaimPayment.as_view(),
        name="correct-claim-payment",
    ),
    path(
        "survivors/<uuid:pk>/journeys/new/",
        journeys.PlanRepatriation.as_view(),
        name="plan-repatriation",
    ),
    path(
        "journeys/<uuid:pk>/change/",
        journeys.ChangeRepatriation.as_view(),
        name="change-repatriation",
    ),
    path(
        "journeys/<uuid:pk>/move/",
        journeys.MoveRepatriation.as_view(),
        name="move-repatriation",
    ),
]
