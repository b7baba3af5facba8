from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from reports import catalogue, jobs, nightly  # noqa: F401
        from reports.changes import note_changes
        from reports.numbers import number_rows
        from reports.schedules import jobs as monthly  # noqa: F401

        post_migrate.connect(note_changes, sender=self, dispatch_uid="reports.changes")
        post_migrate.connect(number_rows, sender=self, dispatch_uid="reports.numbers")
