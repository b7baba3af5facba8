"""Every operation of the OpenAPI document has an example of what it takes and what it answers.

`UPDATE_EXAMPLES=1` records them anew, from calls that succeeded.
"""

from __future__ import annotations

import json
import os
import re
from itertools import count

import pytest
from django.db import transaction
from jsonschema import Draft202012Validator, FormatChecker

from core.api.document import JSON, RECORDED, examples, laid_out
from tests.api.test_schemathesis import PERSONS, RELATIONS, Partner, held_open, routes
from tests.meta import canaries
from tests.meta.calls import build_world

UPDATE = bool(os.environ.get("UPDATE_EXAMPLES"))
TRIES = 12
# What differs from run to run, and what stands there instead.
ONCE = (
    (r"[0-9a-f]{64}", "5f" * 32),
    (r"cw_[0-9a-f]{8}_[\w-]+", "cw_0a1b2c3d_an-invented-key-that-opens-nothing-at-all-00"),
    (r"(?:[a-z2-7]{4}-){5}[a-z2-7]{4}", "abcd-efgh-ijkl-mnop-qrst-uvwx"),
    (r"whsec_[\w+/=-]+", "whsec_YW4gaW52ZW50ZWQgc2VjcmV0"),
    (
        r"http://localhost/calendar/[\w-]+",
        "https://casework.example.org/calendar/an-invented-address",
    ),
    (r"ZQ-\d{5}", "S-1"),
    (r"\d{4}-\d\d-\d\dT[\d:]+\.\d+(Z|\+\d\d:\d\d)", "2026-11-24T11:00:00.123456+05:30"),
)
ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def test_every_operation_has_examples_that_are_what_the_document_says(document):
    wrong, checks = [], FormatChecker()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for place, content in parts(operation):
                if "example" not in content:
                    wrong.append(f"{method} {path} {place}: no example")
                    continue
                shape = content["schema"] | {"components": document["components"]}
                checked = Draft202012Validator(shape, format_checker=checks)
                wrong += [
                    f"{method} {path} {place}: {fault.message[:200]}"
                    for fault in checked.iter_errors(content["example"])
                ]
    assert not wrong, "\n".join(wrong)


def parts(operation):
    """What is sent and what is answered as JSON, refusals and lists of results aside."""
    content = operation.get("requestBody", {}).get("content", {})
    if JSON in content:
        yield "request", content[JSON]
    for code, answer in operation["responses"].items():
        if code in {"200", "201", "202"} and JSON in answer.get("content", {}):
            yield code, answer["content"][JSON]


class Recording(Partner):
    """What this person is answered, by operation."""

    def record(self, into):
        for address, method, operation in routes():
            name = operation.definition.raw["operationId"]
            for number, call in enumerate(self.of_method(address, method)):
                if (name in into and "response" in into[name]) or number >= TRIES:
                    break
                body = {} if method == "get" else {"body": call.body or {}, "media_type": JSON}
                case = operation.Case(path_parameters=self.keys(operation, call), **body)
                answer = self.answer(case, call, {"If-Match": '"1"'})
                self.status = answer.status_code
                if answer.status_code < 300:
                    into[name] = told(call, answer, operation.definition.raw)
        return into


def told(call, answer, operation):
    """The body and the answer, as far as the document calls them JSON, without what is chance."""
    one = {"status": str(answer.status_code)}
    if JSON in operation.get("requestBody", {}).get("content", {}):
        one["request"] = call.body or {}
    if JSON in operation["responses"].get(one["status"], {}).get("content", {}):
        one["response"] = short(answer.json())
    text, known, numbers = json.dumps(one), {}, count(1)
    for chance, instead in ONCE:
        text = re.sub(chance, instead, text)
    for key in ID.findall(text):
        known.setdefault(key, f"0192f0a0-0000-7000-8000-{next(numbers):012x}")
    return json.loads(ID.sub(lambda found: known[found[0]], text))


def short(answer):
    """A page with one row, a list of two, the first lines of a file."""
    if isinstance(answer, dict):
        if "results" in answer:
            answer |= {"next": None, "previous": None, "results": answer["results"][:1]}
        return {name: short(one) for name, one in answer.items()}
    if isinstance(answer, list):
        return [short(one) for one in answer[:2]]
    return "".join(answer.splitlines(True)[:2]) if isinstance(answer, str) else answer


@pytest.mark.django_db
@pytest.mark.skipif(not UPDATE, reason="UPDATE_EXAMPLES=1 records them anew")
def test_examples_are_recorded(django_db_blocker, monkeypatch, fresh):
    monkeypatch.setattr(canaries, "texts", lambda _model: [])
    with held_open(), transaction.atomic():
        world, found = build_world(RELATIONS), {}
        for name in PERSONS:
            Recording(world, name).record(found)
        transaction.set_rollback(True)
    # What no call here can bring about (a second person, a sealed case) stays as it was written.
    recorded = json.loads(json.dumps(examples() | found, sort_keys=True))
    RECORDED.write_text(laid_out(recorded) + "\n")
