from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "backups"

    def ready(self) -> None:
        from backups import alarms, jobs  # noqa: F401
        from core import health, real_names

        health.details.append(alarms.readiness)
        real_names.conditions += [alarms.no_backup, alarms.no_drill]
