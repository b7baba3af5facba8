"""Who works with Casework at the same time, for Locust: how long somebody looks at a page before
the next, and what they do when they are refused.

`benchmarks/load/run.py` starts it, and says in the file `LOAD_WORLD` who there is. A page that is
open asks every 30 seconds what is new, as browsers do. Whoever is refused because too many are
there waits as long as they are told; that is counted apart, and is no error.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import uuid
from pathlib import Path
from typing import Any

import gevent
from locust import HttpUser, between, task

from benchmarks.load.pages import OPENS, WEIGHTS, WRITES, address, body

WORLD: dict[str, Any] = json.loads(Path(os.environ["LOAD_WORLD"]).read_text())
REFUSED = "refused"  # begins the name of what was answered by 503 with when to try again
THINKS = (10, 30)  # seconds before the next page
ARRIVES = (60, 180)  # before one of these signs in once more
ASKS = 30  # seconds between two questions of an open page
_turns = {role: itertools.cycle(people) for role, people in WORLD["people"].items()}


class Person(HttpUser):
    """Somebody in a session of their own; what a phone or a program sends goes with their key."""

    abstract = True
    wait_time = between(*THINKS)
    role = ""

    def on_start(self) -> None:
        self.me = next(_turns[self.role])
        self.client.cookies.update(self.me["cookies"])

    @task
    def work(self) -> None:
        """One of what the role does, as often as it does it."""
        opens, writes = OPENS[self.role], WRITES.get(self.role, {})
        does = opens | writes
        (name,) = random.choices([*does], [often for _path, often in does.values()])
        path = address(does[name][0], self.me)
        if name in writes:
            self.write(path, name)
        elif path.startswith("/api/"):
            self.ask("GET", path, name, headers=self.key())
        else:
            self.page(path, name)

    def page(self, path: str, name: str) -> None:
        """A page, and what the one before asked while it was open."""
        if random.random() < sum(THINKS) / 2 / ASKS:
            self.ask("GET", "/live/?ago=31", "what is new")
        self.ask("GET", path, name)

    def write(self, path: str, name: str) -> None:
        headers = self.key() | {"Idempotency-Key": str(uuid.uuid4())}
        self.ask("POST", path, name, 201, json=body(name, self.me), headers=headers)

    def key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.me['key']}"}

    def ask(self, method: str, path: str, name: str, wanted: int = 200, **more: Any) -> bool:
        """Whether it was answered as wanted."""
        again = ""
        with self.client.request(
            method, path, name=name, allow_redirects=False, catch_response=True, **more
        ) as answer:
            if answer.status_code == 503:
                again = answer.headers.get("Retry-After", "")
            answered = answer.status_code == wanted
            if again:
                answer.request_meta["name"] = f"{REFUSED}: {name}"
            if again or answered:
                answer.success()
            else:
                answer.failure(f"answered {answer.status_code}")
        gevent.sleep(int(again or 0))
        return answered


class FieldOfficer(Person):
    role, weight = "field_officer", WEIGHTS["field_officer"]


class CaseManager(Person):
    role, weight = "case_manager", WEIGHTS["case_manager"]


class LegalOfficer(Person):
    role, weight = "legal_officer", WEIGHTS["legal_officer"]


class AftercareWorker(Person):
    role, weight = "aftercare_worker", WEIGHTS["aftercare_worker"]


class Manager(Person):
    role, weight = "programme_manager", WEIGHTS["programme_manager"]


class Program(Person):
    """What a partner's system asks again and again."""

    role, weight = "program", WEIGHTS["program"]


class Arriving(Person):
    """Who opens the page of signing in and gives a password, which costs most of all."""

    role, weight = "arriving", WEIGHTS["arriving"]
    wait_time = between(*ARRIVES)

    @task
    def work(self) -> None:
        if not self.ask("GET", "/sign-in/", "sign in: the page"):
            return
        data = {"username": self.me["username"], "password": WORLD["password"]}
        data["csrfmiddlewaretoken"] = self.client.cookies.get("csrf", "")
        headers = {"Referer": f"{self.host}/sign-in/"}
        self.ask("POST", "/sign-in/", "sign in: the password", 302, data=data, headers=headers)
        self.client.cookies.clear()
