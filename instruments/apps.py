from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "instruments"

    def ready(self) -> None:
        from core import after_migrate
        from instruments.services import load_shipped

        after_migrate.rows.append(load_shipped)
