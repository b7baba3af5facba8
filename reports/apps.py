from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from core import after_migrate, wall
        from reports import catalogue, changes, jobs, nightly, numbers  # noqa: F401
        from reports.schedules import jobs as monthly  # noqa: F401

        wall.makers["reports/changes.py"] = changes.triggers
        wall.makers["reports/numbers.py"] = numbers.triggers
        after_migrate.rows.append(numbers.number_rows)
