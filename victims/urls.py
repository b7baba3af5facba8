from django.urls import path

from victims.field_views import AmendOutcome, SetIncidentSurvivors
from victims.views import CorrectIdentity, RecordIdentity, RevealName, SearchNames

app_name = "victims"
urlpatterns = [
    path("people/<uuid:pk>/name/", RevealName.as_view(), name="reveal"),
    path("people/<uuid:pk>/identify/", RecordIdentity.as_view(), name="identify"),
    path("people/<uuid:pk>/correct/", CorrectIdentity.as_view(), name="correct"),
    path("people/<uuid:pk>/outcome/", AmendOutcome.as_view(), name="amend-outcome"),
    path("online/<uuid:pk>/survivors/", SetIncidentSurvivors.as_view(), name="incident-survivors"),
    path("search/name/", SearchNames.as_view(), name="search"),
]
