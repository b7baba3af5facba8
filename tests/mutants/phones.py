"""Faults in what is asked of a phone before it is believed, and in who sees what it delivered."""

from __future__ import annotations

from contextlib import nullcontext
from functools import cache
from types import SimpleNamespace
from xml.etree import ElementTree

from django.core.files.uploadhandler import MemoryFileUploadHandler

from accounts.sign_in import limits
from core import middleware
from intake.collect import door as collect
from intake.collect import encryption, questions, receiving, xforms
from intake.extracts import content, services
from intake.extracts import door as reading
from intake.models import Box, Phone
from intake.phones import content as content_of_box
from intake.phones import door, manifest
from intake.phones.services import boxes, enclosing
from intake.phones.services import phones as ends
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

NAMES = ("boxes", "door", "phones", "extracts", "collect", "collect_forms", "enclosing")
FILES = [f"tests/intake/test_{name}.py::" for name in NAMES]
BOXES, DOOR, PHONES, EXTRACTS, COLLECT, FORMS, ENCLOSING = FILES


@fault(f"{DOOR}test_no_other_key_opens_it")
def any_signature_will_do():
    """Whoever knows which phones there are delivers as their persons."""
    replace(manifest, "is_signed", lambda text, raw, body, key: True)


@fault(f"{BOXES}test_a_lost_phone_delivers_still_and_it_waits")
def a_lost_phone_is_believed():
    """Whoever finds a phone writes into the record by it."""
    replace(door, "settle", lambda box: boxes._try(box, box.phone.person, None))


@fault(f"{ENCLOSING}test_of_many_files_none_is_dropped")
def a_box_holds_twenty_files():
    """What is beyond them is lost without a word."""
    listed = content_of_box._listed
    replace(content_of_box, "_listed", lambda entries: listed(entries)[:20])


@fault(f"{BOXES}test_it_waits_where_its_writer_works_now")
def a_box_waits_where_its_phone_was_enrolled():
    """Whoever moved to another office writes for case managers who may not read it."""
    replace(boxes, "_place", lambda box, form: (box.phone.office_id, None))


@fault(f"{BOXES}test_it_waits_where_the_case_is_that_it_names_unless_that_is_sealed")
def a_sealed_case_is_told_by_a_box():
    """Where a box waits says that a sealed case exists."""
    return """do $mutant$ declare body text;
begin
  body := pg_get_functiondef('intake_cases_meant(uuid[],uuid[],text)'::regprocedure);
  if position('level < 4' in body) = 0 then raise 'nothing to change'; end if;
  execute replace(body, 'level < 4', 'level < 5');
end $mutant$"""


@fault(f"{BOXES}test_it_moves_with_its_case")
def a_box_stays_where_its_case_was():
    """Once a case is with another office, hardly anybody can open what was written about it."""
    return "drop trigger intake_case_takes_boxes on casework_case"


@fault(f"{BOXES}test_both_walls_show_a_box_to_its_writer_and_to_who_reads_the_office")
def the_database_shows_a_box_where_its_phone_was_enrolled():
    """Case managers of a former office go on reading who wrote what when."""
    return """alter policy looked_after on intake_box using (
      (select p.office_id from intake_phone p where p.id = phone_id)
        = any ((select nullif(current_setting('app.offices_l3', true), '')::uuid[])::uuid[]))"""


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


@fault(f"{EXTRACTS}test_of_a_sealed_case_there_is_none")
def a_sealed_case_is_taken_along():
    """What only those it names may know leaves the house on a phone."""
    replace(services, "SEALED", 5)
    return "drop trigger intake_extract_guard on intake_extract"


@fault(f"{EXTRACTS}test_nobody_else_asks_and_nothing_is_asked_again")
def a_share_is_given_to_whoever_asks():
    """Whoever knows which phones there are gets what their keys lack."""
    replace(manifest, "verified", lambda text, message, key: True)


@fault(f"{EXTRACTS}test_what_happens_to_its_case_or_phone_ends_it_at_once[_sealed]")
def a_case_sealed_since_is_read_on():
    """Who sealed a case is told that nobody else reads it, and phones do until they ask."""
    return "drop trigger intake_case_ends_extracts on casework_case"


@fault(f"{EXTRACTS}test_a_right_that_comes_back_brings_nothing_back")
def a_right_that_ended_sleeps():
    """Who was off a team, and is on it again, reads on by what was checked out before."""
    replace(services, "_end_all_but", lambda *of: None)


@fault(f"{EXTRACTS}test_the_content_is_shown_to_who_has_just_confirmed")
def an_extract_is_shown_without_confirming():
    """Whoever finds an open screen photographs what was checked out."""
    replace(services.read_extract, "fresh", False)


@fault(f"{EXTRACTS}test_it_ends_on_the_phone_and_the_share_goes[_lost-phone]")
def a_share_outlives_its_extract():
    """What a lost phone lacks lies on in the database and in its backups."""
    return "drop trigger intake_extract_guard on intake_extract"


@fault(f"{EXTRACTS}test_a_copy_of_the_phone_ends_what_both_hold")
def a_copy_is_served_like_the_phone():
    """Whoever copied a phone reads on beside its person, and nobody knows."""
    replace(reading, "end_copied", lambda phone, person: None)


@fault(f"{EXTRACTS}test_what_was_ended_elsewhere_counts_until_its_phone_is_without_it")
def five_on_each_phone():
    """Ended by a word on one device, cases stay open on another."""
    replace(services, "_out", lambda person: 0)


@fault(f"{EXTRACTS}test_what_the_phone_wiped_cannot_come_back")
def what_was_wiped_comes_back():
    """A copy of the phone, made before eight wrong PINs, is served like the phone."""
    replace(services, "_end_all_but", lambda *of: None)


@fault(f"{EXTRACTS}test_it_is_taken_along_in_codes_and_recorded")
def whole_names_are_taken_along():
    """The names of survivors lie on a phone."""
    replace(content, "initials_of", lambda name: name)


@fault(f"{EXTRACTS}test_sql_of_the_application_makes_none")
def extracts_unguarded():
    """Whoever runs SQL hands a case to any phone, for ever."""
    return "drop trigger intake_extract_guard on intake_extract"


# --- ODK Collect ---


@fault(f"{FORMS}test_who_does_not_say_both_is_asked_for_them")
def any_password_will_do():
    """Whoever finds the address of Collect delivers as somebody."""
    replace(collect, "_found", lambda header: Phone.objects.select_related("person").first())


@fault(f"{FORMS}test_wrong_tries_are_counted_where_they_come_from")
def passwords_are_tried_without_end():
    """Nobody notices a thousand wrong passwords."""
    replace(limits, "failed", lambda counted: None)


@fault(f"{COLLECT}test_a_lost_phone_fetches_nothing_and_what_it_brings_waits")
def a_lost_collect_is_believed():
    """Whoever finds a phone with Collect writes into the record by it."""
    replace(receiving, "settle", lambda box: boxes._try(box, box.phone.person, None))


@fault(f"{COLLECT}test_the_key_of_another_person_opens_nothing_and_ones_own_former_does")
def any_key_of_ours_opens():
    """A form of somebody else is delivered in one's own name."""
    replace(receiving, "_keys", lambda phone: [row.private for row in Phone.objects.all()])


@fault(f"{COLLECT}test_files_are_whole_and_where_they_were")
def no_signature_is_asked():
    """Photos are exchanged on their way, and nobody is told."""
    replace(encryption, "hmac", SimpleNamespace(compare_digest=lambda ours, theirs: True))


@fault(f"{COLLECT}test_hostile_xml_is_refused_in_words")
def entities_are_read():
    """A submission of a kilobyte becomes one of a gigabyte."""

    def read(text, parser=None, forbid_dtd=False, forbid_entities=True, forbid_external=True):
        return ElementTree.fromstring(text, parser)

    replace(encryption, "fromstring", read)


@fault(f"{COLLECT}test_what_arrives_in_pieces_has_a_bound_beside_the_others")
def a_begun_box_grows_without_end():
    """Three hundred boxes of nothing become ones of gigabytes."""
    replace(receiving, "require_room", lambda box: None)


@fault(f"{COLLECT}test_nothing_is_kept_or_locked_while_it_is_read")
def a_slow_network_holds_a_lock():
    """A lost phone cannot be ended while something is sent from it."""
    replace(collect.Submit, "read", lambda self, request: None)
    collect.Submit.files = property(lambda self: collect._files(self.request))


@fault(f"{COLLECT}test_what_is_too_large_is_not_read")
def what_arrives_is_not_counted():
    """A length that is not true fills the memory of the server."""
    replace(collect.InMemory, "receive_data_chunk", MemoryFileUploadHandler.receive_data_chunk)


@fault(f"{FORMS}test_it_ends_with_a_password_that_was_reset_and_its_person_is_told")
def a_reset_leaves_collect():
    """Whoever had the password goes on delivering as its person."""
    replace(ends, "_end", lambda *of: None)


@fault(f"{COLLECT}test_nothing_is_kept_or_locked_while_it_is_read")
def a_session_is_acted_in_at_the_door():
    """Whoever sends slowly beside a session of the browser holds a transaction open."""
    replace(middleware, "doors", [])


@fault(f"{FORMS}test_a_form_is_in_every_language_and_first_in_ones_own")
def a_form_is_in_one_language():
    """Every officer fills in the forms of Collect in English."""
    replace(questions, "override", lambda language: nullcontext())


@fault(f"{FORMS}test_a_form_says_and_offers_what_the_organisation_does")
def a_form_stays_as_it_was_made():
    """Collect offers what the organisation has retired, under names that it no longer uses."""
    replace(xforms, "template", cache(xforms.template))


# --- What is enclosed ---


@fault(f"{ENCLOSING}test_a_bad_file_is_left_out_and_the_rescue_is_logged")
def a_bad_file_holds_the_rescue_up():
    """One empty photo, and a rescue never comes into the record."""
    replace(enclosing, "NotTaken", KeyError)


@fault(f"{ENCLOSING}test_known_material_is_in_no_box_that_waits")
def known_material_waits():
    """Material of child abuse lies in a box for 90 days."""
    replace(boxes, "take_out_known", lambda box, entry: None)
