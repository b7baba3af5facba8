from django.urls import path

from accounts.api.scim import OneUser, Users

urlpatterns = [
    path("Users", Users.as_view(), name="scim-users"),
    path("Users/<uuid:pk>", OneUser.as_view(), name="scim-user"),
]
