"""Guessing is slow, counts outlive what is rolled back, and strangers lock nobody out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.test import Client, RequestFactory

from accounts.sign_in import devices, forms, limits
from core.models import AuditEvent
from tests import factories
from tests.accounts.phone import PASSWORD, connect, visitor

NOON = "2026-11-24T12:00:00Z"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def guess(username, client=None, address="192.0.2.1"):
    body = {"username": username, "password": "wrong"}
    return (client or Client()).post("/sign-in/", body, REMOTE_ADDR=address)


def statuses(username, times, **where):
    return [guess(username, **where).status_code for _try in range(times)]


@pytest.mark.django_db
def test_the_sixth_try_within_a_minute_waits(person, clock, said):
    assert statuses(person.username, 6) == [200] * 5 + [429]
    refused = guess(person.username)
    assert refused["Retry-After"] == "60"
    assert "Please wait one minute" in said(refused)
    right = visitor(person)
    assert right.password().status_code == 429  # the right one, too: nothing is looked at
    clock.shift(60)
    assert right.password().status_code == 302


@pytest.mark.django_db
def test_each_further_failure_waits_longer_up_to_a_quarter_of_an_hour(person, clock):
    statuses(person.username, 5)
    waits = []
    for _failure in range(7):
        waits.append(int(guess(person.username)["Retry-After"]))
        clock.shift(waits[-1])
        assert guess(person.username).status_code == 200
    assert waits == [60, 120, 240, 480, 900, 900, 900]


@pytest.mark.django_db
def test_who_does_not_exist_waits_just_as_long(person, clock):
    one, other = (statuses(name, 6) for name in (person.username, "nobody"))
    assert one == other
    assert guess(person.username).content == guess("nobody").content


@pytest.mark.django_db
def test_the_right_password_begins_anew(person, clock):
    statuses(person.username, 4)
    assert visitor(person).password().status_code == 302
    assert statuses(person.username, 6) == [200] * 5 + [429]


@pytest.mark.django_db
def test_many_names_from_one_address_wait_too(clock):
    answers = [guess(f"name{n}").status_code for n in range(limits.FREE_PER_ADDRESS + 1)]
    assert answers == [200] * limits.FREE_PER_ADDRESS + [429]
    assert guess("name", address="192.0.2.2").status_code == 200


@pytest.mark.django_db
def test_an_address_is_not_forgiven_by_an_account_of_the_thief(person, clock):
    statuses("a", 5), statuses("b", 5)
    visitor(person).password()
    request = RequestFactory().post("/sign-in/", REMOTE_ADDR="127.0.0.1")
    (_account, address) = limits.counters(request, "password", "x")
    assert cache.get(address.key, (0, 0))[0] <= 1
    elsewhere = RequestFactory().post("/sign-in/", REMOTE_ADDR="192.0.2.1")
    assert cache.get(limits.counters(elsewhere, "password", "x")[1].key)[0] == 10


# One name in spellings that the form makes one, and in capitals.
SPELLINGS = ["{}", "{} ", "  {}", "\u3000{}", "{}\u00a0", "{WIDE}", "{BIG}", "\t{WIDE} "]


def spelled(pattern, name):
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in name)
    return pattern.format(name, WIDE=wide, BIG=name.upper())


@pytest.mark.django_db
def test_every_spelling_of_a_name_counts_for_the_same_account(person, clock):
    names = [spelled(pattern, person.username) for pattern in SPELLINGS]
    assert len(set(names)) == len(SPELLINGS)
    found = [guess(name, address=f"192.0.2.{n}").status_code for n, name in enumerate(names)]
    assert found == [200] * 5 + [429] * 3
    right = {"username": spelled("{WIDE}", person.username), "password": PASSWORD}
    assert Client().post("/sign-in/", right).status_code == 429


@pytest.mark.django_db
def test_every_spelling_of_an_address_counts_for_the_same_letter_box(clock):
    spellings = ("{}", "{} ", " {}", "\u3000{}", "{BIG}")
    bodies = [spelled(one, "ada@example.org") for one in spellings]
    bodies += ["ada@Example.org ", "ada@\uff45xample.org"]  # the last is written wide
    sent = [Client().post("/password/forgotten/", {"email": body}).status_code for body in bodies]
    assert sent[-2:] == [429, 429]
    assert len(mail.outbox) <= limits.FREE


@pytest.mark.nightly
@pytest.mark.django_db
def test_a_whole_office_signs_in_behind_one_address(office, clock):
    """After a bad morning, too: what is right does not make younger what failed there."""
    for n in range(limits.FREE_PER_ADDRESS):
        guess(f"typing{n}", address="127.0.0.1")
    clock.shift(60)
    password = make_password(PASSWORD)
    for _number in range(limits.FREE_PER_ADDRESS + 5):
        user = factories.user("field_officer", office, password=password)
        assert visitor(user).password().status_code == 302
    request = RequestFactory().post("/sign-in/", REMOTE_ADDR="127.0.0.1")
    for number in range(250):
        tries = limits.counters(request, "password", f"right{number}")
        assert limits.begin(tries) == 0
        limits.forgive(tries)
    assert guess("typing", address="127.0.0.1").status_code == 200
    assert guess("typing", address="127.0.0.1").status_code == 429


@pytest.mark.django_db
def test_right_sign_ins_under_way_at_once_leave_the_address_open(clock):
    """While 60 passwords are being looked at, none of them is known to be right yet."""
    request = RequestFactory().post("/sign-in/", REMOTE_ADDR="192.0.2.1")
    under_way = [limits.counters(request, "password", f"name{n}") for n in range(60)]
    assert [limits.begin(tries) for tries in under_way] == [0] * 60
    for tries in under_way:
        limits.forgive(tries)
    assert guess("another").status_code == 200


@pytest.mark.nightly
@pytest.mark.django_db
def test_a_thousand_strangers_do_not_lock_the_owner_out(person, clock):
    owner = visitor(person)
    owner.sign_in()
    owner.client.post("/sign-out/")
    for stranger in range(1000):
        clock.shift(1)
        guess(person.username, address=f"198.51.{stranger // 250}.{stranger % 250}")
    assert visitor(person).password().status_code == 429
    clock.shift(60)
    assert owner.password()["Location"] == "/sign-in/code/"
    assert owner.code()["Location"] == "/"


@pytest.mark.django_db
def test_after_a_hundred_failures_a_known_device_or_a_day_is_needed(person, clock):
    (account, _address) = limits.counters(RequestFactory().get("/"), "password", person.username)
    for _failure in range(limits.CLOSED_AT):
        while wait := limits.begin([account]):
            clock.shift(wait)
    assert int(guess(person.username)["Retry-After"]) == limits.A_DAY
    clock.shift(limits.A_DAY)
    assert visitor(person).password().status_code == 302


@pytest.mark.django_db
def test_a_known_device_has_limits_of_its_own(person, clock):
    owner = visitor(person)
    owner.sign_in()
    owner.client.post("/sign-out/")
    assert statuses(person.username, 6, client=owner.client) == [200] * 5 + [429]
    assert visitor(person).password().status_code == 302


@pytest.mark.django_db
def test_a_password_alone_makes_no_device_known(newcomer):
    half = visitor(newcomer)
    half.password()
    half.client.get("/account/app/")
    assert "device" not in half.client.cookies
    half.enrol()
    assert "device" in half.client.cookies


@pytest.mark.django_db
def test_a_device_is_known_only_by_our_signature_and_to_its_account(person):
    whole = visitor(person)
    whole.sign_in()
    whole.client.get("/")
    morsel = whole.client.cookies["device"]
    assert (morsel["httponly"], morsel["samesite"]) == (True, "Lax")
    assert int(morsel["max-age"]) == devices.LIFETIME.total_seconds()
    assert person.username not in morsel.value
    request = RequestFactory().get("/")
    request.COOKIES["device"] = morsel.value
    assert devices.device_number(request, person.username.upper())
    assert devices.device_number(request, "somebody.else") is None
    request.COOKIES["device"] = morsel.value[:-1] + "x"
    assert devices.device_number(request, person.username) is None


@pytest.mark.django_db
def test_a_shared_device_is_known_to_those_who_used_it_last(office):
    client, people = Client(), [factories.user("field_officer", office) for _ in range(10)]
    for user in people:
        client.force_login(user)
        client.get("/styleguide/")
    request = RequestFactory().get("/")
    request.COOKIES["device"] = client.cookies["device"].value
    known = [bool(devices.device_number(request, user.username)) for user in people]
    assert known == [False] * 2 + [True] * devices.MOST


@pytest.mark.django_db
def test_codes_are_limited_apart_from_passwords(at_door, clock):
    at_door.password()
    assert [at_door.code("000000").status_code for _try in range(6)] == [400] * 5 + [429]
    assert at_door.code().status_code == 429
    assert at_door.password().status_code == 302
    clock.shift(60)
    assert at_door.code().status_code == 302


@pytest.mark.django_db
def test_no_name_is_kept_and_a_refusal_leaves_a_mark(clock):
    statuses("typed into the wrong field", 6)
    with connections["default"].cursor() as cursor:
        cursor.execute("select cache_key, value from core_cache")
        kept = str(cursor.fetchall())
    assert "typed" not in kept
    marks = AuditEvent.objects.order_by("id").values_list("action", flat=True)
    assert list(marks) == ["sign_in_failed"] * 5 + ["sign_in_limited"]
    assert "typed" not in str(list(AuditEvent.objects.values()))


@pytest.mark.usefixtures("aside")
@pytest.mark.django_db(transaction=True, databases=["default", "aside"])
class TestOnItsOwnConnection:
    """As in production: real transactions, and counts on the connection in autocommit."""

    def test_a_refused_request_counts_although_it_is_rolled_back(self, person):
        client = Client()
        client.force_login(person)
        client.get("/styleguide/")  # from here on, on a known device
        path, wrong = "/account/confirm/code/", {"code": "000000"}
        tries = [client.post(path, wrong).status_code for _try in range(8)]
        assert tries == [400] * 5 + [429] * 3  # each of them rolled its own transaction back
        assert statuses(person.username, 8) == [200] * 5 + [429] * 3

    @pytest.mark.parametrize("path", ["/account/confirm/code/", "/account/app/"])
    def test_codes_inside_are_limited_too(self, newcomer, path):
        if "confirm" in path:
            connect(newcomer)
        client = Client()
        client.force_login(newcomer)
        client.get(path)
        tries = [client.post(path, {"code": "000000"}).status_code for _try in range(6)]
        assert tries == [400] * 5 + [429]

    def test_a_wrong_second_factor_and_a_wrong_unlocking_are_traced(self, person):
        client = Client()
        client.force_login(person)
        client.post("/account/confirm/code/", {"code": "000000"})
        client.post("/account/lock/")
        client.post("/account/unlock/", {"code": "000000"})
        found = AuditEvent.objects.filter(detail__has_key="network").order_by("pk")
        assert {row.action for row in found} >= {"second_factor_failed", "unlock_failed"}
        assert {row.account_tried for row in found} == {person.pk}

    def test_many_at_once_are_no_way_round(self, person):
        def one(_number):
            try:
                return guess(person.username).status_code
            finally:
                connections.close_all()

        with ThreadPoolExecutor(8) as pool:
            answers = sorted(pool.map(one, range(16)))
        assert answers == [200] * 5 + [429] * 11

    def test_a_spent_code_stays_spent_when_its_request_is_rolled_back(self, person):
        with time_machine.travel(NOON, tick=False):
            first, second = visitor(person), visitor(person)
            first.sign_in()
            assert second.sign_in().status_code == 400
            with transaction.atomic():
                forms.spend(person, "111111")
                transaction.set_rollback(True)
            with pytest.raises(ValidationError):
                forms.spend(person, "111111")


def test_waits_never_grow_beyond_what_is_declared():
    open_one, closing = limits.Counter("a"), limits.Counter("b", closes=True)
    for failures in range(2000):
        assert open_one.wait(failures) <= timedelta(minutes=15).total_seconds()
        assert closing.wait(failures) <= limits.A_DAY


@pytest.mark.django_db
def test_a_long_password_is_no_more_work_than_it_must_be(person):
    assert visitor(person).password("x" * 5000).status_code == 200
    assert visitor(person).password(PASSWORD).status_code == 302
