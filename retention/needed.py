"""Which policies there must be: one of each kind of case in each country where an office works, and
one of the history and of figures."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Office
from core.days import clock
from places.models import Jurisdiction
from retention.enums import Kind, Person
from retention.models import Policy

WANTED = {(Kind.INQUIRY, ""), *((Kind.SURVIVORS, person) for person in Person)}


def lack() -> str:
    """For `core.real_names`."""
    offices = Office.objects.filter(closed_on__isnull=True)
    places = Jurisdiction.objects.filter(
        Q(offices__in=offices) | Q(pk__in=offices.values("covers"))
    )
    countries = {place.country for place in places}
    if not countries:
        return _(
            "No office has a place yet, so no policy can apply to its cases. Make the offices,"
            " then set a policy for each country under How long records are kept."
        )
    in_force = Policy.objects.filter(pk__in=Policy.objects.in_force_on(clock.today()).values("pk"))
    policies = set(in_force.values_list("country__code", "kind", "person"))
    missing = sorted(
        country for country in countries if not {(country, *kind) for kind in WANTED} <= policies
    )
    names = {Kind.HISTORY: _("the history"), Kind.FIGURES: _("figures")}
    missing += [name for kind, name in names.items() if (None, kind, "") not in policies]
    if not missing:
        return ""
    words = _(
        "Retention policies are missing for: %(missing)s. Each country needs one for adults, one"
        " for children and one for cases without survivors. A data officer proposes them under How"
        " long records are kept, and a second person confirms."
    )
    return words % {"missing": ", ".join(missing)}
