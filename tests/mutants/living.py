"""Faults of what must be in place before real names, and of changing the keys."""

from __future__ import annotations

from datetime import timedelta

from accounts.sign_in import passkeys
from backups import alarms, sweeping
from backups.models import Drill
from core import rekeying
from core.chain import standing
from retention import needed
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

READY = ("tests/core/test_real_names.py",)


@fault(*READY)
def an_old_drill_is_good_enough():
    """A backup that was restored a year ago makes an installation ready for real names."""
    replace(alarms, "OLDEST_DRILL", timedelta(days=365))


@fault(*READY)
def a_failed_drill_is_good_enough():
    """A drill that found differences makes it ready, too."""
    replace(Drill, "is_sound", True)


@fault(*READY)
def one_passkey_is_enough():
    """A single administrator has one, and is the only one who lets anybody in again."""
    replace(passkeys, "FEWEST", 1)


@fault(*READY)
def one_letter_is_enough():
    """The head of the history leaves to one person alone."""
    replace(standing, "FEWEST_OFFICERS", 1)


@fault(*READY)
def children_need_no_policy():
    """How long cases with children are kept may stay open."""
    replace(needed, "WANTED", {one for one in needed.WANTED if "child" not in one})


@fault("tests/core/test_reencrypt.py")
def a_rehearsal_opens_the_first_batch_alone():
    """What lies beyond a thousand rows is not tried, and the old key is taken away."""
    whole = rekeying._rows

    def rows(statement, *values):
        return [] if "is not null and" in statement else whole(statement, *values)

    replace(rekeying, "_rows", rows)


@fault("tests/backups/test_killed_drill.py")
def a_killed_drill_keeps_its_server():
    """The copy of the data is left behind, with a server that answers."""
    replace(sweeping, "clear", lambda _home: None)
