"""What people do with names, apart from the tests: `python -m tests.jobs.canaries plant|work MARK`.

Every text that names somebody begins with MARK; nothing that is printed or logged may hold it.
`plant` writes as the owner of the database, `work` goes through pages and API as the application.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from unittest import mock

import django

django.setup()

from django.apps import apps  # noqa: E402 - needs the line above
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from casework.models import ReferenceCounter  # noqa: E402
from core.context import acting_as  # noqa: E402
from core.fields import EncryptedTextField  # noqa: E402
from prosecutions.models import Perpetrator  # noqa: E402
from reports.base import REPORTS  # noqa: E402
from reports.params import parse  # noqa: E402
from reports.services import request_report  # noqa: E402
from tests import factories  # noqa: E402
from tests.clients import ApiClient, sign_in_fully  # noqa: E402

# Pages are shown without the files that `collectstatic` makes.
UNBUILT = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}


def plant(mark: str) -> dict[str, Any]:
    """A row of every table, with text in every encrypted column; one offender by name."""
    case = factories.case()
    # Factories number their cases themselves; those that are opened come after.
    ReferenceCounter.objects.create(office=case.office, year=2026, last=900)
    for make in factories.FACTORIES.values():
        try:
            make(case=case)
        except TypeError:  # not a row of a case
            make()
    columns = 0
    for model in apps.get_models():
        fields = [f for f in model._meta.local_fields if isinstance(f, EncryptedTextField)]
        for row in model._default_manager.all() if fields else ():
            for field in fields:
                setattr(row, field.attname, f"{mark} {field.name}")
            row.save()
        columns += len(fields)
    Perpetrator.objects.update(name=f"Offender {mark}")
    return {"columns": columns}


def work(mark: str) -> dict[str, Any]:
    """Log a rescue, write down who someone is, look, search, fail, ask for a report."""
    user = get_user_model().objects.get(username="field")
    client, page = ApiClient(user), Client(SERVER_NAME="localhost")
    client.client.defaults["SERVER_NAME"] = "localhost"
    sign_in_fully(page, user)
    report = client.post("rescue-reports/", _report(mark), Idempotency_Key=mark[:8])
    case = report.json()["case"]["id"]
    people = client.get(f"involvements/?case={case}").json()["results"]
    person = people[0]["id"]
    told = {"full_name": f"{mark} Name", "contacts": f"{mark} aunt", "documents": f"{mark} card"}
    recorded = client.post(f"involvements/{person}/identify/", told, Idempotency_Key="i")
    identity = recorded.json()["id"]
    site = {"case": case, "kind": "farm", "jurisdiction": "IN-WB-KOL", "exact_place": f"{mark} 4"}
    answers = [
        report,
        recorded,
        client.post("sites/", site, Idempotency_Key="s"),
        client.patch(f"identities/{identity}/", {"full_name": f"{mark} New"}, If_Match='"1"'),
        client.post(f"involvements/{person}/reveal/", {"reason": "court"}),
        client.post("victims/search/", {"name": mark}),
        client.post("victims/search/", {"name": mark, "office": mark}),
        client.post(f"involvements/{person}/identify/", told | {"born_on": mark}),
        page.post("/search/name/", {"name": mark}),
        page.post(f"/people/{person}/name/", {"reason": "court"}),
        page.post(f"/people/{person}/identify/", told | {"key": "p"}),
        page.get(f"/rescues/{report.json()['id']}/narrative/"),
        *_papers(client, page, case, mark),
    ]
    with mock.patch("victims.services.identities.Question", side_effect=RuntimeError(mark)):
        answers.append(client.post("victims/search/", {"name": mark}))
    with acting_as(user.pk):
        run = request_report(REPORTS["conviction-rate"], params=parse({}), actor=user)
    return {"statuses": [answer.status_code for answer in answers], "job": str(run.pk)}


def _papers(client: ApiClient, page: Client, case: str, mark: str) -> list[Any]:
    """A note; a document that is given out, and one that is held until it is scanned."""
    note = {"case": case, "kind": "visit", "happened_on": "2026-11-21", "text": f"{mark} told"}
    told = {"kind": "court_order", "received_on": "2026-11-21", "person": f"{mark} clerk"}
    several = [
        page.post(
            f"/cases/{case}/documents/new/",
            told | {"file": SimpleUploadedFile(f"{mark}.txt", content), "remark": f"{mark} copy"},
        )
        for content in (f"{mark} was told. ".encode() * 9000, f"<html>{mark}".encode())
    ]
    kept = client.get(f"document-versions/?case={case}")
    version = kept.json()["results"][-1]["id"]
    given = client.get(f"document-versions/{version}/file/")
    assert mark.encode() in b"".join(given)
    return [client.post("notes/", note, Idempotency_Key="n"), *several, kept, given]


def _report(mark: str) -> dict[str, Any]:
    return {
        "occurred_at": "2026-11-20T05:52:00+05:30",
        "jurisdiction": "IN-WB-KOL",
        "programme": "csec",
        "narrative": f"{mark} was told",
        "people": [{"sex": "female", "age_band": "13-17"}],
        "arrests": [{"role": "owner", "name": f"Second offender {mark}"}],
    }


if __name__ == "__main__":
    verb, mark = sys.argv[1:]
    with override_settings(STORAGES=UNBUILT):
        done = {"plant": plant, "work": work}[verb](mark)
    sys.stdout.write(json.dumps(done))
