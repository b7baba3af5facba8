"""What a web process would do, apart from the tests: `python -m tests.jobs.ask VERB`.

Prints what it made, and how often the publisher slept for a broker that was away.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import Any
from unittest import mock

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - needs the line above
from django.db.models.functions import Now  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts import keys  # noqa: E402
from accounts.models import Membership, ServiceAccount  # noqa: E402
from core import jobs  # noqa: E402
from core.context import acting_as, confirmed_at  # noqa: E402
from exchange import signing  # noqa: E402
from exchange.models import Export, Webhook, WorkbookImport  # noqa: E402
from exchange.services.exports import ask_export  # noqa: E402
from exchange.services.giving import take_export  # noqa: E402
from exchange.services.workbooks import confirm_workbook, send_workbook  # noqa: E402
from reports.base import REPORTS  # noqa: E402
from reports.params import parse  # noqa: E402
from reports.services import request_report  # noqa: E402
from tests.jobs import kinds  # noqa: E402, F401 - declares the kind
from tests.jobs.long_work import ask_for_all, hold  # noqa: E402


def ask_job(parameters: dict[str, str]) -> dict[str, str]:
    return {"job": str(jobs.request("test-effect", **parameters).pk)}


def ask_jobs(body: dict[str, int]) -> dict[str, list[str]]:
    asked = [{"slow": 0.05}] * body["many"]
    return {"jobs": [str(row.pk) for row in jobs.request_each("test-effect", asked, actor=None)]}


def make_key(_body: dict[str, object]) -> dict[str, str]:
    _row, key = keys.make(get_user_model().objects.get(username="field"))
    return {"key": key}


def send_report(body: dict[str, object]) -> dict[str, object]:
    """Post a rescue report as a partner's program does."""
    key = make_key({})["key"]
    answer = Client(SERVER_NAME="localhost").post(
        "/api/v1/rescue-reports/",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    return {"status": answer.status_code}


def ask_figures(params: dict[str, str]) -> dict[str, str]:
    """Ask for the conviction rate, as the page does."""
    user = get_user_model().objects.get(username="field")
    report = REPORTS["conviction-rate"]
    with acting_as(user.pk):
        run = request_report(report, params=parse(params), actor=user)
    return {"job": str(run.pk)}


def subscribe_program(body: dict[str, str]) -> dict[str, str]:
    """A program of the office is told of cases at this address, and nobody else any more."""
    office = Membership.objects.first().office
    users = get_user_model().objects
    program, _new = users.get_or_create(username="program", name="Invented Program")
    hold(program, office, "data_officer")
    owner = users.get(username="field")
    account, _new = ServiceAccount.objects.get_or_create(
        user=program, purpose="Invented", owner=owner, run_by="outside"
    )
    Webhook.objects.update(paused_at=Now(), paused_for="by_hand")
    row = Webhook.objects.create(
        account=account, url=body["url"], nouns=["cases"], secret=signing.new_secret()
    )
    return {"webhook": str(row.pk), "secret": row.secret}


def _manager() -> Any:
    """A case manager of the office, with a second factor."""
    office = Membership.objects.first().office
    user, _new = get_user_model().objects.get_or_create(username="manager", name="Invented")
    hold(user, office, "case_manager")
    confirmed_at.set(timezone.now())
    return user


def ask_for_export(body: dict[str, object]) -> dict[str, object]:
    """Ask for the list of cases, as the page does."""
    user = _manager()
    with acting_as(user.pk):
        made = ask_export(what="cases", reason="figures", format="jsonl", actor=user)
    return {
        "export": str(made.row.pk),
        "job": str(made.row.job_id),
        "passphrase": made.passphrase,
        "parameters": made.row.job.parameters,
    }


def take_file(body: dict[str, str]) -> dict[str, str]:
    """Take the file of an export."""
    user = _manager()
    with acting_as(user.pk):
        export = Export.objects.get(pk=body["export"])
        with take_export(export, actor=user).text as text:
            return {"content": base64.b64encode(text.read()).decode()}


def send_a_workbook(body: dict[str, str]) -> dict[str, str]:
    """Send one, as the page does."""
    user = _manager()
    with acting_as(user.pk):
        row = send_workbook(workbook=body["workbook"], actor=user)
    return {"sent": str(row.pk), "job": str(row.job_id)}


def confirm_the_workbook(body: dict[str, str]) -> dict[str, str]:
    """Confirm it, as the page does."""
    user = _manager()
    with acting_as(user.pk):
        row = WorkbookImport.objects.get(pk=body["sent"])
        row = confirm_workbook(row, version=row.version, actor=user)
    return {"job": str(row.job_id)}


VERBS = {
    "export": ask_for_export,
    "workbook": send_a_workbook,
    "confirm": confirm_the_workbook,
    "take": take_file,
    "job": ask_job,
    "key": make_key,
    "jobs": ask_jobs,
    "report": send_report,
    "figures": ask_figures,
    "long": ask_for_all,
    "subscribe": subscribe_program,
}

if __name__ == "__main__":
    verb, text = sys.argv[1:]
    with mock.patch("kombu.utils.functional.sleep") as sleep:
        made = VERBS[verb](json.loads(text))
    sys.stdout.write(json.dumps(made | {"waits": sleep.call_count}))
