from django.urls import path

from instruments.views import ImportInstrument

app_name = "instruments"
urlpatterns = [path("instruments/new/", ImportInstrument.as_view(), name="import")]
