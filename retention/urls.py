from django.urls import path

from retention.views import bundles, erasures, holds, policies

app_name = "retention"
urlpatterns = [
    path("retention/", erasures.Retention.as_view(), name="retention"),
    path("survivors/<uuid:pk>/bundle/", bundles.MakeBundle.as_view(), name="bundle"),
    path("survivors/<uuid:pk>/erase/", erasures.ProposeErasure.as_view(), name="propose-erasure"),
    path("retention-policies/new/", policies.ProposePolicy.as_view(), name="propose-policy"),
    path("retention-policies/<uuid:pk>/", policies.OnePolicy.as_view(), name="policy"),
    path(
        "retention-policies/<uuid:pk>/confirm/",
        policies.ConfirmPolicy.as_view(),
        name="confirm-policy",
    ),
    path(
        "retention-policies/<uuid:pk>/refuse/",
        policies.RefusePolicy.as_view(),
        name="refuse-policy",
    ),
    path("cases/<uuid:pk>/holds/", holds.CaseHolds.as_view(), name="holds"),
    path("cases/<uuid:pk>/holds/new/", holds.AskHold.as_view(), name="ask-hold"),
    path("legal-holds/<uuid:pk>/confirm/", holds.ConfirmHold.as_view(), name="confirm-hold"),
    path("legal-holds/<uuid:pk>/refuse/", holds.RefuseHold.as_view(), name="refuse-hold"),
    path("legal-holds/<uuid:pk>/ask-lifting/", holds.AskLifting.as_view(), name="ask-lifting"),
    path("legal-holds/<uuid:pk>/lift/", holds.LiftHold.as_view(), name="lift-hold"),
    path("legal-holds/<uuid:pk>/keep/", holds.KeepHold.as_view(), name="keep-hold"),
    path("erasures/<uuid:pk>/", erasures.OneErasure.as_view(), name="erasure"),
    path("erasures/<uuid:pk>/confirm/", erasures.ConfirmErasure.as_view(), name="confirm-erasure"),
    path("erasures/<uuid:pk>/undo/", erasures.UndoErasure.as_view(), name="undo-erasure"),
    path("erasures/<uuid:pk>/keep/", erasures.KeepCase.as_view(), name="keep-case"),
]
