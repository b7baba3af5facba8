"""What is done with figures once they are computed: compared, released, made to come again."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "ctdc.exported": gettext_lazy("Took it in a CTDC file, in which nobody can be identified"),
    "outside.confirmed": gettext_lazy("Confirmed an outside address"),
    "outside.ended": gettext_lazy("Ended an outside address"),
    "outside.proposed": gettext_lazy("Proposed an outside address"),
    "outside.read": gettext_lazy("Looked at an outside address"),
    "release.approved": gettext_lazy("Let a table out, as the second person"),
    "release.previewed": gettext_lazy("Looked at a table proposed for release"),
    "release.proposed": gettext_lazy("Proposed to release a table"),
    "release.refused": gettext_lazy("Refused to release a table"),
    "release.sent": gettext_lazy("Sent a released table to an outside address"),
    "release.withdrawn": gettext_lazy("Withdrew a table proposed for release"),
    "report.compared": gettext_lazy("Looked at records added to figures or gone from them"),
    "schedule.changed": gettext_lazy("Changed a regular report"),
    "schedule.given": gettext_lazy("Had a regular report come to somebody"),
    "schedule.made": gettext_lazy("Asked for a regular report"),
    "schedule.outside": gettext_lazy("Changed to which outside addresses a regular report goes"),
    "schedule.ran": gettext_lazy("Received a regular report"),
    "schedule.stopped": gettext_lazy("Stopped a regular report"),
}
RECORDS = {
    "reports.OutsideAddress": gettext_lazy("Outside address"),
    "reports.Release": gettext_lazy("Released table"),
    "reports.ReleaseLetter": gettext_lazy("Letter with a released table"),
    "reports.ReleaseProposal": gettext_lazy("Table to be released"),
    "reports.Schedule": gettext_lazy("Regular report"),
}
