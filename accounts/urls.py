from django.urls import path

from accounts.views import Lock

app_name = "accounts"
urlpatterns = [path("lock/", Lock.as_view(), name="lock")]
