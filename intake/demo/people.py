"""Invented offices, users and institutions of the demonstration."""

from __future__ import annotations

from datetime import date
from itertools import accumulate

from accounts.models import Membership, Office, User
from accounts.roles import Role
from accounts.sign_in.demo import PASSWORD
from aftercare.enums import Need
from aftercare.models import Provider, ProviderStaff
from places.enums import AgencyKind
from places.models import Agency, Jurisdiction

OFFICES = {
    "global": ("GLO", "Global", None),
    "kolkata": ("KOL", "Kolkata", "IN-WB-KOL"),
    "mumbai": ("MUM", "Mumbai", "IN-MH-MUM"),
    "delhi": ("DEL", "Delhi", "IN-DL-DEL"),
    "manila": ("MNL", "Manila", "PH-MNL"),
    "cebu": ("CEB", "Cebu", "PH-CEB"),
    "pampanga": ("PAM", "Pampanga", "PH-PAM"),
    "phnompenh": ("PNH", "Phnom Penh", "KH-PNH"),
    "bangkok": ("BKK", "Bangkok", "TH-10"),
}
LOCAL = {
    "field": Role.FIELD_OFFICER,
    "aftercare": Role.AFTERCARE_WORKER,
    "legal": Role.LEGAL_OFFICER,
    "lead": Role.CASE_MANAGER,
    "prosecutor": Role.PROSECUTOR,
}
NAMES = {
    "kolkata": ("Anik Roy", "Mitali Das", "Rajat Ghosh", "Paroma Sen", "Subir Dutta"),
    "manila": ("Joel Ramos", "Liza Cruz", "Marco Reyes", "Ana Santos", "Elena Bautista"),
    "phnompenh": ("Sok Dara", "Chan Sophea", "Kim Rithy", "Nou Bopha", "Heng Vichea"),
}
OTHERS = {
    "provider.kolkata": ("Rina Paul", Role.PROVIDER_PARTNER, "kolkata"),
    "manager.global": ("Grace Okello", Role.PROGRAMME_MANAGER, "global"),
    "data.global": ("Tomas Lind", Role.DATA_OFFICER, "global"),
    "safeguarding.global": ("Ines Duarte", Role.SAFEGUARDING_LEAD, "global"),
    "auditor.global": ("Peter Njoroge", Role.AUDITOR, "global"),
    "admin.system": ("Mei Tan", Role.SYSTEM_ADMIN, "global"),
}
AGENCIES = {
    "IN-WB-KOL": (
        ("Anti-trafficking police unit", AgencyKind.POLICE_UNIT),
        ("Child welfare committee", AgencyKind.CHILD_WELFARE),
        ("District labour office", AgencyKind.MINISTRY),
    ),
    "PH-MNL": (
        ("Women and children police", AgencyKind.POLICE_UNIT),
        ("Social welfare office", AgencyKind.CHILD_WELFARE),
    ),
    "KH-PNH": (
        ("Anti-trafficking department", AgencyKind.POLICE_UNIT),
        ("Provincial social affairs", AgencyKind.CHILD_WELFARE),
    ),
}
COURTS = {  # each sits for all of its place
    "IN-WB": "Sessions court",
    "IN-MH": "Sessions court",
    "PH": "Regional trial court",
    "KH": "Court of first instance",
    "TH": "Criminal court",
    "GB": "Crown court",
}
PROVIDERS = {
    "IN-WB-KOL": ("Shelter A", [Need.SAFE_PLACE, Need.FOOD_CLOTHES]),
    "PH-MNL": ("Home of the Mango Tree", [Need.SAFE_PLACE, Need.CHILD_WELFARE]),
    "KH-PNH": ("River House", [Need.SAFE_PLACE, Need.MEDICAL]),
}
PARTNERS = {"provider.kolkata": "Shelter A"}


def accounts() -> dict[str, tuple[str, str, str]]:
    """User name -> (name, role, office)."""
    local = {
        f"{job}.{office}": (NAMES[office][number], str(role), office)
        for office in NAMES
        for number, (job, role) in enumerate(LOCAL.items())
    }
    return local | OTHERS


def demo_court(place: Jurisdiction) -> Agency | None:
    """The court that sits for a place, where there is one."""
    around = list(accumulate(place.code.split("-"), "{}-{}".format))
    courts = Agency.objects.filter(kind=AgencyKind.COURT, jurisdiction__code__in=around)
    return courts.order_by("-jurisdiction__code").first()


def make_people() -> dict[str, User]:
    """Offices, users with their roles, agencies and providers. Returns users by user name."""
    offices = {
        code: Office.objects.create(
            code=code,
            prefix=prefix,
            name=name,
            is_global=code == "global",
            jurisdiction=Jurisdiction.objects.by_code(place) if place else None,
        )
        for code, (prefix, name, place) in OFFICES.items()
    }
    made = {}
    shared = User(name="")
    shared.set_password(PASSWORD)  # hashed once: a slow hash for each would take half a minute
    for username, (name, role, office) in accounts().items():
        user = User.objects.create(username=username, name=name, password=shared.password)
        Membership.objects.create(user=user, office=offices[office], role=role)
        made[username] = user
    for code, agencies in AGENCIES.items():
        place = Jurisdiction.objects.by_code(code)
        for name, kind in agencies:
            Agency.objects.create(jurisdiction=place, name=f"{name}, {place.name}", kind=kind)
        name, services = PROVIDERS[code]
        Provider.objects.create(
            jurisdiction=place, name=name, services=services, agreement_from=date(2015, 1, 1)
        )
    for code, name in COURTS.items():
        place = Jurisdiction.objects.by_code(code)
        kind = AgencyKind.COURT
        Agency.objects.create(jurisdiction=place, name=f"{name}, {place.name}", kind=kind)
    for username, name in PARTNERS.items():
        provider = Provider.objects.get(name=name)
        ProviderStaff.objects.create(provider=provider, user=made[username])
    return made
