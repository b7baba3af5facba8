from django.urls import path

from accounts import arriving
from accounts.views import languages, screen

app_name = "accounts"
urlpatterns = [
    path("lock/", screen.Lock.as_view(), name="lock"),
    path("unlock/", screen.Unlock.as_view(), name="unlock"),
    path("stay/", screen.Stay.as_view(), name="stay"),
    path("language/", languages.Languages.as_view(), name="language"),
    path("organisation/", arriving.ToProvider.as_view(), name="provider"),
    path("organisation/callback/", arriving.FromProvider.as_view(), name="from-provider"),
]
