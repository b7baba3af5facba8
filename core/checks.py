"""Fail at start-up, not in production: access rules that are missing, settings that are unsafe."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, register

from core.access import Access
from core.preflight import settings_faults


@register()
def tables_declare_access(**_: object) -> list[Error]:
    return [
        Error(f"{model._meta.label} does not say who may see its rows.", id="core.E001")
        for label in settings.OUR_APPS
        for model in apps.get_app_config(label).get_models()
        if not isinstance(getattr(model, "access", None), Access)
    ]


@register(deploy=True)
def settings_are_fit_to_serve(**_: object) -> list[Error]:
    """`check --deploy` says what start-up would refuse, as far as no database is needed."""
    return [Error(fault, id="core.E002") for fault in settings_faults()]
