from django.urls import path

from backups.views import Backups

app_name = "backups"
urlpatterns = [path("backups/", Backups.as_view(), name="list")]
