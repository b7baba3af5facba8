from django.urls import path

from exchange import standard_views, views
from exchange.exports import views as exports
from exchange.workbooks import views as workbooks

app_name = "exchange"
urlpatterns = [
    path("webhooks/", views.Webhooks.as_view(), name="webhooks"),
    path("webhooks/new/", views.Subscribe.as_view(), name="subscribe"),
    path("webhooks/<uuid:pk>/", views.WebhookPage.as_view(), name="webhook"),
    path("webhooks/<uuid:pk>/pause/", views.PauseWebhook.as_view(), name="pause"),
    path("webhooks/<uuid:pk>/resume/", views.ResumeWebhook.as_view(), name="resume"),
    path("webhooks/deliveries/<uuid:pk>/again/", views.Redeliver.as_view(), name="redeliver"),
    path("exports/", exports.Exports.as_view(), name="exports"),
    path("exports/new/", exports.AskExport.as_view(), name="ask-export"),
    path("exports/<uuid:pk>/", exports.ExportPage.as_view(), name="export"),
    path("exports/<uuid:pk>/file/", exports.TakeExport.as_view(), name="take-export"),
    path("exports/<uuid:pk>/allow/", exports.AllowExport.as_view(), name="allow-export"),
    path("exports/<uuid:pk>/refuse/", exports.RefuseExport.as_view(), name="refuse-export"),
    path("exports/<uuid:pk>/end/", exports.WithdrawExport.as_view(), name="withdraw-export"),
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
