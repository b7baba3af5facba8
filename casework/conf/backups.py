"""Where backups go, who can open them, how many are kept; what a drill needs."""

import tempfile

from casework.conf.env import Environment, read

BACKUP_DATABASE_URL = Environment().backup_database
BACKUP_TO: str = read.str("BACKUP_TO", "")
BACKUP_RECIPIENTS: str = read.str("BACKUP_RECIPIENTS", "")
BACKUP_KEEP: str = read.str("BACKUP_KEEP", "7,5,12")
BACKUP_LOCK_DAYS: int = read.int("BACKUP_LOCK_DAYS", 7)
BACKUP_ENDPOINT: str = read.str("BACKUP_ENDPOINT", "")
DRILL_IDENTITY: str = read.str("DRILL_IDENTITY", "")
DRILL_FOLDER: str = read.str("DRILL_FOLDER", "") or tempfile.gettempdir()
