from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework.access import team_cases
        from core.access import case_grants

        if team_cases not in case_grants:
            case_grants.append(team_cases)
