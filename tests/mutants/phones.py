"""Faults in what is asked of a phone before it is believed, and in who sees what it delivered."""

from __future__ import annotations

from intake.models import Box
from intake.phones import door, manifest
from intake.phones.services import boxes
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

BOXES, DOOR, PHONES = (f"tests/intake/test_{name}.py::" for name in ("boxes", "door", "phones"))


@fault(f"{DOOR}test_no_other_key_opens_it")
def any_signature_will_do():
    """Whoever knows which phones there are delivers as their persons."""
    replace(manifest, "is_signed", lambda text, raw, body, key: True)


@fault(f"{BOXES}test_a_lost_phone_delivers_still_and_it_waits")
def a_lost_phone_is_believed():
    """Whoever finds a phone writes into the record by it."""
    replace(door, "settle", lambda box: boxes._try(box, box.phone.person))


@fault(f"{PHONES}test_a_case_manager_whom_the_case_is_closed_to_reads_nothing_of_it")
def a_box_is_open_to_whoever_looks_after_the_office():
    """What was written about a sealed case is shown to who may not know of it."""
    replace(boxes, "is_open", lambda box, form, reader: True)


@fault(f"{BOXES}test_a_clock_that_is_wrong_by_a_day_is_put_right_and_asked_about")
def the_clock_of_the_phone_is_believed():
    """A rescue is a day off, and nobody is asked."""
    replace(Box, "skew", property(lambda self: self.sent_at - self.sent_at))


@fault(f"{BOXES}test_both_walls_show_a_box_to_its_writer_and_to_who_reads_the_office")
def the_database_shows_boxes_to_everybody():
    """Whoever gets SQL run in the application reads who wrote what when."""
    return "alter policy own on intake_box using (true)"


@fault(f"{PHONES}test_sql_of_the_application_enrols_no_phone")
def phones_unguarded():
    """A phone is enrolled by whoever runs SQL."""
    return "drop trigger intake_phone_guard on intake_phone"
