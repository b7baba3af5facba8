from django.urls import path

from casework.views import Assign, CorrectCase, MoveCase, OpenCase, ReadNarrative, RegisterSite

app_name = "casework"
urlpatterns = [
    path("cases/new/", OpenCase.as_view(), name="open-case"),
    path("cases/<uuid:pk>/correct/", CorrectCase.as_view(), name="correct-case"),
    path("cases/<uuid:pk>/sites/new/", RegisterSite.as_view(), name="register-site"),
    path("cases/<uuid:pk>/assign/", Assign.as_view(), name="assign"),
    path("cases/<uuid:pk>/move/", MoveCase.as_view(), name="move"),
    path("rescues/<uuid:pk>/narrative/", ReadNarrative.as_view(), name="narrative"),
]
