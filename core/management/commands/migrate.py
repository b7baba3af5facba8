"""Django's own, which refuses a database that is not for this code before it reads its history."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from core.database.migrating import SchemaOnly
from core.sealing import refuse

# That of pgtrigger, which finds triggers, and ours.
Autodetector = type("Autodetector", (migrate.Command.autodetector, SchemaOnly), {})


class Command(migrate.Command):
    autodetector = Autodetector

    def handle(self, *args: object, **options: Any) -> None:
        refuse(options["database"])
        super().handle(*args, **options)
