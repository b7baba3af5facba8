from django.urls import path

from accounts.api import scim_words
from accounts.api.scim import Discovery, OneUser, Users

kinds = Discovery.as_view(part=scim_words.KINDS)
schemas = Discovery.as_view(part=scim_words.SCHEMAS)
configuration = Discovery.as_view(part=scim_words.CONFIGURATION)
urlpatterns = [
    path("ServiceProviderConfig", configuration, name="scim-discovery"),
    path("ResourceTypes", kinds, name="scim-discovery"),
    path("ResourceTypes/<str:name>", kinds, name="scim-discovery"),
    path("Schemas", schemas, name="scim-discovery"),
    path("Schemas/<str:name>", schemas, name="scim-discovery"),
    path("Users", Users.as_view(), name="scim-users"),
    path("Users/<uuid:pk>", OneUser.as_view(), name="scim-user"),
]
