"""Charges: filed under the law of their day, framed, answered, changed, until they are decided.

A charge keeps the provision it was filed under; what it became stands beside it
(`final_provision`), so that what was charged and what came of it can both be told and the charge
counts once. The day of the offence picks the law for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_open_case, require_past
from core import audit
from core.contradictions import refuse
from core.refusals import gettext as _
from core.services import Refused, amend, service
from prosecutions.columns import Charges, Framed, Lesser, Named, NewProvision, Revived
from prosecutions.enums import Lifted, Plea, StageMeaning
from prosecutions.models import Charge, ChargeDecision, ChargeVictim, Prosecution
from prosecutions.services.courts import lift, same_case
from prosecutions.services.deaths import require_alive
from prosecutions.services.stages import note_stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import User
    from prosecutions.models import Provision, Suspect
    from victims.models import Involvement


@service(Perm.CHARGE_FILE, label=gettext_lazy("File a charge"), begins=True)
def file_charge(
    prosecution: Prosecution,
    *,
    suspect: Suspect,
    provision: Provision,
    offence_on: date,
    filed_on: date,
    survivors: Named = (),
    actor: User,
) -> Charge:
    """Charge one suspect with one offence, under a provision that was in force on its day."""
    require_open_case(prosecution.case, actor)
    require_past(prosecution.case, filed_on)
    same_case(prosecution.case_id, suspect, *survivors)
    Prosecution.objects.select_for_update().get(pk=prosecution.pk)  # no twin at the same moment
    require_alive(suspect, filed_on)
    check_provision(prosecution, provision, offence_on)
    if filed_on < offence_on:
        raise Refused(_("A charge cannot be filed before the offence."))
    twins = Charge.objects.filter(prosecution=prosecution, suspect=suspect)
    if twins.filter(provision=provision, offence_on=offence_on).exists():
        raise Refused(_("This charge is already filed."))
    charge = Charge.objects.create(
        case=prosecution.case,
        prosecution=prosecution,
        suspect=suspect,
        provision=provision,
        offence_on=offence_on,
        filed_on=filed_on,
    )
    refuse(charge)
    _name(charge, survivors)
    audit.record("charge.filed", charge, actor=actor, survivors=len(survivors))
    return charge


@service(Perm.CHARGE_CHANGE, label=gettext_lazy("Survivors of a charge"))
def name_survivors(
    charge: Charge,
    *,
    version: int,
    survivors: Named,
    actor: User,
) -> Charge:
    """Say which survivors a charge is about, instead of those named before."""
    require_content(charge.case, actor)
    same_case(charge.case_id, *survivors)
    charge = amend(charge, version)
    charge.victims.exclude(involvement__in=survivors).delete()
    known = set(charge.victims.values_list("involvement", flat=True))
    _name(charge, [person for person in survivors if person.pk not in known])
    audit.record("charge.survivors", charge, actor=actor, survivors=len(survivors))
    return charge


def _name(charge: Charge, survivors: Sequence[Involvement]) -> None:
    ChargeVictim.objects.bulk_create(
        ChargeVictim(case=charge.case, charge=charge, involvement=person) for person in survivors
    )


def _chosen(
    prosecution: Prosecution, day: date, charges: Sequence[Charge], actor: User
) -> Prosecution:
    """The proceeding behind its lock, where the charges that were chosen are of it."""
    require_content(prosecution.case, actor)
    require_past(prosecution.case, day)
    prosecution = Prosecution.objects.select_for_update().get(pk=prosecution.pk)
    if not charges or any(row.prosecution_id != prosecution.pk for row in charges):
        raise Refused(_("Choose at least one charge, of this prosecution only."))
    return prosecution


@service(Perm.CHARGE_CHANGE)
def frame_charges(
    prosecution: Prosecution,
    *,
    framed_on: Framed,
    charges: Charges,
    actor: User,
) -> Prosecution:
    """Record the day the court took on these charges: framed in India, elsewhere arraigned."""
    prosecution = _chosen(prosecution, framed_on, charges, actor)
    waiting = prosecution.charges.undecided().filter(framed_on__isnull=True)
    rows = list(waiting.filter(pk__in=[row.pk for row in charges]))
    if len(rows) != len({row.pk for row in charges}):
        raise Refused(_("One of these charges has already been framed or decided."))
    if any(framed_on < row.filed_on for row in rows):
        raise Refused(_("A charge cannot be framed before it was filed."))
    for row in rows:
        amend(row, row.version, framed_on=framed_on)
    note_stage(prosecution, StageMeaning.FRAMED, framed_on)
    audit.record("charges.framed", prosecution, actor=actor, charges=len(rows))
    return prosecution


@service(Perm.CHARGE_CHANGE, label=gettext_lazy("Take charges up again"), begins=True)
def revive_charges(
    prosecution: Prosecution,
    *,
    revived_on: Revived,
    charges: Charges,
    actor: User,
) -> Prosecution:
    """Take archived or stayed charges up again, as the court has. They are open, and hearings
    may be listed."""
    require_open_case(prosecution.case, actor)
    prosecution = _chosen(prosecution, revived_on, charges, actor)
    ends = ChargeDecision.objects.asleep().filter(charge__in=[row.pk for row in charges])
    decisions = list(ends.select_related("judgment"))
    if {row.charge_id for row in decisions} != {row.pk for row in charges}:
        raise Refused(_("One of these charges is not archived or stayed."))
    if any(revived_on < row.judgment.decided_on for row in decisions):
        raise Refused(_("A charge cannot be taken up again before it was archived or stayed."))
    lift(ends, lifted_on=revived_on, lifted_for=Lifted.REVIVED)
    audit.record("charges.revived", prosecution, actor=actor, charges=len(decisions))
    return prosecution


@service(Perm.CHARGE_CHANGE, label=gettext_lazy("Record a plea"))
def record_plea(
    charge: Charge,
    *,
    version: int,
    plea: str,
    pleaded_on: date,
    lesser: Lesser = None,
    actor: User,
) -> Charge:
    """Record the plea to a charge, or a plea of guilty to a lesser offence, which is kept
    beside the original charge."""
    require_content(charge.case, actor)
    require_past(charge.case, pleaded_on)
    _check_changes(charge, pleaded_on)
    if charge.pleaded_on and pleaded_on < charge.pleaded_on:
        raise Refused(_("A later plea is already recorded."))
    changes: dict[str, Any] = {"plea": plea, "pleaded_on": pleaded_on}
    if lesser:
        if plea != Plea.GUILTY:
            raise Refused(_("A plea to a lesser offence needs a plea of guilty."))
        changes |= _amended(charge, lesser, pleaded_on)
    charge = amend(charge, version, **changes)
    audit.record("charge.pleaded", charge, actor=actor, plea=plea, lesser=bool(lesser))
    return charge


@service(Perm.CHARGE_CHANGE, label=gettext_lazy("Change the provision"))
def amend_charge(
    charge: Charge, *, version: int, provision: NewProvision, amended_on: date, actor: User
) -> Charge:
    """Put a charge under another provision, under which the court tries it. The first stays on
    record."""
    require_content(charge.case, actor)
    require_past(charge.case, amended_on)
    _check_changes(charge, amended_on)
    charge = amend(charge, version, **_amended(charge, provision, amended_on))
    audit.record("charge.amended", charge, actor=actor)
    return charge


def _check_changes(charge: Charge, day: date) -> None:
    """Nothing changes in a charge that is decided, nor before it was filed."""
    Prosecution.objects.select_for_update().get(pk=charge.prosecution_id)  # no judgment meanwhile
    if not Charge.objects.undecided().filter(pk=charge.pk).exists():
        raise Refused(_("A court of first instance has already decided this charge."))
    if day < charge.filed_on:
        raise Refused(_("This cannot be earlier than the day the charge was filed."))


def _amended(charge: Charge, provision: Provision, day: date) -> dict[str, object]:
    check_provision(charge.prosecution, provision, charge.offence_on)
    if provision.pk == (charge.final_provision_id or charge.provision_id):
        raise Refused(_("The charge is already under this provision."))
    if charge.amended_on and day < charge.amended_on:
        raise Refused(_("A later change is already recorded."))
    return {"final_provision": provision, "amended_on": day}


def check_provision(prosecution: Prosecution, provision: Provision, day: date) -> None:
    named = {"provision": f"{provision.statute} {provision.number}"}
    if provision.jurisdiction.country != prosecution.jurisdiction.country:
        raise Refused(_("%(provision)s is not a law of the court’s country.") % named)
    if not provision.in_force_on(day):
        raise Refused(_("%(provision)s was not in force on the day of the offence.") % named)
