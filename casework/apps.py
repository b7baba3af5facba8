from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework.access import standing_of
        from casework.files import checking, scanning  # noqa: F401 - jobs, for web and workers
        from casework.forms.unlisted import tell_unlisted
        from core import real_names
        from core.hints import hints
        from core.scopes import standings

        if standing_of not in standings:
            standings.append(standing_of)
        if tell_unlisted not in hints:
            hints.append(tell_unlisted)
        real_names.conditions.append(scanning.lack)
        real_names.trials.append(scanning.fail)
