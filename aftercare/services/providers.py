"""Providers: what they offer to whom, and whether we may share with them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Unpack

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from accounts.permissions import Perm
from aftercare.columns import BedsFrom, ProviderColumns, ProviderOffer
from aftercare.models import Provider, ProviderStaff
from aftercare.occupancy import by_month, free_ahead
from aftercare.offering import NewProvider, check_offer
from aftercare.services.reach import answers_for, require_answers_for
from aftercare.shown_beds import is_told
from core import audit
from core.refusals import gettext as _
from core.refusals import together
from core.services import Refused, amend, service
from places.merging import WHICH, check_stands, unite
from places.models import Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from accounts.models import User

ONCE = "aftercare_provider_once"  # the constraint


@service(Perm.PROVIDER_MANAGE)
def register_provider(
    *, name: str, jurisdiction: Jurisdiction, actor: User, **offered: Unpack[ProviderOffer]
) -> Provider:
    """Add a shelter, clinic or other service, with what it offers."""
    require_answers_for(jurisdiction, actor)
    provider = Provider(name=name.strip(), jurisdiction=jurisdiction, **offered)
    check_offer(provider)
    _written(lambda: provider.save(force_insert=True))
    audit.record("provider.registered", provider, actor=actor)
    return provider


@service(Perm.PROVIDER_MANAGE, label=gettext_lazy("Providers from a table"))
def register_providers(*, rows: Sequence[NewProvider], actor: User) -> list[Provider]:
    """All lines or none. Faults are listed line by line first."""
    codes = {row.jurisdiction for row in rows}
    places = {place.code: place for place in Jurisdiction.objects.filter(code__in=codes)}
    for place in places.values():
        if not answers_for(place, actor):
            words = _("Providers in %(place)s are kept by another office.")
            raise Refused(words % {"place": str(place)})
    made = [row.made(places[row.jurisdiction]) for row in rows]
    _written(lambda: Provider.objects.bulk_create(made))
    audit.record_each("provider.registered", made, actor=actor)
    return made


@service(Perm.PROVIDER_MANAGE)
def change_provider(
    provider: Provider,
    *,
    version: int,
    beds_from: BedsFrom | None = None,
    actor: User,
    **changes: Unpack[ProviderColumns],
) -> Provider:
    """Change beds, rules or agreement of a provider, or whether it takes people in. Raises
    `Stale`.

    Other beds are there from a day on, today where none is named; how many there were before
    stays known, so that nights of then are counted by the beds of then.
    """
    wanted = Provider.objects.select_related("jurisdiction").get(pk=provider.pk)
    require_answers_for(wanted.jurisdiction, actor)
    check_stands(wanted)
    before, written = wanted.beds, dict[str, Any](changes)
    for name, value in written.items():
        setattr(wanted, name, value)
    check_offer(wanted)
    if wanted.beds != before:
        written["former_beds"] = _with_former(wanted, before, beds_from)
    elif beds_from:
        raise Refused(_("Enter the beds from that day."), "beds_from")
    changed: Provider = _written(lambda: amend(provider, version, **written))
    audit.record("provider.changed", changed, actor=actor, fields=sorted(written))
    return changed


@service(Perm.PROVIDER_MANAGE, label=gettext_lazy("Merge with another provider"))
def merge_provider(
    provider: Provider,
    *,
    version: int,
    into: Annotated[Provider, WHICH],  # type: ignore[valid-type]
    actor: User,
) -> Provider:
    """It is in the list twice. Records that name this one will name the other, with its beds and
    agreement. This one is retired and keeps its history. Raises `Stale`."""
    for house in (provider, into):
        require_answers_for(house.jurisdiction, actor)
    if provider.jurisdiction.country != into.jurisdiction.country:
        raise Refused(_("They are in different countries."), "into")
    if ProviderStaff.objects.in_force().filter(provider__in=[provider, into]).exists():
        words = _("People sign in for one of them, and would read what was sent to the other.")
        raise Refused(together([words, gettext("End their access first.")]), "into")
    gone = unite(provider, into, version)
    audit.record("provider.merged", gone, actor=actor, into=str(into.pk), rows=gone.moved)
    audit.record("provider.took_in", into, actor=actor, other=str(gone.pk), rows=gone.moved)
    return gone


@service(Perm.REFERRAL_VIEW)
def read_occupancy(provider: Provider, *, today: date, actor: User) -> list[dict[str, object]]:
    """Nights slept there by month, over all cases; of a small house as the reader is told."""
    audit.read("provider.occupancy", provider, actor=actor)
    access = is_told(provider, actor, today)
    hidden: dict[str, Any] = {} if access else {"nights": None, "share": None}
    return [month | hidden | {"on_request": not access} for month in by_month(provider, today)]


@service(Perm.REFERRAL_VIEW)
def read_free(provider: Provider, *, today: date, actor: User) -> list[dict[str, object]]:
    """Beds left in each of the next nights; of a small house as the reader is told."""
    audit.read("provider.free", provider, actor=actor)
    access = is_told(provider, actor, today)
    return [
        {
            "night": night["night"],
            "free": night["free"] if access else None,
            "on_request": not access and night["free"] is not None,
        }
        for night in free_ahead(provider, today)
    ]


def _with_former(
    provider: Provider, before: dict[str, int | None], day: date | None
) -> list[dict[str, Any]]:
    """The beds of former days, with those up to this day. The day of the last change again: that
    change is put right."""
    former: list[dict[str, Any]] = provider.former_beds
    last = former[-1]["until"] if former else ""
    until = (day or provider.jurisdiction.today).isoformat()
    if until < last:
        words = _("The beds from %(day)s on are already recorded. Enter that day or a later one.")
        known = date_format(date.fromisoformat(last), "j M Y")
        raise Refused(words % {"day": known}, "beds_from")
    return former if until == last else [*former, {"until": until} | before]


def _written(write: Callable[[], object]) -> Any:
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as exc:
        if ONCE not in str(exc):
            raise
        raise Refused(_("There is already a provider with this name in this place.")) from None
