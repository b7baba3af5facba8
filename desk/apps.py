from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        from casework import due_soon
        from core import after_migrate, wall
        from core.verbs import undo
        from desk.schemes import services as schemes
        from desk.task_rules import loading
        from desk.to_do import derived, in_codes
        from desk.today import morning  # noqa: F401 - its jobs
        from desk.trail import deed_words, watching  # noqa: F401 - its job
        from prosecutions.law_contents import CONTENTS

        if in_codes.due_soon not in due_soon.asked:
            due_soon.asked.append(in_codes.due_soon)
        CONTENTS["scheme"] = schemes.CONTENT
        undo.words.append(deed_words.words_of)
        wall.makers["desk/to_do/derived.py"] = derived.wall
        after_migrate.rows += [derived.keep, loading.load]
