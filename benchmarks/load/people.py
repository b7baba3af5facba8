"""Who works with Casework at the same time, for Locust: what each role opens and writes, and how
long somebody looks at a page before the next.

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

WORLD: dict[str, Any] = json.loads(Path(os.environ["LOAD_WORLD"]).read_text())
REFUSED = "refused"  # begins the name of what was answered by 503 with when to try again
THINKS = (10, 30)  # seconds before the next page
ASKS = 30  # seconds between two questions of an open page
REPORT = {
    "occurred_at": "2026-11-20T05:52:00+05:30",
    "jurisdiction": "IN-WB-KOL",
    "programme": "csec",
    "narrative": "Invented: the door was opened without force.",
    "people": [{"sex": "female", "age_months": 120 + n} for n in range(4)],
    "arrests": [{"role": "owner", "name": "Invented Offender"}],
}
NOTE = {"happened_on": "2026-11-20", "kind": "phone_call", "text": "Invented: came on time."}
_turns = {role: itertools.cycle(people) for role, people in WORLD["people"].items()}


class Person(HttpUser):
    """Somebody in a session of their own; what a phone or a program sends goes with their key."""

    abstract = True
    wait_time = between(*THINKS)
    role = ""

    def on_start(self) -> None:
        self.me = next(_turns[self.role])
        self.client.cookies.update(self.me["cookies"])

    def page(self, path: str, name: str) -> None:
        """A page, and what the one before asked while it was open."""
        if random.random() < sum(THINKS) / 2 / ASKS:
            self._ask("GET", "/live/?ago=31", "what is new")
        self._ask("GET", path, name)

    def of(self, kind: str) -> str:
        return str(random.choice(self.me[kind]))

    def api(self, path: str, name: str) -> None:
        self._ask("GET", path, name, headers=self._key())

    def write(self, path: str, name: str, body: dict[str, Any]) -> None:
        headers = self._key() | {"Idempotency-Key": str(uuid.uuid4())}
        self._ask("POST", path, name, 201, json=body, headers=headers)

    def _key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.me['key']}"}

    def _ask(self, method: str, path: str, name: str, wanted: int = 200, **more: Any) -> None:
        again = ""
        with self.client.request(
            method, path, name=name, allow_redirects=False, catch_response=True, **more
        ) as answer:
            if answer.status_code == 503:
                again = answer.headers.get("Retry-After", "")
            if again:
                answer.request_meta["name"] = f"{REFUSED}: {name}"
            if again or answer.status_code == wanted:
                answer.success()
            else:
                answer.failure(f"answered {answer.status_code}")
        gevent.sleep(int(again or 0))


class FieldOfficer(Person):
    role, weight = "field_officer", 8

    @task(5)
    def today(self) -> None:
        self.page("/", "Today")

    @task(3)
    def case(self) -> None:
        self.page(f"/cases/{self.of('cases')}/", "a case")

    @task(2)
    def cases(self) -> None:
        self.page("/cases/", "list of cases")

    @task(1)
    def log_rescue(self) -> None:
        self.write("/api/v1/rescue-reports/", "log a rescue", REPORT)


class CaseManager(Person):
    role, weight = "case_manager", 7

    @task(3)
    def today(self) -> None:
        self.page("/", "Today")

    @task(2)
    def to_do(self) -> None:
        self.page("/to-do/", "To do")

    @task(5)
    def case(self) -> None:
        self.page(f"/cases/{self.of('cases')}/", "a case")

    @task(2)
    def survivors(self) -> None:
        self.page("/cases/survivors/", "list of survivors")

    @task(1)
    def note(self) -> None:
        self.write("/api/v1/notes/", "write a note", NOTE | {"case": self.of("own")})


class LegalOfficer(Person):
    role, weight = "legal_officer", 4

    @task(4)
    def docket(self) -> None:
        self.page("/docket/", "docket")

    @task(4)
    def court(self) -> None:
        self.page(f"/cases/{self.of('cases')}/court/", "a case, court")

    @task(2)
    def hearings(self) -> None:
        self.page("/cases/hearings/", "list of hearings")

    @task(2)
    def suspects(self) -> None:
        self.page("/cases/suspects/", "list of suspects")


class AftercareWorker(Person):
    role, weight = "aftercare_worker", 4

    @task(5)
    def survivor(self) -> None:
        self.page(f"/survivors/{self.of('survivors')}/", "a survivor")

    @task(3)
    def care(self) -> None:
        self.page(f"/cases/{self.of('cases')}/care/", "a case, care")

    @task(2)
    def referrals(self) -> None:
        self.page("/cases/referrals/", "list of referrals")

    @task(1)
    def note(self) -> None:
        self.write("/api/v1/notes/", "write a note", NOTE | {"case": self.of("own")})


class Manager(Person):
    role, weight = "programme_manager", 1

    @task(2)
    def dashboard(self) -> None:
        self.page("/dashboards/programme/", "dashboard")

    @task(1)
    def reports(self) -> None:
        self.page("/reports/", "page of reports")


class Program(Person):
    """What a partner's system asks again and again."""

    role, weight = "program", 1

    @task(3)
    def rows(self) -> None:
        self.api("/api/v1/cases/?limit=50", "API: 50 cases")

    @task(1)
    def hearings(self) -> None:
        self.api("/api/v1/hearings/?limit=50", "API: 50 hearings")


class Arriving(Person):
    """Who opens the page of signing in and gives a password, which costs most of all."""

    role, weight = "arriving", 1

    @task
    def sign_in(self) -> None:
        self._ask("GET", "/sign-in/", "sign in: the page")
        data = {"username": self.me["username"], "password": WORLD["password"]}
        data["csrfmiddlewaretoken"] = self.client.cookies.get("csrf", "")
        headers = {"Referer": f"{self.host}/sign-in/"}
        self._ask("POST", "/sign-in/", "sign in: the password", 302, data=data, headers=headers)
        self.client.cookies.clear()
