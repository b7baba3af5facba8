"""Faults where programs come in and where something is told to them."""

from __future__ import annotations

import http.client
import socket
import ssl
import time

from accounts.models import ApiKey, User, people
from accounts.permissions import Perm
from accounts.services import keys
from core import audit
from core.access import Held
from core.api import sync
from core.models import KeptCopy
from exchange import reaching, sending
from exchange.hosts import HostQuerySet
from exchange.models import Delivery
from exchange.services import telling
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

PROGRAMS = "tests/accounts/test_programs.py"
OTHERS = "tests/accounts/test_programs_of_others.py"
SYNC = "tests/api/test_sync.py"
WEBHOOKS = "tests/exchange/test_webhooks.py"
DOORS = "tests/exchange/test_doors.py"
FAILING = "tests/exchange/test_failing.py"
REACHING = "tests/exchange/test_reaching.py"


@fault("tests/exchange/test_hosts.py::test_by_page_two_persons_allow_it_and_one_ends_it")
def one_person_allows_a_host():
    """A host counts as allowed from when it was asked for."""
    replace(HostQuerySet, "allowed", HostQuerySet.standing)


@fault("tests/exchange/test_exports.py::test_every_row_and_case_stands_in_the_history")
def what_an_export_gives_is_not_noted():
    """What is put off while an export is read is never written."""
    replace(audit, "now_or_with_it", lambda write: None)


@fault(f"{PROGRAMS}::test_a_key_opens_what_it_says_and_no_more")
def a_key_that_says_everything():
    """A key opens all that its account may do, whatever it says."""
    replace(User, "act_with", lambda self, verbs: None)


@fault(f"{OTHERS}::test_a_key_that_exists_opens_nothing_about_people")
def others_read_about_people():
    """A program that others run holds all that its roles give."""
    replace(people, "VERBS_OF_OTHERS", frozenset(Perm))


@fault(f"{PROGRAMS}::test_a_key_from_another_address_is_refused_and_that_is_on_record")
def a_key_from_anywhere():
    """A key opens from every address, whatever its list says."""
    replace(ApiKey, "is_open_to", lambda self, address: True)


@fault(f"{PROGRAMS}::test_whoever_confirms_roles_and_who_answers_for_it_learn_of_a_key")
def a_key_nobody_hears_of():
    """Nobody learns that a key was issued."""
    replace(keys, "tell", lambda users, kind, target: None)


@fault(f"{SYNC}::test_what_is_gone_was_given_to_the_reader")
def gone_is_told_to_everyone():
    """Who asks what changed is told what was taken from others."""
    replace(
        sync.Copies, "known", property(lambda self: KeptCopy.objects.filter(of__noun=self.of.noun))
    )


@fault(f"{SYNC}::test_what_comes_into_reach_is_given_though_it_did_not_change")
def what_arrives_is_forgotten():
    """A row that comes into reach is not given until it changes."""
    replace(sync.Copies, "arrived", lambda self, rows: rows.none())


@fault(f"{SYNC}::test_no_filter_hides_that_a_row_is_gone")
def a_filter_hides_what_is_gone():
    """Under a filter nothing is gone."""
    replace(sync.Copies, "gone", lambda self, rows: self.known.none())


@fault(f"{WEBHOOKS}::test_what_is_not_open_when_it_is_sent_is_not_told")
def a_program_is_told_of_everything():
    """A program is told of rows it may not see."""

    def message_of(delivery, *, actor):
        return {"data": {"id": str(delivery.row)}}

    replace(sending, "message_of", message_of)


@fault(f"{WEBHOOKS}::test_a_right_that_ends_between_two_messages_has_ended")
def a_right_outlives_its_end():
    """What a program may see is worked out once for a whole batch."""
    kept = {}
    whole = sending.message_of

    def message_of(delivery, *, actor):
        return whole(delivery, actor=kept.setdefault("actor", actor))

    replace(sending.context, "refresh", lambda user: bool(user.scope and user.permissions))
    replace(sending, "message_of", message_of)


@fault(f"{WEBHOOKS}::test_what_is_told_is_recorded_as_read")
def told_without_a_line():
    """What a program is told leaves no line in the history."""
    replace(telling.audit, "record_sent", lambda *args, **more: None)


@fault(f"{REACHING}::test_a_name_for_an_inside_address_is_refused")
def inside_addresses_are_reached():
    """A name may lead to an address inside."""
    replace(reaching, "is_public", lambda text: True)


@fault(f"{REACHING}::test_a_name_that_changes_meanwhile_changes_nothing")
def a_name_is_looked_up_twice():
    """The connection looks its host up again after it was looked at."""

    def connect(self):
        self.address = reaching.resolve(self.host, self.port)
        http.client.HTTPConnection.connect(self)

    replace(reaching.Pinned, "connect", connect)


@fault(f"{REACHING}::test_what_may_not_be_called_is_refused")
def any_address_is_called():
    """Whatever is typed is called."""
    replace(reaching, "check", reaching.urlsplit)


@fault(f"{REACHING}::test_a_handshake_that_drips_is_hung_up_on")
def a_handshake_without_end():
    """Whoever never finishes agreeing on encryption keeps a worker."""

    def connect(self):
        plain = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)

    replace(reaching.Pinned, "connect", connect)


@fault(f"{DOORS}::test_of_what_was_not_sent_an_administrator_learns_nothing")
def the_log_shows_what_was_not_sent():
    """An administrator sees when something was written to a case that nobody was told of."""
    replace(Delivery, "access", Held(Delivery.access.view))


@fault(f"{FAILING}::test_a_slow_subscriber_keeps_no_worker_from_the_others")
def a_slow_subscriber_keeps_a_worker():
    """A job goes on however slowly its subscriber answers."""

    class Clock:
        time, monotonic = time.time, staticmethod(lambda: 0)

    replace(sending, "time", Clock)
