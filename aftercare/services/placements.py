"""Where survivors sleep: placed, moved, ended, put right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from accounts.permissions import Perm
from aftercare.columns import Left, LeftFor
from aftercare.models import Placement, Provider
from aftercare.occupancy import ONE_A_NIGHT, Nights, full_nights, lie_within
from aftercare.siblings import is_apart
from casework.services.cases import require_content, require_open_case, require_past
from casework.services.opening import require_reason
from core import audit
from core.refusals import Words, together
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from victims.ages import months_on
from victims.contradictions import BEFORE_RESCUE
from victims.enums import Sex
from victims.models import Involvement
from victims.persons import of_person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from accounts.models import User

WHY_LENGTH = 5  # characters of a reason


@service(Perm.PLACEMENT_RECORD, label=gettext_lazy("Record where somebody sleeps"), begins=True)
def place(
    involvement: Involvement,
    *,
    kind: str,
    since: date,
    provider: Provider | None = None,
    until: Left = None,
    planned_until: Annotated[date | None, Column(ahead=True)] = None,
    ended_for: str = "",
    moved_for: LeftFor = "",
    override: Annotated[str, Column(length=500)] = "",
    apart: Annotated[str, Column(length=500)] = "",
    actor: User,
) -> Placement:
    """Record the kind of place and the nights. No address is kept."""
    require_open_case(involvement.case, actor)
    Involvement.objects.select_for_update().get(pk=involvement.pk)
    if provider and not provider.is_active:
        raise Refused(_("This provider no longer takes people in."))
    if moved_for:
        _leave(involvement, since, moved_for, actor)
    placement = Placement(
        case=involvement.case,
        involvement=involvement,
        victim=involvement.victim,
        kind=kind,
        provider=provider,
        since=since,
        until=until,
        ended_for=ended_for,
        planned_until=planned_until,
    )
    _check(placement)
    placement.provider = _lock(placement.provider_id)
    _written(lambda: placement.save(force_insert=True))
    _require_room(placement, override, apart, actor)
    audit.record("placement.recorded", placement, actor=actor, kind=kind)
    return placement


@service(Perm.PLACEMENT_RECORD, label=gettext_lazy("End a placement"))
def end_placement(
    placement: Placement,
    *,
    version: int,
    until: date,
    ended_for: str,
    override: Annotated[str, Column(length=500)] = "",
    apart: Annotated[str, Column(length=500)] = "",
    actor: User,
) -> Placement:
    """Record the last night. Where the person sleeps next is a new placement. Raises `Stale`.

    A later end takes nights that were free to others until now.
    """
    require_content(placement.case, actor)
    _lock(placement.provider_id)
    wanted = Placement.objects.select_related("case__jurisdiction").get(pk=placement.pk)
    longer, before = wanted.until is not None and until > wanted.until, _broken(wanted)
    wanted.until, wanted.ended_for = until, ended_for
    _check(wanted)
    ended = _written(lambda: amend(placement, version, until=until, ended_for=ended_for))
    if longer:
        _require_room(ended, override, apart, actor, before=before)
    elif ended.override is not None and not _broken(ended).words:
        ended.override = ended.overridden_by = None  # what it was decided for is gone
        ended.save(update_fields=["override", "overridden_by"])
    audit.record("placement.ended", ended, actor=actor, why=ended_for)
    return ended


@service(Perm.PLACEMENT_RECORD, label=gettext_lazy("Correct a placement"))
def correct_placement(
    placement: Placement,
    *,
    version: int,
    kind: str,
    since: date,
    planned_until: Annotated[date | None, Column(ahead=True, null=True)] = None,
    override: Annotated[str, Column(length=500)] = "",
    apart: Annotated[str, Column(length=500)] = "",
    actor: User,
) -> Placement:
    """Put the kind of place, the first night and the planned end right. Raises `Stale`."""
    require_content(placement.case, actor)
    _lock(placement.provider_id)
    wanted = Placement.objects.select_related("case__jurisdiction").get(pk=placement.pk)
    before = _broken(wanted)
    changes = {"kind": kind, "since": since, "planned_until": planned_until}
    for name, value in changes.items():
        setattr(wanted, name, value)
    _check(wanted)
    corrected = _written(lambda: amend(placement, version, **changes))
    _require_room(corrected, override, apart, actor, before=before)
    audit.record("placement.corrected", corrected, actor=actor)
    return corrected


@dataclass(frozen=True)
class Broken:
    """The rules a placement breaks, each in words, and the nights on which a bed is missing."""

    words: dict[str, Words] = field(default_factory=dict)
    nights: list[Nights] = field(default_factory=list)

    def goes_beyond(self, before: Broken) -> bool:
        """Whether more is broken than before: another rule, or a bed on another night."""
        rules = set(self.words) <= set(before.words)
        return not (rules and lie_within(self.nights, before.nights))


def _broken(placement: Placement) -> Broken:
    provider = placement.provider
    if provider is None:
        return Broken()
    words, sex = dict[str, Words](), _sex_of(placement)
    if not provider.takes_sex(sex):
        taken = ", ".join(str(Sex(sex).label) for sex in provider.sexes)
        whom = {"provider": provider, "whom": taken}
        words["sex"] = _("%(provider)s takes only: %(whom)s.") % whom
    if not provider.takes_age(months_on(placement.involvement, placement.since)):
        words["age"] = _("%(provider)s takes people of another age.") % {"provider": provider}
    nights = full_nights(placement, sex)
    if nights:
        day = {"provider": provider, "day": date_format(nights[0][0], "j M Y")}
        words["room"] = _("%(provider)s has no free place on %(day)s.") % day
    return Broken(words, nights)


def _sex_of(placement: Placement) -> str:
    """The sex of the person, of whatever record they are known by."""
    person = Involvement.objects.filter(pk=placement.involvement_id)
    return str(person.values_list(of_person("sex"), flat=True).get())


def _leave(involvement: Involvement, day: date, why: str, actor: User) -> None:
    present = Placement.objects.filter(involvement=involvement, until=None).first()
    if present is None:
        raise Refused(_("This person has no current placement."))
    if day <= present.since:
        raise Refused(_("The person came to the present place on that day or later."))
    left = amend(present, present.version, until=day, ended_for=why)
    audit.record("placement.ended", left, actor=actor, why=why)


def _check(placement: Placement) -> None:
    case, until = placement.case, placement.until
    require_past(case, placement.since, *([until] if until else []))
    if until and until <= placement.since:
        raise Refused(_("A placement lasts at least one night. Enter a later end."))
    if placement.planned_until and placement.planned_until <= placement.since:
        words = _("The planned end must be after the first night.")
        raise Refused(words, "planned_until")
    if bool(until) != bool(placement.ended_for):
        raise Refused(_("Enter both the end date and the reason, or neither."))
    met = placement.involvement.rescue
    if met and placement.since < met.occurred_on:
        raise Refused(BEFORE_RESCUE)


def _written(write: Callable[[], object]) -> Any:
    """Write it; what the database says of two places in one night is said in words."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as exc:
        if ONE_A_NIGHT not in str(exc):
            raise
        words = _(
            "This person already has another place for one of these nights, perhaps in another"
            " case. End that placement first, or ask your case manager."
        )
        raise Refused(words) from None


def _require_room(
    placement: Placement,
    override: str,
    apart: str,
    actor: User,
    *,
    before: Broken | None = None,
) -> None:
    """Hold the rules of the provider, and keep brothers and sisters together, or say why not.

    `before`: what was broken already. What was decided about it stands, for the nights it was
    decided for; it goes when nothing is broken any more.
    """
    kept = ("override", "overridden_by", "apart")
    stood = [getattr(placement, name) for name in kept]
    if not is_apart(placement, actor):
        placement.apart = None
    elif apart.strip():
        placement.apart = apart.strip()
    elif not placement.apart:
        raise Refused(_("A brother or sister is placed elsewhere. Say why they are apart."))
    broken = _broken(placement)
    decided = placement.override is not None and before and not broken.goes_beyond(before)
    if not broken.words:
        placement.override = placement.overridden_by = None
    elif override.strip() or not decided:
        _require_override(list(broken.words.values()), override, actor)
        placement.override, placement.overridden_by = override.strip(), actor
        audit.record("placement.overridden", placement, actor=actor, rules=len(broken.words))
    if [getattr(placement, name) for name in kept] != stood:
        placement.save(update_fields=kept)


def _lock(provider: UUID | None) -> Provider | None:
    """The house as it is now, with its beds; no two come for one of them."""
    return Provider.objects.select_for_update().get(pk=provider) if provider else None


def _require_override(broken: list[Words], override: str, actor: User) -> None:
    if not override.strip():
        hint = gettext("Choose another place, or have a case manager say why it must be this one.")
        raise Refused(together([*broken, hint]))
    if not actor.has_perm(Perm.PLACEMENT_OVERRIDE):
        raise Refused(_("Only a case manager can place somebody against a provider’s rules."))
    require_reason(override, WHY_LENGTH)
