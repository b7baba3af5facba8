from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "retention"

    def ready(self) -> None:
        from core import wall
        from retention import jobs  # noqa: F401 - for web and workers
        from retention import wall as ours

        wall.makers["retention/declared.py"] = ours.erasing
        wall.makers["retention/erasing.sql"] = ours.file
