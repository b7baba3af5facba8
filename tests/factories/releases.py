"""Rows about what leaves the organisation, and what comes by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from reports.models import (
    DataChange,
    OutsideAddress,
    Release,
    ReleaseLetter,
    ReleaseProposal,
    Schedule,
)
from reports.params import parse
from tests import factories

if TYPE_CHECKING:
    from accounts.models import User

DIVIDED = {"level": "country", "by_programme": False, "recipient": "Invented Foundation"}
DIVIDED |= {"reason": "Invented reason", "digest": "0" * 64}
TABLE = {"report": "survivors-served", "version": 1, "definition": "Invented"}
TABLE |= {"as_of": "2026-11-24", "level": "country", "by_programme": False}
TABLE |= {"columns": ["k", "n"], "rows": []}


def release_proposal(**fields: Any) -> ReleaseProposal:
    values = DIVIDED | {"snapshot": fields.get("snapshot") or factories.snapshot()}
    values |= {"proposed_by": fields.get("proposed_by") or factories.user("data_officer")}
    return ReleaseProposal.objects.create(**(values | fields))


def release(**fields: Any) -> Release:
    second = factories.user("programme_manager")
    decided = {"outcome": "approved", "decided_by": second, "decided_at": timezone.now()}
    of = fields.get("proposal") or release_proposal(**decided)
    values = DIVIDED | {"proposal": of, "snapshot": of.snapshot, "proposed_by": of.proposed_by}
    table = TABLE | {"params": parse({}).as_json()}
    values |= {"approved_by": second, "table": table, "suppressed": [], "totals": {}}
    return Release.objects.create(**(values | fields))


def schedule(made_by: User | None = None, **fields: Any) -> Schedule:
    """Comes by itself; the same that came to this person before is stopped."""
    values = {"report": "conviction-rate", "span": "month", "day": 3}
    values |= {"made_by": made_by or factories.user()} | fields
    same = {name: values[name] for name in ("made_by", "report", "span")}
    Schedule.objects.running().filter(**same).update(stopped_at=timezone.now())
    return Schedule.objects.create(**values)


def outside_address(**fields: Any) -> OutsideAddress:
    """Confirmed by a second person."""
    values = {"office": fields.get("office") or factories.office(), "language": "en"}
    values |= {"organisation": "Invented Foundation", "purpose": "Invented purpose"}
    values |= {"email": "figures@example.org", "contact": "Invented Contact"}
    values |= {"confirmed_by": factories.user("programme_manager"), "confirmed_at": timezone.now()}
    by = fields.pop("proposed_by", None) or factories.user("data_officer")
    return OutsideAddress.objects.create(**(values | fields), proposed_by=by)


def release_letter(**fields: Any) -> ReleaseLetter:
    """Due: of a table that was let out, to an address that the regular report names."""
    address = fields.get("address") or outside_address()
    values = {"proposal": fields.get("proposal") or release().proposal, "address": address}
    values |= {"schedule": fields.get("schedule") or schedule(outside=[address.pk])}
    return ReleaseLetter.objects.create(**(values | fields))


def data_change() -> DataChange:
    last = DataChange.objects.order_by("-pk").first()
    return DataChange.objects.create(transaction=last.pk + 1 if last else 1)


FACTORIES: dict[Any, Any] = {
    DataChange: data_change,
    OutsideAddress: outside_address,
    Release: release,
    ReleaseLetter: release_letter,
    ReleaseProposal: release_proposal,
    Schedule: schedule,
}
