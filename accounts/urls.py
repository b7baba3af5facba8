from django.urls import path

from accounts.views import screen as views

app_name = "accounts"
urlpatterns = [
    path("lock/", views.Lock.as_view(), name="lock"),
    path("unlock/", views.Unlock.as_view(), name="unlock"),
    path("stay/", views.Stay.as_view(), name="stay"),
]
