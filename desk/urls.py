from django.urls import path

from desk.trail_views import CaseReaders, PersonReaders, Trail, Unusual
from desk.views import CaseList, CasePage, Today

app_name = "desk"
urlpatterns = [
    path("", Today.as_view(), name="today"),
    path("cases/", CaseList.as_view(), name="cases"),
    path("cases/<uuid:pk>/", CasePage.as_view(), name="case"),
    path("cases/<uuid:pk>/readers/", CaseReaders.as_view(), name="case-readers"),
    path("survivors/<uuid:pk>/readers/", PersonReaders.as_view(), name="person-readers"),
    path("audit/", Trail.as_view(), name="trail"),
    path("audit/unusual/", Unusual.as_view(), name="unusual"),
]
