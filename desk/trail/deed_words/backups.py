"""What is done about backups, mostly by the clock."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "backup.failed": gettext_lazy("Was to be made, and was not"),
    "backup.made": gettext_lazy("Made a backup"),
    "backups.listed": gettext_lazy("Read the list of backups"),
    "backups.real_names": gettext_lazy("Asked whether real names may be entered"),
    "drill.done": gettext_lazy("Restored a backup as a drill"),
    "drill.failed": gettext_lazy("Could not restore a backup"),
}
RECORDS = {
    "backups.Backup": gettext_lazy("Backup"),
    "backups.Drill": gettext_lazy("Drill"),
}
