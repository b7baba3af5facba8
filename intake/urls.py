from django.urls import path

from intake.views import LogRescue

app_name = "intake"
urlpatterns = [path("field/rescues/new/", LogRescue.as_view(), name="log-rescue")]
