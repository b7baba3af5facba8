"""Faults at the beginning of an organisation: what ticks itself, and what a file asks for."""

from __future__ import annotations

from django.db.models import Exists

from accounts import set_up
from accounts.models import Membership
from accounts.models.offices import OfficeQuerySet
from backups import alarms
from backups.models import Backup
from desk.today import laws, setting_up
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

TICKS, FILE = "tests/desk/test_setting_up.py", "tests/accounts/test_setup_file.py"
PRACTICE = "tests/intake/test_practice.py"


@fault(TICKS)
def an_invitation_counts_as_somebody():
    """Whoever is only invited is taken for a case manager who signs in."""

    def invited(role, besides=None):
        people = Membership.objects.in_force().filter(role=role)
        return Exists(people.exclude(user=besides) if besides else people)

    replace(setting_up, "_somebody", invited)


@fault(TICKS)
def any_backup_is_fresh():
    """A backup of last year is taken for one of this night."""
    replace(alarms, "fresh", lambda: Backup.objects.filter(failure=""))


@fault(TICKS)
def no_law_is_missed():
    """An organisation in a country without law is not told so."""
    replace(setting_up, "gaps", lambda _countries, _statutes: ())
    replace(laws, "gaps", lambda _countries, _statutes: ())


@fault(FILE)
def a_refused_role_is_asked_for_again():
    """A second call of the same file asks for what somebody refused."""
    replace(set_up, "_was_asked", lambda _user, _office, _role: False)


@fault(PRACTICE)
def practice_counts():
    """Whoever counts every office counts those for practice, too."""
    replace(OfficeQuerySet, "real", lambda self: self)


@fault(PRACTICE)
def the_built_in_reporter_counts_practice() -> str:
    """The database lets the worker count every office there is."""
    return (
        "create or replace function open_count_of_all() returns void language sql security definer"
        " set search_path = public, pg_temp as $$ select set_config('app.counted',"
        " array_agg(id)::text, true), set_config('app.counted_cases', '{}', true)"
        " from accounts_office $$"
    )
