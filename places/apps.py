from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Where things happen and which institutions act there."""

    name = "places"
    verbose_name = _("Places")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import after_migrate
        from places.choices import load_choices
        from places.services.loading import load_jurisdictions

        after_migrate.rows += [load_jurisdictions, load_choices]
