from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework.access import standing_of
        from casework.files import checking, scanning  # noqa: F401 - jobs, for web and workers
        from core import real_names
        from core.scopes import standings

        if standing_of not in standings:
            standings.append(standing_of)
        real_names.conditions.append(scanning.lack)
        real_names.trials.append(scanning.fail)
