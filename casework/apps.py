from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework.access import named_cases, team_cases
        from core.access import case_grants, named_case_sources

        if team_cases not in case_grants:
            case_grants.append(team_cases)
            named_case_sources.append(named_cases)
