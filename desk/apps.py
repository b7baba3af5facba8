from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        from core import after_migrate, undo, wall
        from desk import deed_words, derived, morning, watching  # noqa: F401 - their jobs

        undo.words.append(deed_words.said)
        wall.makers["desk/derived.py"] = derived.wall
        after_migrate.rows.append(derived.keep)
