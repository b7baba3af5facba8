from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        from core import after_migrate, wall
        from core.verbs import undo
        from desk.to_do import derived
        from desk.today import morning  # noqa: F401 - its jobs
        from desk.trail import deed_words, watching  # noqa: F401 - its job

        undo.words.append(deed_words.words_of)
        wall.makers["desk/to_do/derived.py"] = derived.wall
        after_migrate.rows.append(derived.keep)
