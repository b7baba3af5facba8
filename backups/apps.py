from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "backups"

    def ready(self) -> None:
        from backups import alarms, jobs  # noqa: F401
        from core import health

        health.details.append(alarms.readiness)
