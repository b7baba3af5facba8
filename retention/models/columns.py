"""Columns and words that several tables of this app have."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from places.enums import JurisdictionLevel


def person(**more: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", **more)


def country(**more: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        "places.Jurisdiction",
        verbose_name=_("Country"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"level": JurisdictionLevel.COUNTRY},
        **more,
    )


def day(value: Any) -> str:
    return date_format(value, "j M Y") if value else ""


def by(who: Any, at: Any) -> str:
    return f"{who.name}, {day(at)}" if who else ""
