from django.urls import path

from core.verbs.pages import page
from exchange import standard_views, views
from exchange.exports import views as exports
from exchange.services.exports import allow_export, refuse_export, withdraw_export
from exchange.services.hosts import allow_host, ask_host, end_host
from exchange.services.webhooks import pause_webhook, resume_webhook
from exchange.workbooks import views as workbooks

app_name = "exchange"
urlpatterns = [
    path("webhooks/", views.Webhooks.as_view(), name="webhooks"),
    path("webhooks/new/", views.Subscribe.as_view(), name="subscribe"),
    path("webhooks/<uuid:pk>/", views.WebhookPage.as_view(), name="webhook"),
    page(views.WebhookVerb, pause_webhook, "webhooks/<uuid:pk>/pause/", name="pause"),
    page(views.WebhookVerb, resume_webhook, "webhooks/<uuid:pk>/resume/", name="resume"),
    path("webhooks/<uuid:pk>/secret/", views.RenewSecret.as_view(), name="renew-secret"),
    path("webhooks/deliveries/<uuid:pk>/again/", views.Redeliver.as_view(), name="redeliver"),
    page(views.HostVerb, ask_host, "webhooks/hosts/new/", name="ask-host"),
    page(views.HostVerb, allow_host, "webhooks/hosts/<uuid:pk>/allow/", name="allow-host"),
    page(views.HostVerb, end_host, "webhooks/hosts/<uuid:pk>/end/", name="end-host"),
    path("exports/", exports.Exports.as_view(), name="exports"),
    path("exports/new/", exports.AskExport.as_view(), name="ask-export"),
    path("exports/new/<slug:what>/", exports.AskList.as_view(), name="ask-list"),
    path("exports/<uuid:pk>/", exports.ExportPage.as_view(), name="export"),
    path("exports/<uuid:pk>/file/", exports.TakeExport.as_view(), name="take-export"),
    page(exports.ExportVerb, allow_export, "exports/<uuid:pk>/allow/"),
    page(exports.ExportVerb, refuse_export, "exports/<uuid:pk>/refuse/"),
    page(exports.ExportVerb, withdraw_export, "exports/<uuid:pk>/end/"),
    path("exchange/htcds/give/", standard_views.GiveHtcds.as_view(), name="give-htcds"),
    path("exchange/htcds/take/", standard_views.TakeHtcds.as_view(), name="take-htcds"),
    path("exchange/workbook/take/", workbooks.SendWorkbook.as_view(), name="take-workbook"),
    path(
        "exchange/workbook/<uuid:pk>/",
        workbooks.WorkbookImportPage.as_view(),
        name="workbook-import",
    ),
    path(
        "exchange/workbook/<uuid:pk>/confirm/",
        workbooks.ConfirmWorkbook.as_view(),
        name="confirm-workbook",
    ),
    path("exchange/workbook/<uuid:pk>/end/", workbooks.EndWorkbook.as_view(), name="end-workbook"),
    path("exchange/workbook/empty/", workbooks.EmptyWorkbook.as_view(), name="empty-workbook"),
]
