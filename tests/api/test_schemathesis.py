"""What Schemathesis makes of the OpenAPI document is answered as the document says (H5, W3).

Every route is sent what is known to be good, then bounds, types and absences that it tells and
one request at random, a few of them, taken in turns by people who may see little and one who may
do nearly everything: no fault of ours, no status, shape or kind of content that the document does
not name, and nothing about a case that is not open to the caller. `WHOLE=1` sends all there
are, as everybody.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from zlib import crc32

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from rest_framework.response import Response
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.drivers import CoverageGenerator
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.generation.overrides import Override

from accounts import keys
from accounts.models import ServiceAccount
from core.api.document import KEPT
from core.api.viewsets import ReadViewSet
from tests import factories
from tests.clients import needs_a_person, taken_back
from tests.meta.addresses import CODES, of_kind, read
from tests.meta.canaries import RECEIVED, leaked
from tests.meta.relations import PEOPLE, Person
from tests.meta.sweep import Sweep
from tests.whole import WHOLE, share

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

RENEWING = bool(os.environ.get("UPDATE_QUERY_COUNTS"))  # the bounds: of what is good, nothing more
MADE = None if WHOLE else 6  # of each way to be right or wrong, from which a few are sent
SENT = None if WHOLE else 4  # a route, of those; its persons take turns
AT_RANDOM = 10 if WHOLE else 1
GOOD = 4 if WHOLE else 1  # that are known to be good, before any is made
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES = ("case_manager", "data_officer", "system_admin", "safeguarding_lead", "provider_partner")
RELATIONS = ("own team", "own office", "other office", "sealed")
BOUNDS = Path(__file__).parents[1] / "query_bounds.json"
CHANCE = 4
PERSONS = {
    "nearly everybody": Person(tuple((role, "kolkata") for role in ROLES)),
    "legal officer": PEOPLE["legal_officer in the office"],
    "aftercare worker": PEOPLE["aftercare_worker in the office"],
    "a partner's program": PEOPLE["field_officer in the office"],
}
TOKEN = "a" * 32  # against requests from other sites; a cookie and a header that agree
NOBODY = "00000000-0000-0000-0000-000000000000"
JSON = "application/json"
SAYS = ["read_cases", "log_rescues"]


def closing(app):
    """What is answered is closed, as a server does and the client of Schemathesis does not."""

    def call(environ, start_response):
        answer = app(environ, start_response)
        try:
            return list(answer)
        finally:
            answer.close()

    return call


@cache
def operations():
    """Every operation of the document, by path and method; what is beside one is held against
    it by `test_sync.py` and `test_bulk.py`."""
    schema = schemathesis.openapi.from_dict(json.loads(KEPT.read_text(encoding="utf-8")))
    schema.app = closing(WSGIHandler())
    found = (result.ok() for result in schema.get_all_operations())
    return {
        (operation.path, operation.method.lower()): operation
        for operation in found
        if not operation.path.endswith(("/changes/", "/geojson/", "/bulk/"))
    }


def is_asked(operation):
    """Whether a landing sends what is good of it; the night sends all, and so does who renews the
    bounds."""
    return RENEWING or any(share([operation.label], "good", one_in=6))


def routes():
    """Every route with a method it declares, and the operation that the document tells of it."""
    for address in of_kind("api"):
        code, _why = CODES.get(address.name, ({"id": NOBODY}, ""))
        path = address.path(NOBODY)
        for name, key in code.items():
            path = path.replace(f"/{key}/", f"/{{{name}}}/")
        for method in sorted(address.declared):
            yield address, method, operations()[path, method]


@cache
def made(label):
    """What is made of one operation, the same in every run: right, wrong, and at random."""
    (operation,) = (found for found in operations().values() if found.label == label)
    chance, cases = Random(crc32(label.encode())), []
    for mode in GenerationMode:
        config = operation.schema.config.generation_for(operation=operation, phase="coverage")
        several = CoverageGenerator(
            operation=operation,
            generation_modes=[mode],
            generation_config=config,
            auth_storage=None,
            override=Override(),
            feedback=NO_FEEDBACK,
        )
        cases += islice(several, MADE)
    if SENT is not None:
        cases = chance.sample(cases, min(len(cases), SENT))
    return cases + at_random(operation)


def at_random(operation):
    found = []

    @hypothesis.settings(
        max_examples=AT_RANDOM,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(operation.as_strategy())
    def make(case):
        found.append(case)

    make()
    return found


class Partner(Sweep):
    """One person, and what is not right with the answers."""

    def __init__(self, world, name):
        super().__init__(world, PERSONS[name])
        self.is_program = name == "a partner's program"
        if self.is_program:
            ServiceAccount.objects.create(
                user=self.user, owner=factories.user(), purpose="Invented", run_by="outside"
            )
            self.caller.headers = {
                "Authorization": f"Bearer {keys.make(self.user, scopes=SAYS)[1]}"
            }
        self.turn = list(PERSONS).index(name)
        self.found = {}
        self.asked, self.queries = 0, {}  # of the database: by a call, at most by an operation

    def relations(self, address):
        return [one for one in super().relations(address) if one in (*RELATIONS, RECEIVED)]

    def is_mine(self, operation):
        """Whether this person sends what is made of it: by day of an eighteenth of all."""
        return any(share([operation.label], f"turn {self.turn}", one_in=24))

    def faults(self, *only):
        """What is wrong with any answer, or with those of these routes."""
        for address, method, operation in routes():
            if only and address.name not in only:
                continue
            mine = only or (self.is_mine(operation) and not RENEWING)
            if not (mine or (not self.turn and is_asked(operation))):
                continue
            calls = []
            for call in islice(self.of_method(address, method), GOOD):
                calls.append(call)
                body = {} if method == "get" else {"body": call.body or {}, "media_type": JSON}
                case = operation.Case(path_parameters=self.keys(operation, call), **body)
                self.asked = 0
                self.status = self.told(case, call, {"If-Match": '"1"'})
                if self.status < 300:
                    label = f"{method} {operation.path}"
                    self.queries[label] = max(self.asked, self.queries.get(label, 0))
            if mine and self.status != 403:
                self.send_made(operation, calls)
        return [f"{title}: {', '.join(where)}" for title, where in self.found.items()]

    def send_made(self, operation, calls):
        cases = made(operation.label)
        mine = cases if SENT is None else cases[self.turn :: len(PERSONS)]
        for number, case in enumerate(mine, self.turn):
            call = calls[number % len(calls)]
            self.told(self.mixed(case, call, number), call, {})

    def keys(self, operation, call):
        """The keys in the address of this call, by the names the document gives them."""
        names = zip(operation.path.split("/"), call.path.split("/"), strict=True)
        return {name.strip("{}"): key for name, key in names if name.startswith("{")}

    def mixed(self, case, call, number):
        """The same about a row there is, and every second time among values known to be good, so
        that it comes as far as the rules."""
        sent = case.derive()
        sent.headers.pop("Authorization", None)
        if number % 3:
            sent.path_parameters |= self.keys(case.operation, call)
            if "If-Match" in sent.headers:
                sent.headers["If-Match"] = '"1"'
        if number % 2 and isinstance(sent.body, dict) and call.body:
            chance = Random(number)
            good = {name: value for name, value in call.body.items() if chance.random() < 0.7}
            sent.body = sent.body | good
        return sent

    def told(self, case, call, headers):
        """The status of the answer; what is wrong with it is noted."""
        answer = self.answer(case, call, headers)
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            for failure in group.exceptions:
                self.note(f"{failure.title} {failure.message}", case)
        asked = f"{answer.request.url} {answer.request.body}"
        seen = self.world.register.seen_in(f"{read(answer.content)} {answer.headers}", asked)
        for canary in leaked(self.person, self.user, seen):
            self.note(f"shows {canary}", case)
        return answer.status_code

    def answer(self, case, call, headers):
        """What is answered; nothing of it stays."""
        self.count += 1
        self.caller.stay()
        session = self.caller.client.cookies["session"].value
        by_key = self.is_program or not needs_a_person(call.method, call.path)
        who = self.caller.headers if by_key else {"X-CSRFToken": TOKEN}
        plain = {"Accept-Encoding": "identity"}  # nobody here unpacks what is read for secrets
        cookies = {} if by_key else {"session": session, "csrf": TOKEN}
        case.cookies.clear()
        with taken_back(), connection.execute_wrapper(self.ask):
            return case.call(headers=who | headers | plain, cookies=cookies)

    def ask(self, execute, *rest):
        self.asked += 1
        return execute(*rest)

    def note(self, words, case):
        where = self.found.setdefault(f"{case.operation.label} {words[:400]}", [])
        if len(where) < 3:
            where.append(f"{case!r}"[:600])


@contextmanager
def held_open():
    """Rows that stand in a transaction: no request may close its connection."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def held():
    with held_open():
        yield


@pytest.mark.parametrize("name", PERSONS)
def test_every_answer_is_one_the_document_tells(world, name, fresh):
    partner = Partner(world, name)
    found = partner.faults()
    assert not found, "\n\n".join(found)
    assert partner.count >= len(operations()) / (32 if partner.turn else 5)
    if name == "nearly everybody":
        of_the_database(partner.queries)


def of_the_database(counted):
    """No operation asks more of it than is written down, but for a few that depend on the rows."""
    if RENEWING:
        BOUNDS.write_text(json.dumps(counted, indent=1, sort_keys=True) + "\n")
    bounds = json.loads(BOUNDS.read_text())
    more = {one: (n, bounds.get(one, 0)) for one, n in counted.items()}
    assert not {one: (n, most) for one, (n, most) in more.items() if n > most + CHANCE}
    assert len(bounds) > 0.9 * len(operations())  # of the rest a world like this brings about none


def test_a_status_nobody_told_and_a_row_of_another_office_are_found(world, monkeypatch, fresh):
    """Planted: an answer of a kind and a shape that the document does not know, about a secret."""
    secret = str(world.cases["other office"].pk)

    def retrieve(self, request, pk):
        return Response({"id": secret}, status=418 if "If-Match" in request.headers else 200)

    monkeypatch.setattr(ReadViewSet, "retrieve", retrieve)
    found = "\n".join(Partner(world, "legal officer").faults("case-detail"))
    assert "Undocumented status code" in found
    assert "violates schema" in found
    assert "shows casework_case.id@other office" in found
