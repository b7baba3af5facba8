"""What a partner's program does with the Python client of openapi-generator, without a cast."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import casework_api as api

client = api.ApiClient(
    api.Configuration(host=os.environ["CASEWORK"], access_token=os.environ["CASEWORK_KEY"])
)
hearing = UUID(os.environ["HEARING"])
paper = ("order.pdf", Path(os.environ["FILE"]).read_bytes())
received = api.DocumentsApi(client).documents_create(
    case=UUID(os.environ["CASE"]),
    kind=api.DocumentKindEnum.COURT_ORDER,
    received_on=dt.date(2026, 5, 4),
    file=paper,
)
print("document", received.code)

cases, cursor = api.CasesApi(client), None
references: list[str] = []
while True:
    page = cases.cases_list(limit=1, cursor=cursor)
    references += [row.reference for row in page.results]
    if not page.next:
        break
    (cursor,) = parse_qs(urlsplit(page.next).query)["cursor"]
print("cases", *references)

report = api.RescueReportInputRequest(
    occurred_at=dt.datetime(2026, 5, 4, 0, 10, tzinfo=dt.UTC),
    jurisdiction="IN-WB-KOL",
    programme=api.ProgrammeEnum.CSEC,
    people=[
        api.ReportedPersonRequest(
            sex=api.SexEnum.FEMALE, age_band=api.AgeBandEnum.UNKNOWN, client_id="a"
        )
    ],
)
log = api.RescueReportsApi(client).rescue_reports_create
logged, again = (log(report, idempotency_key="foreign-3") for _time in range(2))
print(
    "rescue",
    logged.case.reference == again.case.reference,
    *(one.client_id for one in logged.people),
)

adjourned = api.RecordHearingInputRequest(
    result=api.RecordedResultEnum.ADJOURNED,
    adjourned_for=api.AdjournedForEnum.JUDGE_ABSENT,
    next_on=dt.date(2027, 1, 4),
    next_purpose=api.HearingPurposeEnum.EVIDENCE,
)
hearings = api.HearingsApi(client)
result = hearings.hearings_record(hearing, adjourned).result
print("hearing", result.value if result else "")
try:
    hearings.hearings_record(hearing, adjourned)
except api.ApiException as refusal:
    print("refused", json.loads(refusal.body or "{}")["code"])

runs = api.ReportRunsApi(client)
run = runs.report_runs_create(api.RunInputRequest(report=api.ReportEnum.CONVICTION_MINUS_RATE))
while run.state in ("queued", "running"):
    time.sleep(0.2)
    run = runs.report_runs_get(run.id)
print("report", run.state.value, run.result.report if run.result else "")
