"""What is done where the apps meet: a rescue is logged, pages and reports are read."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "answer.repeated": gettext_lazy("Sent the same form again and got the same answer"),
    "audit.chain": gettext_lazy("Looked at the chain of the history"),
    "audit.read": gettext_lazy("Read the history"),
    "audit.unusual": gettext_lazy("Looked for unusual reading"),
    "case.closed_unready": gettext_lazy("Closed the case although not everything was settled"),
    "case.exported": gettext_lazy("Took it in a file of the list of cases"),
    "case.read": gettext_lazy("Read the page of the case"),
    "history.removed": gettext_lazy("Removed events from the history, as two persons"),
    "case.readiness": gettext_lazy("Looked at what is left before the case can be closed"),
    "case.summarised": gettext_lazy("Read the summary of the case, as it is printed"),
    "closing.ended": gettext_lazy("Recorded why the case goes on"),
    "closing.opened": gettext_lazy("Read the notes on the closing of a case"),
    "ledger.read": gettext_lazy("Read what a survivor is owed and has been paid"),
    "readers.read": gettext_lazy("Looked at who saw it"),
    "report.behind": gettext_lazy("Looked at the records behind a figure"),
    "report.cancelled": gettext_lazy("Stopped a report"),
    "report.requested": gettext_lazy("Asked for a report"),
    "rescue.form": gettext_lazy("Saw it offered in the form of a rescue"),
    "rescue.history": gettext_lazy("Read the history of a rescue, by a program"),
    "rescue.logged": gettext_lazy("Logged a rescue"),
    "rescue.read": gettext_lazy("Read the page of a rescue"),
    "setting_up.read": gettext_lazy("Read what is left of setting up"),
    "search.asked": gettext_lazy("Searched and found records"),
    "summary.given": gettext_lazy("Gave the summary of the case to somebody outside"),
    "survivor.list": gettext_lazy("Saw it in the list of survivors"),
    "survivor.read": gettext_lazy("Read the page of a survivor"),
    "task.read": gettext_lazy("Read the list of tasks"),
    "timeline.read": gettext_lazy("Read the timeline of a case"),
    "ways.read": gettext_lazy("Opened “Go to”, with recent cases"),
    "today.read": gettext_lazy("Read Today"),
}
RECORDS = {
    "core.AuditEvent": gettext_lazy("History"),
    "core.ChainLink": gettext_lazy("Chain of the history"),
    "core.Draft": gettext_lazy("Draft of a form"),
    "core.IdempotencyKey": gettext_lazy("Answer to a form"),
    "core.Job": gettext_lazy("Run of a report"),
    "reports.Snapshot": gettext_lazy("Figures"),
}
