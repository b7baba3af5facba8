from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        from core import undo
        from desk import deed_words, morning, watching  # noqa: F401 - their jobs

        undo.words.append(deed_words.said)
