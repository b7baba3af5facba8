"""What is done with places and institutions."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "office.changed": gettext_lazy("Changed an office"),
    "office.emptied": gettext_lazy("Deleted the practice cases of an office"),
    "office.opened": gettext_lazy("Opened an office"),
    "choice.added": gettext_lazy("Added a choice to a list"),
    "choice.changed": gettext_lazy("Changed a choice of a list"),
    "agency.added": gettext_lazy("Added an agency"),
    "agency.changed": gettext_lazy("Changed an agency"),
    "agency.merged": gettext_lazy("Merged an agency into another"),
    "agency.took_in": gettext_lazy("Merged an agency into another"),
    "place.merged": gettext_lazy("Merged a place into another"),
    "place.took_in": gettext_lazy("Merged a place into another"),
    "place.added": gettext_lazy("Added a place"),
    "place.changed": gettext_lazy("Changed a place"),
}
RECORDS = {
    "places.Agency": gettext_lazy("Agency"),
    "places.Choice": gettext_lazy("Choice"),
    "places.Jurisdiction": gettext_lazy("Place"),
    "places.Outline": gettext_lazy("Outline"),
}
