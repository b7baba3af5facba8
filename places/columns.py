"""The columns of places and institutions that a person fills in, as their verbs take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypedDict

from core.verbs.arguments import Column


class PlaceColumns(TypedDict, total=False):
    name: str
    time_zone: Annotated[str, Column(needed=True)]
    register_code: str
    is_active: bool


class AgencyColumns(TypedDict, total=False):
    name: str
    is_active: bool


@dataclass(frozen=True)
class NewPlace:
    """A place as somebody names it; `parent` by its code. What is empty follows from the parent."""

    name: str
    level: str
    parent: str = ""
    code: str = ""
    register_code: str = ""
    time_zone: str = ""


@dataclass(frozen=True)
class NewAgency:
    """An institution as somebody names it; `jurisdiction` by its code."""

    name: str
    kind: str
    jurisdiction: str


@dataclass(frozen=True)
class NewVacation:
    """Days without court at a place, by its code; of one court there, by its name, or of them all.
    Days as 2026-12-24; without a last one it is one day."""

    jurisdiction: str
    occasion: str
    starts_on: str
    ends_on: str = ""
    court: str = ""
