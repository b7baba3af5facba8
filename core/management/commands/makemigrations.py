"""Django's own, for what changes tables alone (`core.database.migrating`)."""

from __future__ import annotations

from django.core.management.commands import makemigrations

from core.management.commands.migrate import Autodetector


class Command(makemigrations.Command):
    autodetector = Autodetector
