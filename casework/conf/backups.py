"""Where backups go, who can open them, how many are kept; what a drill needs."""

import tempfile

from casework.conf.env import Environment

_env = Environment()
BACKUP_DATABASE_URL = _env.backup_database
BACKUP_TO = _env.backup_to
BACKUP_RECIPIENTS = _env.backup_recipients
BACKUP_KEEP = _env.backup_keep
BACKUP_LOCK_DAYS = _env.backup_lock_days
BACKUP_ENDPOINT = _env.backup_endpoint
DRILL_IDENTITY = _env.drill_identity
DRILL_FOLDER = _env.drill_folder or tempfile.gettempdir()
