"""How long: one person proposes, another confirms. A policy is followed by one, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column
from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from retention.enums import LAW_LENGTH, YEARS_AT_MOST, Decision, Kind
from retention.models import Policy

if TYPE_CHECKING:
    from datetime import date


@service(Perm.POLICY_PROPOSE, fresh=True, label=gettext_lazy("Propose how long cases are kept"))
def propose_policy(
    *,
    kind: str,
    country: Jurisdiction | None = None,
    person: str = "",
    years: Annotated[int, Column(least=1, most=YEARS_AT_MOST)],
    legal_source: str,
    begins_on: Annotated[date, Column(ahead=True)],
    actor: User,
) -> Policy:
    """Propose how long cases, the history or figures are kept. A second person confirms it; it
    applies from its first day."""
    _require_country(kind, country)
    if (kind == Kind.SURVIVORS) != bool(person):
        words = (
            _("Say whether it is about adults or children.")
            if kind == Kind.SURVIVORS
            else _("This is not about survivors. Leave it empty.")
        )
        raise Refused(words, "person")
    _require_source(legal_source)
    if Policy.objects.waiting().filter(country=country, kind=kind, person=person).exists():
        raise Refused(
            _("A policy for this has already been proposed and waits for a second person.")
        )
    policy = Policy.objects.create(
        country=country,
        kind=kind,
        person=person,
        years=years,
        legal_source=legal_source.strip(),
        begins_on=begins_on,
        proposed_by=actor,
    )
    tell(_deciders(actor), "policy-proposed", target=policy)
    audit.record("policy.proposed", policy, actor=actor, years=years)
    return policy


@service(Perm.POLICY_DECIDE, fresh=True, label=gettext_lazy("Confirm how long cases are kept"))
def confirm_policy(policy: Policy, *, actor: User) -> Policy:
    """Confirm a policy, as the second person. From its first day, cases closed for longer are
    proposed for erasure."""
    return _decide(policy, Decision.CONFIRMED, actor)


@service(Perm.POLICY_DECIDE, fresh=True, label=gettext_lazy("Refuse a policy"))
def refuse_policy(policy: Policy, *, actor: User) -> Policy:
    """Refuse a policy, as the second person. It stays on record, and the person who proposed it
    is told."""
    return _decide(policy, Decision.REFUSED, actor)


def _decide(policy: Policy, outcome: str, actor: User) -> Policy:
    current: Policy = Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    if current.outcome:
        raise Refused(_("This has already been decided."))
    if current.proposed_by_id == actor.pk:
        raise Refused(_("A second person must decide, not the one who proposed it."))
    Policy.objects.filter(pk=current.pk).update(
        outcome=outcome,
        decided_by=actor,
        decided_at=Now(),
        updated_at=Now(),
        version=F("version") + 1,
    )
    current.refresh_from_db()
    tell([current.proposed_by], "policy-decided", target=current)
    audit.record("policy.decided", current, actor=actor, outcome=str(outcome))
    return current


def _require_country(kind: str, country: Jurisdiction | None) -> None:
    if kind in Kind.EVERYWHERE:
        if country is not None:
            raise Refused(
                _("This has one policy for all countries. Leave the country empty."), "country"
            )
    elif country is None or country.level != JurisdictionLevel.COUNTRY:
        raise Refused(_("A policy is for a whole country."), "country")


def _require_source(legal_source: str) -> None:
    if len(legal_source.strip()) < LAW_LENGTH:
        raise Refused(_("Name the law or the decision it is based on."), "legal_source")


def _deciders(actor: User) -> list[User]:
    return list(User.objects.holding(Perm.POLICY_DECIDE).exclude(pk=actor.pk))
