"""Fail at start-up, not in production: every table of ours must declare its access rule."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, register

from core.access import Access


@register()
def tables_declare_access(**_: Any) -> list[Error]:
    return [
        Error(f"{model._meta.label} does not say who may see its rows.", id="core.E001")
        for label in settings.OUR_APPS
        for model in apps.get_app_config(label).get_models()
        if not isinstance(getattr(model, "access", None), Access)
    ]
