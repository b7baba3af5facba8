"""What the law says, from a day on: one person proposes it, another confirms.

Nothing that was confirmed is changed: what comes later follows it, so whatever happened before its
day stays under what held then. Who proposes and who confirms need not see a case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Unpack

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from accounts.models import ChangeOutcome, User
from accounts.notices import tell
from accounts.permissions import Perm
from core import audit
from core.database.turns import one_at_a_time
from core.refusals import gettext as _
from core.services import Refused, amend, as_it_stands, service
from core.verbs.arguments import Column
from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from prosecutions.columns import ProvisionColumns
from prosecutions.enums import LawKind
from prosecutions.law_contents import CONTENTS
from prosecutions.models import LawVersion, Provision
from prosecutions.models.laws import DAY, PROPOSED, provision_of

if TYPE_CHECKING:
    from datetime import date

    from prosecutions.laws import Limit

ICCS = re.compile(r"[0-9]{2,7}")
MOST_YEARS = 100
SHORTEST = 8  # signs of a source
Source = Annotated[
    str,
    Column(
        length=300,
        needed=True,
        label=gettext_lazy("Legal source"),
        help=gettext_lazy("The law, its section, or the decision of the board."),
    ),
]
Checked = Annotated[bool, Column(label=gettext_lazy("Checked against the source"))]
LastDay = Annotated["date", Column(ahead=True, label=gettext_lazy("Last day in force"))]


@service(Perm.LAW_PROPOSE, fresh=True, label=gettext_lazy("Propose a provision"))
def propose_provision(
    *,
    country: Jurisdiction,
    source: Source,
    verified: Checked = False,
    actor: User,
    **of: Unpack[ProvisionColumns],
) -> LawVersion:
    """Propose a provision of a statute. Charges can name it when a second person has confirmed
    it."""
    check_country(country)
    terms = {field.name: of.get(field.name, field.get_default()) for field in PROPOSED}
    provision = provision_of(country, terms)
    _check_words(provision)
    _check_years(provision)
    _check_alone(provision)
    return propose(
        LawVersion(
            kind=LawKind.PROVISION,
            country=country,
            begins_on=provision.in_force_from,
            terms={field.name: getattr(provision, field.name) for field in PROPOSED},
            source=source,
            verified=verified,
            proposed_by=actor,
        )
    )


@service(Perm.LAW_PROPOSE, fresh=True, label=gettext_lazy("Propose its end"))
def end_provision(
    provision: Provision,
    *,
    last_day: LastDay,
    source: Source,
    verified: Checked = False,
    actor: User,
) -> LawVersion:
    """Propose the last day of a provision. Charges of offences until then keep it. It ends when a
    second person has confirmed it."""
    _check_end(provision, last_day)
    return propose(
        LawVersion(
            kind=LawKind.END,
            country=Jurisdiction.objects.get(code=provision.jurisdiction.country),
            begins_on=last_day + DAY,
            provision=provision,
            source=source,
            verified=verified,
            proposed_by=actor,
        )
    )


@service(Perm.LAW_DECIDE, fresh=True, label=gettext_lazy("Confirm what the law says"))
def confirm_law(law: LawVersion, *, actor: User) -> LawVersion:
    """Confirm it, as the second person. It holds from its day on."""
    one_at_a_time("law")  # each is checked against those before it
    current = _to_decide(law, actor)
    return _decide(current, ChangeOutcome.CONFIRMED, actor, provision=_carried_out(current))


@service(Perm.LAW_DECIDE, fresh=True, label=gettext_lazy("Refuse what was proposed"))
def refuse_law(law: LawVersion, *, actor: User) -> LawVersion:
    """Refuse it, as the second person. Nothing changes, and the person who proposed it is told."""
    return _decide(_to_decide(law, actor), ChangeOutcome.REFUSED, actor)


@service(Perm.LAW_PROPOSE, fresh=True, label=gettext_lazy("Withdraw what was proposed"))
def withdraw_law(law: LawVersion, *, actor: User) -> LawVersion:
    """Withdraw it before it is decided, or a limit or stages before their day. Nothing
    changes."""
    current = as_it_stands(law)
    if not current.is_ahead:
        current = _waiting(law)
    return _decide(current, ChangeOutcome.WITHDRAWN, actor)


def propose(law: LawVersion) -> LawVersion:
    law.source = law.source.strip()
    if len(law.source) < SHORTEST or not law.source.isprintable():
        raise Refused(_("Name the law or the decision it is based on."), "source")
    same = LawVersion.objects.waiting().filter(
        kind=law.kind,
        country=law.country,
        provision=law.provision,
        begins_on=law.begins_on,
        terms=law.terms,
    )
    if same.exists():
        raise Refused(_("This has already been proposed and waits for a second person."))
    law.save(force_insert=True)
    law.refresh_from_db()
    deciders = User.objects.holding(Perm.LAW_DECIDE).exclude(pk=law.proposed_by_id)
    tell(deciders, "law-proposed", target=law)
    audit.record("law.proposed", law, actor=law.proposed_by, about=law.kind)
    return law


def _waiting(law: LawVersion) -> LawVersion:
    current = as_it_stands(law)
    if current.outcome:
        raise Refused(_("This has already been decided."))
    return current


def _to_decide(law: LawVersion, actor: User) -> LawVersion:
    current = _waiting(law)
    if current.proposed_by_id == actor.pk:
        raise Refused(_("A second person must decide, not the one who proposed it."))
    return current


def _carried_out(law: LawVersion) -> Provision | None:
    """The provision as the law has it now. Others may have been confirmed since it was proposed."""
    if content := CONTENTS.get(law.kind):
        content.carry_out(law)
        return None
    if law.kind == LawKind.END:
        ended = as_it_stands(law.says)
        _check_end(ended, law.last_day)
        return amend(ended, ended.version, in_force_to=law.last_day)
    if law.is_limit:
        check_followed(law.limit)
        return None
    provision = provision_of(law.country, law.terms)
    _check_alone(provision)
    provision.verified, provision.note = law.verified, law.source
    provision.save(force_insert=True)
    return provision


def check_followed(limit: Limit) -> None:
    """What was confirmed is followed, and never gone back behind."""
    rows = LawVersion.objects.filter(
        kind=limit.kind,
        country__code=limit.country,
        outcome=ChangeOutcome.CONFIRMED,
        begins_on__gte=limit.begins_on,
    )
    if any(row.limit.of == limit.of for row in rows.select_related("country")):
        raise Refused(_("A limit for the same is in force from that day or later."), "begins_on")


def _decide(
    law: LawVersion, outcome: ChangeOutcome, actor: User, provision: Provision | None = None
) -> LawVersion:
    LawVersion.objects.filter(pk=law.pk).update(
        outcome=outcome,
        decided_by=actor,
        decided_at=Now(),
        provision=provision or law.provision,
        updated_at=Now(),
        version=F("version") + 1,
    )
    law.refresh_from_db()
    proposer: Any = law.proposed_by
    tell({proposer} - {actor}, "law-decided", target=law)
    audit.record(f"law.{outcome}", law, actor=actor, about=law.kind)
    return law


def check_country(country: Jurisdiction) -> None:
    if country.level != JurisdictionLevel.COUNTRY:
        raise Refused(_("Law is kept for a whole country."), "country")


def _check_words(provision: Provision) -> None:
    for name in ("statute", "title", "number", "offence", "fine"):
        value = getattr(provision, name)
        setattr(provision, name, value.strip())
        if not value.isprintable() or (name != "fine" and not value.strip()):
            raise Refused(_("Say what it is, in one line."), name)
    if provision.iccs and not ICCS.fullmatch(provision.iccs):
        raise Refused(_("Enter the digits of ICCS alone, such as 0204."), "iccs")


def _check_years(provision: Provision) -> None:
    least, most = provision.min_years, provision.max_years
    for name, years in (("min_years", least), ("max_years", most)):
        if years is not None and not 0 < years <= MOST_YEARS:
            raise Refused(_("Enter years between 0 and 100, or leave it empty."), name)
    if least is not None and most is not None and least > most:
        raise Refused(_("The most must not be less than the least."), "max_years")
    since, until = provision.in_force_from, provision.in_force_to
    if since and until and until < since:
        raise Refused(_("The last day is before the first."), "in_force_to")


def _check_alone(provision: Provision) -> None:
    """No other one of this number holds on one of its days."""
    same = Provision.objects.filter(
        jurisdiction=provision.jurisdiction,
        statute__iexact=provision.statute,
        number__iexact=provision.number,
    )
    since, until = provision.in_force_from, provision.in_force_to
    if since:
        same = same.filter(Q(in_force_to__isnull=True) | Q(in_force_to__gte=since))
    if until:
        same = same.filter(Q(in_force_from__isnull=True) | Q(in_force_from__lte=until))
    if same.exists():
        words = _("This provision is on record for some of these days already. End that one first.")
        raise Refused(words, "number")


def _check_end(provision: Provision, last_day: date) -> None:
    if provision.in_force_to and provision.in_force_to <= last_day:
        raise Refused(_("It ends before that day already."), "last_day")
    if provision.in_force_from and last_day < provision.in_force_from:
        raise Refused(_("The last day is before the first."), "last_day")
