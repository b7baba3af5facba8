from django.urls import path

from desk.views import CaseList, CasePage, Today

app_name = "desk"
urlpatterns = [
    path("", Today.as_view(), name="today"),
    path("cases/", CaseList.as_view(), name="cases"),
    path("cases/<uuid:pk>/", CasePage.as_view(), name="case"),
]
