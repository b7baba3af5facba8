from django.urls import path

from aftercare.views import (
    Accept,
    Acknowledge,
    Decline,
    MoveReferral,
    Received,
    RecordService,
    SendReferral,
)

app_name = "aftercare"
urlpatterns = [
    path("referrals/", Received.as_view(), name="received"),
    path("withdrawals/<uuid:pk>/acknowledge/", Acknowledge.as_view(), name="acknowledge"),
    path("referrals/<uuid:pk>/accept/", Accept.as_view(), name="accept"),
    path("referrals/<uuid:pk>/decline/", Decline.as_view(), name="decline"),
    path("referrals/<uuid:pk>/send/", SendReferral.as_view(), name="send"),
    path("referrals/<uuid:pk>/move/", MoveReferral.as_view(), name="move"),
    path("survivors/<uuid:pk>/services/new/", RecordService.as_view(), name="record-service"),
]
