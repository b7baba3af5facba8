from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"

    def ready(self) -> None:
        from backups import after_restore
        from core import real_names, wall
        from retention import (
            jobs,  # noqa: F401 - for web and workers
            needed,
            replay,
        )
        from retention import wall as ours

        after_restore.steps.append(replay.after_restore)
        real_names.conditions.append(needed.lack)

        wall.makers["retention/declared.py"] = ours.erasing
        wall.makers["retention/erasing.sql"] = ours.file
        wall.makers["retention/old.sql"] = ours.old
