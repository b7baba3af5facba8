from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "questions"

    def ready(self) -> None:
        from core.api.own import additions
        from questions.schemas import add_to, asked_now

        if (asked_now, add_to) not in additions:
            additions.append((asked_now, add_to))
