"""What has no sheet, and why: every table of ours is here or in `sheets.py`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

LEFT_OUT: dict[Any, tuple[str, ...]] = {
    _(
        "Who may see a case is decided where the case is, by the people responsible there: seal it,"
        " declare a conflict of interest and disclose it again."
    ): (
        *("casework.Seal", "casework.Conflict", "casework.Disclosure", "casework.BreakGlass"),
        *("prosecutions.Answer", "intake.Extract"),
    ),
    _("Only the people whom the plan of a rescue names know of it, so no file has it."): (
        "casework.RescuePlan",
    ),
    _(
        "A case comes in its present state. Earlier hand-overs between offices, and tasks that were"
        " put off, stay where they were decided."
    ): (*("casework.Transfer", "casework.Snooze"),),
    _(
        "A workbook cannot contain files: the line of a document has its SHA-256, by which the file"
        " is recognised. Add the files by hand. A finding that a file is material of child abuse"
        " stays with that file."
    ): ("casework.StoredFile", "casework.Recognition"),
    _(
        "Two records of one person come as one, under the record that was kept. Who decided this,"
        " and what was compared, stays behind."
    ): (
        *("victims.VictimMerge", "victims.Match", "victims.Confirmation"),
        *("prosecutions.Merge", "prosecutions.OffenderMatch"),
    ),
    _(
        "Former names, former texts of notes and records of reading stay in the history of the"
        " place where they were made."
    ): (*("victims.FormerIdentity", "casework.FormerNote", "core.AuditEvent"),),
    _("Administrators set up offices, accounts and their rights here first."): (
        *("accounts.Office", "accounts.User", "accounts.Membership", "accounts.Invitation"),
        *("accounts.AccountChange", "accounts.ServiceAccount", "accounts.ApiKey"),
        "accounts.LanguageReading",
        *("accounts.Notice", "aftercare.ProviderStaff", "prosecutions.CalendarFeed"),
        "intake.Phone",
    ),
    _(
        "Places, sections of law, schemes and questionnaires are the same for everybody and are"
        " already here."
    ): (
        *("places.Jurisdiction", "places.JurisdictionClosure", "places.Outline"),
        "places.Choice",
        *("prosecutions.Provision", "prosecutions.LawVersion"),
        *("instruments.Instrument", "aftercare.RehabilitationScheme", "aftercare.SchemeRate"),
    ),
    _("Figures are computed again from the records; what was published or sent stays as it was."): (
        *(
            "reports.AnonymousRow",
            "reports.Snapshot",
            "reports.KeptIds",
            "reports.ReleaseProposal",
            "reports.Release",
            "reports.Schedule",
            "reports.OutsideAddress",
            "reports.ReleaseLetter",
        ),
    ),
    _(
        "Custody that is only presumed after an arrest does not come with it: record the custody"
        " here."
    ): ("prosecutions.CustodyClock",),
    _(
        "An organisation’s own questions are set up here first; the answers name the set and its"
        " edition."
    ): ("questions.QuestionSet",),
    _("Retention, legal holds and erasures are decided where the case is: ask for a hold again."): (
        *("retention.Policy", "retention.LegalHold", "retention.Erasure", "retention.Tombstone"),
    ),
    _("Records that Casework keeps only for its own work."): (
        *("casework.DerivedTask", "casework.AskAgain", "casework.TaskRule"),
        *("core.Job", "core.Heartbeat", "core.KeptList", "core.KeptCopy", "core.IdempotencyKey"),
        *("core.Draft", "intake.Box", "intake.BoxPart"),
        *("accounts.SavedView", "casework.OpenedCase"),
        *("core.Installation", "core.ChainLink", "core.ChainedEvent", "core.ChainAnchor"),
        *("backups.Backup", "backups.Drill"),
        *("casework.ReferenceCounter", "reports.DataChange", "reports.RowNumber"),
        "exchange.Imported",
        *("exchange.Export", "exchange.ExportedCase", "exchange.Webhook", "exchange.Delivery"),
        "exchange.WebhookHost",
        *("exchange.Attempt", "exchange.WorkbookImport"),
    ),
}
