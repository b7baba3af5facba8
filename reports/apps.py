from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from accounts import mail
        from core import after_migrate, wall
        from prosecutions.law_contents import FIGURES
        from reports import catalogue, changes, jobs, nightly, numbers  # noqa: F401
        from reports.base import REPORTS
        from reports.outside import letters, preparing  # noqa: F401
        from reports.schedules import jobs as monthly  # noqa: F401

        mail.OUTBOX.append(letters.letters_due)
        wall.makers["reports/changes.py"] = changes.triggers
        wall.makers["reports/numbers.py"] = numbers.triggers
        for slug, report in REPORTS.items():
            for kind in report.rests_on:
                FIGURES.setdefault(kind, {})[slug] = report.title
        after_migrate.rows.append(numbers.number_rows)
