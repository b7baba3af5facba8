"""Setting up: what an organisation needs before its first case, and what of it is there.

Nothing is ticked by hand. One statement asks whether rows exist, so that an administrator learns
of a provider or a programme only that there is one, and of cases nothing at all: no case is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import letters
from accounts.models import Membership, Notice, Office, User
from accounts.permissions import Perm
from accounts.roles import Role
from aftercare.models import Provider
from backups import alarms
from core.days import clock
from desk.today.laws import gaps, on_record
from places.enums import AgencyKind, JurisdictionLevel
from places.models import Agency, Jurisdiction
from prosecutions.models import Provision
from studies.models import ProgrammePlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django_stubs_ext import StrOrPromise

NEXT = 3  # steps that Today shows; all of them are one link away
SHOWN_ONLY = ("console", "dummy", "filebased")  # ways of sending mail that reach nobody


@dataclass(frozen=True)
class Step:
    """`who`: whose work it is, if anybody's; `url`: where, if the reader may go there; `gaps`: what
    is not there and holds nobody up."""

    title: StrOrPromise
    words: StrOrPromise
    who: StrOrPromise
    url: str
    done: bool
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class SettingUp:
    steps: tuple[Step, ...]

    @property
    def left(self) -> list[Step]:
        return [step for step in self.steps if not step.done]

    @property
    def next(self) -> list[Step]:
        return self.left[:NEXT]

    @property
    def done(self) -> int:
        return len(self.steps) - len(self.left)


@dataclass(frozen=True)
class Facts:
    """What the database says, of nothing more than that it is there."""

    countries: list[str]  # of the open offices, by their two letters
    statutes: list[str]  # countries of which a provision is on record
    without_district: bool  # an office in a country without one
    second_administrator: bool
    case_manager: bool
    field_officer: bool
    police: bool
    court: bool
    provider: bool
    programme: bool
    letter: bool
    backup: bool
    practice: bool


def setting_up(user: User) -> SettingUp:
    """The steps as they are now, for whoever manages people. One statement."""
    facts = _facts(user)
    return SettingUp((*_people(user, facts), *_around(user, facts), *_running(user, facts)))


def _facts(user: User) -> Facts:
    day = clock.today()
    offices = Office.objects.real().filter(is_global=False, jurisdiction__isnull=False)
    offices = offices.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))
    offices = offices.annotate(country=Substr("jurisdiction__code", 1, 2)).order_by()
    laws = Provision.objects.annotate(country=Substr("jurisdiction__code", 1, 2)).order_by()
    district = Jurisdiction.objects.filter(level=JurisdictionLevel.DISTRICT, is_active=True)
    of_country = district.filter(code__startswith=OuterRef("country"))
    agencies = Agency.objects.filter(is_active=True)
    works = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    asked = {
        "countries": ArraySubquery(offices.values("country").distinct()),
        "statutes": ArraySubquery(laws.values("country").distinct()),
        "without_district": Exists(offices.filter(~Exists(of_country))),
        "second_administrator": _somebody(Role.SYSTEM_ADMIN, besides=user),
        "case_manager": _somebody(Role.CASE_MANAGER),
        "field_officer": _somebody(Role.FIELD_OFFICER),
        "police": Exists(agencies.filter(kind=AgencyKind.POLICE_UNIT)),
        "court": Exists(agencies.filter(kind=AgencyKind.COURT)),
        "provider": Exists(Provider.objects.filter(is_active=True)),
        "programme": Exists(ProgrammePlace.objects.filter(works)),
        "letter": Exists(Notice.objects.filter(kind=letters.ARRIVED)),
        "backup": Exists(alarms.fresh()),
        "practice": Exists(Office.objects.filter(is_practice=True, emptied_at__isnull=False)),
    }
    return Facts(**User.objects.filter(pk=user.pk).values(**asked).get())


def _somebody(role: Role, besides: User | None = None) -> Exists:
    """Somebody who signs in and has this role; an invitation is nobody yet."""
    people = Membership.objects.in_force().filter(role=role, user__is_active=True)
    people = people.filter(user__service_account__isnull=True)
    return Exists(people.exclude(user=besides) if besides else people)


def _people(user: User, facts: Facts) -> Iterator[Step]:
    """The office, and who works in it."""
    administrator = Role.SYSTEM_ADMIN.label
    people = _page(user, Perm.PEOPLE_VIEW, "people:list")
    yield Step(
        _("An office"),
        _(
            "Its place decides its days, its clock and its holidays. If your country is not in"
            " the list, first add it under Places."
        ),
        administrator,
        _page(user, Perm.OFFICE_KEEP, "people:offices"),
        bool(facts.countries),
    )
    yield Step(
        _("A second administrator"),
        _("You cannot confirm your own requests, so two administrators must have signed in."),
        administrator,
        people,
        facts.second_administrator,
    )
    yield Step(
        _("A case manager"),
        _("Invite one. The role begins when a second person has confirmed it."),
        administrator,
        people,
        facts.case_manager,
    )
    yield Step(
        _("A field officer"),
        _("Field officers log rescues, also from a phone."),
        administrator,
        people,
        facts.field_officer,
    )


def _around(user: User, facts: Facts) -> Iterator[Step]:
    """Where, with whom and against what."""
    yield Step(
        _("Districts"),
        _(
            "Cases and surveys are counted by district. Add the districts of each country you"
            " work in, one by one or from a table."
        ),
        Role.SYSTEM_ADMIN.label,
        _page(user, Perm.PLACE_KEEP, "places:places"),
        bool(facts.countries) and not facts.without_district,
    )
    yield Step(
        _("Police and courts"),
        _("Add at least one police unit and one court, so that forms can offer them."),
        Role.SYSTEM_ADMIN.label,
        _page(user, Perm.AGENCY_KEEP, "places:agencies"),
        facts.police and facts.court,
    )
    yield Step(
        _("Providers"),
        _("Survivors are referred to shelters and clinics. Each is added under Providers."),
        Role.CASE_MANAGER.label,
        _page(user, Perm.REFERRAL_VIEW, "aftercare:providers"),
        facts.provider,
    )
    yield Step(
        _("Programmes in use"),
        _(
            "Record under Studies where you work against which form of exploitation, and since"
            " when."
        ),
        Role.PROGRAMME_MANAGER.label,
        _page(user, Perm.REPORT_VIEW, "studies:programmes"),
        facts.programme,
    )


def _running(user: User, facts: Facts) -> Iterator[Step]:
    """What comes with Casework, and what the server must do."""
    yield Step(
        _("Laws in force"),
        on_record(facts.countries, facts.statutes),
        Role.LEGAL_OFFICER.label,
        reverse("prosecutions:laws"),
        bool(facts.countries),
        tuple(gaps(facts.countries, facts.statutes)),
    )
    yield Step(
        _("Mail"),
        _(
            "Invitations and notices go out by mail. Send yourself a letter: this is done when you"
            " open the link in it."
        ),
        Role.SYSTEM_ADMIN.label,
        _page(user, Perm.PEOPLE_MANAGE, "people:ask-letter"),
        facts.letter and not settings.EMAIL_BACKEND.rpartition(".")[0].endswith(SHOWN_ONLY),
    )
    yield Step(
        _("A backup"),
        _(
            "One is made each night. Its page also says what else must be in place before names of"
            " real people are entered."
        ),
        _("the people who run the server"),
        _page(user, Perm.BACKUP_VIEW, "backups:list"),
        facts.backup,
    )
    yield Step(
        _("A practice rescue"),
        _(
            "Open an office for practice and invite somebody to it. When they have logged an"
            " invented rescue, delete the practice cases on the page of the office."
        ),
        Role.SYSTEM_ADMIN.label,
        _page(user, Perm.OFFICE_KEEP, "people:offices"),
        facts.practice,
    )


def _page(user: User, permission: Perm, address: str) -> str:
    return reverse(address) if user.has_perm(permission) else ""
