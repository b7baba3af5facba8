"""A version of a rehabilitation scheme from a day on: proposed here, confirmed as all law is.

The day of the release certificate chooses the version (`aftercare/schemes.py`). What is owed on
record keeps the version by which it was worked out.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Unpack

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Perm
from aftercare.codes import PARTS, Category, CertificateStatus
from aftercare.models import Entitlement, RehabilitationScheme, ReleaseCertificate, SchemeRate
from casework.enums import CaseStatus
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column
from desk.schemes.columns import RateColumns
from places.models import Jurisdiction
from prosecutions.enums import LawKind
from prosecutions.law_contents import Content
from prosecutions.models import LawVersion
from prosecutions.services.law_limits import FirstDay
from prosecutions.services.laws import Checked, Source, check_country, propose

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Rates = dict[str, dict[str, Decimal]]  # by category, what each part is
Name = Annotated[str, Column(length=200, needed=True, label=gettext_lazy("Name of the scheme"))]
Currency = Annotated[str, Column(length=3, needed=True, label=gettext_lazy("Currency"))]
DecidedUntil = Annotated[
    date | None,
    Column(
        ahead=True,
        label=gettext_lazy("Decided until"),
        help=gettext_lazy("It pays on after that day until another version follows."),
    ),
]


@service(Perm.LAW_PROPOSE, fresh=True, label=gettext_lazy("Propose a scheme"))
def propose_scheme(
    *,
    country: Jurisdiction,
    name: Name,
    begins_on: FirstDay,
    approved_until: DecidedUntil = None,
    currency: Currency,
    source: Source,
    verified: Checked = False,
    actor: User,
    **of: Unpack[RateColumns],
) -> LawVersion:
    """Propose what a rehabilitation scheme pays for certificates from a day on. It holds when a
    second person has confirmed it."""
    check_country(country)
    name, currency = name.strip(), currency.upper()
    _check_frame(name, begins_on, approved_until, currency)
    _check_later(country, begins_on)
    terms = {"name": name, "currency": currency, "approved_until": approved_until}
    return propose(
        LawVersion(
            kind=LawKind.SCHEME,
            country=country,
            begins_on=begins_on,
            terms=terms | {"rates": _written(_rates_of(of))},
            source=source,
            verified=verified,
            proposed_by=actor,
        )
    )


def _check_frame(name: str, begins_on: date, until: date | None, currency: str) -> None:
    if not name or not name.isprintable():
        raise Refused(_("Say what it is, in one line."), "name")
    if until and until < begins_on:
        raise Refused(_("The last day is before the first."), "approved_until")
    if len(currency) != len("INR") or not (currency.isascii() and currency.isalpha()):
        raise Refused(_("A currency has three letters."), "currency")


def _check_later(country: Jurisdiction, begins_on: date) -> None:
    """What was confirmed is followed, and never gone back behind."""
    there = RehabilitationScheme.objects.filter(jurisdiction=country)
    if there.filter(in_force_from__gte=begins_on).exists():
        words = _("A scheme of this country is in force from that day or later.")
        raise Refused(words, "begins_on")


def _rates_of(given: RateColumns) -> Rates:
    """By category, of those with a sum in all; the parts lie inside it."""
    rates: Rates = {}
    for category in Category.values:
        parts: dict[str, Any] = {part: given.get(f"{category}_{part}") for part in PARTS}
        if not parts["total"]:
            if any(parts.values()):
                raise Refused(_("Say what is paid in all."), f"{category}_total")
            continue
        rates[category] = {part: amount or Decimal(0) for part, amount in parts.items()}
        if rates[category]["deposit"] + rates[category]["immediate"] > parts["total"]:
            words = _("Deposit and immediate relief are more than is paid in all.")
            raise Refused(words, f"{category}_total")
    if not rates:
        raise Refused(_("Say what is paid in all."), "everyone_total")
    return rates


def _written(rates: Rates) -> dict[str, dict[str, str]]:
    """As a row keeps them: each amount written in one way."""
    return {
        category: {part: f"{amount:.2f}" for part, amount in parts.items()}
        for category, parts in rates.items()
    }


def _words(law: LawVersion) -> str:
    return str(law.terms["name"])


def _lines(law: LawVersion) -> list[tuple[StrOrPromise, object]]:
    until, unit = law.terms["approved_until"], law.terms["currency"]
    lines: list[tuple[StrOrPromise, object]] = [
        (say("Name of the scheme"), law.terms["name"]),
        (say("In force from"), date_format(law.first_day, "j M Y")),
        (say("Decided until"), date_format(date.fromisoformat(until), "j M Y") if until else "–"),
    ]
    for category, rate in law.terms["rates"].items():
        amounts = [f"{PARTS[part]}: {unit} {Decimal(rate[part]):,.2f}" for part in PARTS]
        lines.append((Category(category).label, "; ".join(amounts)))
    return lines


def _carry_out(law: LawVersion) -> None:
    """Others may have been confirmed since it was proposed."""
    _check_later(law.country, law.first_day)
    scheme = RehabilitationScheme.objects.create(
        code=f"{law.country.code}-{law.first_day}",
        jurisdiction=law.country,
        name=law.terms["name"],
        in_force_from=law.first_day,
        approved_until=law.terms["approved_until"],
        currency=law.terms["currency"],
    )
    mark = {"verified": law.verified, "source": law.source}
    for category, rate in law.terms["rates"].items():
        marks = dict.fromkeys(PARTS, mark)
        SchemeRate.objects.create(scheme=scheme, category=category, marks=marks, **rate)


def _changed(law: LawVersion, reader: User) -> list[ReleaseCertificate]:
    """Certificates that it pays for otherwise than what is on record; that stays until somebody
    corrects it."""
    issued = ReleaseCertificate.objects.visible_to(reader).filter(
        _paid_by(law), status=CertificateStatus.ISSUED
    )
    rows = issued.exclude(case__status=CaseStatus.CLOSED).order_by("-answered_on", "pk")
    rows = rows.select_related("case", "entitlement__rate")
    return [row for row in rows if _differs(law, row)]


def _counted(law: LawVersion, reader: User) -> int:
    """What is owed on record and would be another sum, once somebody corrects it."""
    rows = Entitlement.objects.countable_by(reader).filter(
        _paid_by(law, "certificate__"), certificate__status=CertificateStatus.ISSUED
    )
    rates = rows.values_list("rate__category", *(f"rate__{part}" for part in PARTS))
    return sum(_is_other(law, *rate) for rate in rates)


def _paid_by(law: LawVersion, to: str = "") -> Q:
    """Certificates of the country since the day of this version; `to`: the way to them."""
    code, place = law.country.code, f"{to}jurisdiction__code"
    there = Q(**{place: code}) | Q(**{f"{place}__startswith": f"{code}-"})
    return there & Q(**{f"{to}answered_on__gte": law.begins_on})


def _differs(law: LawVersion, row: ReleaseCertificate) -> bool:
    owed = getattr(row, "entitlement", None)
    if owed is None:
        return True
    rate = owed.rate
    return _is_other(law, rate.category, *(getattr(rate, part) for part in PARTS))


def _is_other(law: LawVersion, category: str, *amounts: Decimal) -> bool:
    rate = law.terms["rates"].get(category, {})
    return [*amounts] != [Decimal(rate.get(part, -1)) for part in PARTS]


CONTENT = Content(_words, _lines, _carry_out, _changed, _counted, of_survivors=True)
