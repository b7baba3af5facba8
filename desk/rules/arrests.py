"""What is asked after an arrest, of everybody of the office whose work it is: the hours run."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import CharField, DateTimeField, F, Func, Value
from django.db.models.functions import Cast, Concat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.access import EXISTS
from desk.rules.fixed import LAW
from desk.rules.rule import Harm, Rule, Urgency, last_day_of
from prosecutions.limits import source_of_clock
from prosecutions.models import CustodyClock

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

# The limit by the clock of the place, in the session's own zone an hour of nowhere.
LOCAL = Func(
    F("case__jurisdiction__time_zone"),
    F("court_by"),
    function="timezone",
    output_field=DateTimeField(),
)


def presumed(_today: date) -> QuerySet[CustodyClock]:
    """Hours that run since an arrest, after which nobody said what became of the person."""
    return CustodyClock.objects.all()


def in_words(about: str) -> str:
    """“until 28 Nov, 20:04 (BNSS 2023 s. 58)”: the hour at the place, and by which law."""
    country, _space, until = about.partition(" ")
    at = datetime.fromisoformat(until)
    values = {"hour": date_format(at, "j M, H:i"), "law": source_of_clock(country, at)}
    return _("until %(hour)s (%(law)s)") % values


RULES = (
    Rule(
        "custody-presumed",
        gettext_lazy("Make sure the person arrested comes before a court or is released"),
        gettext_lazy("See the case"),
        "#suspects",
        Perm.CUSTODY_RECORD,
        presumed,
        due=last_day_of("court_by"),
        ahead=None,
        urgency=Urgency.AT_ONCE,
        harm=Harm.CUSTODY,
        about=Concat(F("country"), Value(" "), Cast(LOCAL, CharField())),
        label=in_words,
        level=EXISTS,  # whoever is on the team: nobody may be put on it tonight
        may_wait=False,
        live="a clock of its own is kept",
        fixed=LAW,
    ),
)
