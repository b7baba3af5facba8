from django.urls import path

from victims.views import CorrectIdentity, RecordIdentity, RevealName, SearchNames

app_name = "victims"
urlpatterns = [
    path("people/<uuid:pk>/name/", RevealName.as_view(), name="reveal"),
    path("people/<uuid:pk>/identify/", RecordIdentity.as_view(), name="identify"),
    path("people/<uuid:pk>/correct/", CorrectIdentity.as_view(), name="correct"),
    path("search/name/", SearchNames.as_view(), name="search"),
]
