from django.urls import path

from exchange import standard_views, views

app_name = "exchange"
urlpatterns = [
    path("webhooks/", views.Webhooks.as_view(), name="webhooks"),
    path("webhooks/new/", views.Subscribe.as_view(), name="subscribe"),
    path("webhooks/<uuid:pk>/", views.WebhookPage.as_view(), name="webhook"),
    path("webhooks/<uuid:pk>/pause/", views.PauseWebhook.as_view(), name="pause"),
    path("webhooks/<uuid:pk>/resume/", views.ResumeWebhook.as_view(), name="resume"),
    path("webhooks/deliveries/<uuid:pk>/again/", views.Redeliver.as_view(), name="redeliver"),
    path("exchange/htcds/give/", standard_views.GiveHtcds.as_view(), name="give-htcds"),
    path("exchange/htcds/take/", standard_views.TakeHtcds.as_view(), name="take-htcds"),
]
