from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "backups"

    def ready(self) -> None:
        from backups import alarms, jobs  # noqa: F401
        from core import health, real_names
        from core.watch import gauges

        health.details.append(alarms.readiness)
        gauges.asked.append(alarms.figures)
        real_names.conditions += [alarms.no_backup, alarms.no_drill]
