"""What a partner's program does with the generated Python client, without a cast."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from uuid import UUID

from casework_client import Refused, call, connect, pages, wait_for
from casework_client.generated.api.cases.cases_list import sync_detailed as list_cases
from casework_client.generated.api.documents.documents_create import sync_detailed as receive
from casework_client.generated.api.hearings.hearings_record import sync_detailed as record
from casework_client.generated.api.report_runs.report_runs_create import sync_detailed as ask
from casework_client.generated.api.report_runs.report_runs_get import sync_detailed as run
from casework_client.generated.api.rescue_reports.rescue_reports_create import (
    sync_detailed as log,
)
from casework_client.generated.models import (
    ReceiveDocumentInputRequest,
    RecordHearingInputRequest,
    ReportedPersonRequest,
    RescueReportInputRequest,
    RunInputRequest,
)
from casework_client.generated.types import File

client = connect()
case, hearing = UUID(os.environ["CASE"]), UUID(os.environ["HEARING"])

with Path(os.environ["FILE"]).open("rb") as paper:
    sent = ReceiveDocumentInputRequest(
        case=case,
        kind="court_order",
        received_on=dt.date(2026, 5, 4),
        file=File(paper, "order.pdf", "application/pdf"),
    )
    print("document", call(receive, client=client, body=sent).code)

print(
    "cases",
    *(row.reference for page in pages(list_cases, client=client, limit=1) for row in page.results),
)

report = RescueReportInputRequest(
    occurred_at=dt.datetime(2026, 5, 4, 0, 10, tzinfo=dt.UTC),
    jurisdiction="IN-WB-KOL",
    programme="csec",
    people=[ReportedPersonRequest(sex="female", age_band="unknown", client_id="a")],
)
logged = call(log, client=client, body=report, idempotency_key="foreign-1")
again = call(log, client=client, body=report, idempotency_key="foreign-1")
print(
    "rescue",
    logged.case.reference == again.case.reference,
    *(one.client_id for one in logged.people),
)

adjourned = RecordHearingInputRequest(
    result="adjourned",
    adjourned_for="judge_absent",
    next_on=dt.date(2027, 1, 4),
    next_purpose="evidence",
)
print("hearing", call(record, hearing, client=client, body=adjourned).result)
try:
    call(record, hearing, client=client, body=adjourned)
except Refused as refused:
    print("refused", refused.code)

asked = call(ask, client=client, body=RunInputRequest(report="conviction-rate"))
done = wait_for(run, asked.id, client=client)
print("report", done.state, done.result.report if done.result else "")
