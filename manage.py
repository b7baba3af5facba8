#!/usr/bin/env python
"""Run a command of Casework: `python manage.py help` lists them."""

import os
import sys

OWNER_COMMANDS = {
    "migrate",
    "load_demo",
    "generate_load",
    "test",
    "sqlmigrate",
    "pgtrigger",
    "reencrypt",
    "verify_history",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.conf.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("CASEWORK_AS_OWNER", "1")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
