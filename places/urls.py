from django.urls import path

from places.services.agencies import add_agency, change_agency
from places.services.jurisdictions import add_place, change_place
from places.services.merges import merge_agency, merge_place
from places.services.vacations import add_vacation, close_courts
from places.views import choices, lists
from places.views.courts import DropVacation, OneAgency
from places.views.lists import page
from places.views.maps import DrawPlace
from places.views.merges import merge_page

app_name = "places"
urlpatterns = [
    path("choices/", choices.Choices.as_view(), name="choices"),
    path("choices/new/", choices.AddChoice.as_view(), name="new-choice"),
    path("choices/table/", choices.ChoicesTable.as_view(), name="choices-table"),
    path("choices/<uuid:pk>/", choices.OneChoice.as_view(), name="choice"),
    path("choices/<uuid:pk>/change/", choices.ChangeChoice.as_view(), name="change-choice"),
    path("agencies/", lists.Agencies.as_view(), name="agencies"),
    page(add_agency, "agencies/new/"),
    path("agencies/table/", lists.AgenciesTable.as_view(), name="agencies-table"),
    path("agencies/vacations/table/", lists.VacationsTable.as_view(), name="vacations-table"),
    path("agencies/<uuid:pk>/", OneAgency.as_view(), name="agency"),
    page(change_agency, "agencies/<uuid:pk>/change/"),
    merge_page(merge_agency, "agencies/<uuid:pk>/merge/", same=("kind",), lies_in="jurisdiction"),
    page(add_vacation, "agencies/<uuid:pk>/vacations/new/"),
    path("agencies/<uuid:pk>/vacations/take-away/", DropVacation.as_view(), name="drop-vacation"),
    path("places/", lists.Places.as_view(), name="places"),
    page(add_place, "places/new/", listed="places:places"),
    path("places/table/", lists.PlacesTable.as_view(), name="places-table"),
    path("places/<uuid:pk>/", lists.OnePlace.as_view(), name="place"),
    page(close_courts, "places/<uuid:pk>/vacations/new/"),
    path("places/<uuid:pk>/draw/", DrawPlace.as_view(), name="draw-place"),
    merge_page(merge_place, "places/<uuid:pk>/merge/", same=("level", "time_zone")),
    page(change_place, "places/<uuid:pk>/change/", listed="places:places"),
]
