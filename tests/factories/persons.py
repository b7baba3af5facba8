"""Rows of what is completed about persons, and of what they agreed to."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from tests import factories
from tests.factories.people import place, user
from victims.models import (
    Background,
    Consent,
    Evidence,
    Exploitation,
    Indicator,
    Particular,
    RouteStop,
    Share,
    Sibling,
    Withdrawal,
)

if TYPE_CHECKING:
    from casework.models import Case


def background(case: Case | None = None, **fields: Any) -> Background:
    values = {"marital_status": "Single", "not_known": ["education"]}
    return Background.objects.create(victim=factories.victim(case), **(values | fields))


def particular(case: Case | None = None, **fields: Any) -> Particular:
    values = {"about": "safety", "text": "Invented danger"}
    victim = fields.pop("victim", None) or factories.victim(case)
    return Particular.objects.create(victim=victim, written_by=user(), **(values | fields))


def sibling(case: Case | None = None, **fields: Any) -> Sibling:
    """One of two: the other is in the same case."""
    case, group = case or factories.case(), fields.pop("group", None) or uuid.uuid4()
    Sibling.objects.create(group=group, victim=factories.victim(case))
    return Sibling.objects.create(group=group, victim=factories.victim(case), **fields)


def sibling_pair(*victims: Any) -> list[Sibling]:
    """These persons in one group."""
    group = uuid.uuid4()
    return [Sibling.objects.create(group=group, victim=victim) for victim in victims]


def exploitation(case: Case | None = None, **fields: Any) -> Exploitation:
    person = fields.pop("involvement", None) or factories.involvement(case)
    values = {"forms": ["ForcedLabour"], "controls": ["DebtBondage"]}
    return Exploitation.objects.create(case=person.case, involvement=person, **(values | fields))


def route_stop(case: Case | None = None, **fields: Any) -> RouteStop:
    person = fields.pop("involvement", None) or factories.involvement(case)
    values = {"kind": "recruitment", "position": 1, "since": date(2025, 6, 1)}
    return RouteStop.objects.create(
        case=person.case, involvement=person, jurisdiction=place(), **(values | fields)
    )


def indicator(case: Case | None = None, **fields: Any) -> Indicator:
    person = fields.pop("involvement", None) or factories.involvement(case)
    values = {"sign": "debt_bondage", "answer": "yes"}
    return Indicator.objects.create(case=person.case, involvement=person, **(values | fields))


def evidence(case: Case | None = None, text: str = "Invented evidence", **fields: Any) -> Evidence:
    of = fields.pop("indicator", None) or indicator(case)
    return Evidence.objects.create(case=of.case, indicator=of, text=text, written_by=user())


def consent(person: Any, **fields: Any) -> Consent:
    """Of this person; to everyone who cares for people, unless said otherwise."""
    values = {"purpose": "care", "recipient_kind": "any_provider", "given_by": "self"}
    values |= {"given_on": date(2026, 3, 11), "language": "bn"}
    return Consent.objects.create(case=person.case, involvement=person, **(values | fields))


def share(case: Case | None = None, **fields: Any) -> Share:
    of = fields.pop("consent", None) or factories.consent(case)
    values = {"recipient_kind": of.recipient_kind, "recipient_id": of.recipient_id}
    return Share.objects.create(
        case=of.case, consent=of, involvement=of.involvement, **(values | fields)
    )


def withdrawal(case: Case | None = None, **fields: Any) -> Withdrawal:
    """Of somebody who was told, and has not heard yet."""
    of = fields.pop("consent", None) or factories.consent(case)
    if not of.withdrawn_on:
        of.withdrawn_on = date(2026, 5, 2)
        of.save()
    values = {"recipient_kind": of.recipient_kind, "recipient_id": of.recipient_id}
    values |= {"code": of.involvement.victim.code}
    return Withdrawal.objects.create(
        case=of.case, consent=of, involvement=of.involvement, **(values | fields)
    )


FACTORIES: dict[Any, Any] = {
    Background: background,
    Evidence: evidence,
    Exploitation: exploitation,
    Indicator: indicator,
    Particular: particular,
    RouteStop: route_stop,
    Share: share,
    Sibling: sibling,
    Withdrawal: withdrawal,
}
