"""The columns of places and institutions that a person fills in, as their verbs take them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - read at run time
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


class ChoiceColumns(TypedDict, total=False):
    labels: dict[str, str]  # by language
    position: int | None
    starts_on: Annotated[date | None, Column(ahead=True)]
    ends_on: Annotated[date | None, Column(ahead=True)]


@dataclass(frozen=True)
class NewChoice:
    """What somebody says of a code of a list; `labels` by language. What is not said stays."""

    listed: str
    code: str
    counts_as: str = ""
    labels: dict[str, str] | None = None
    position: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


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
