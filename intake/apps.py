from django.apps import AppConfig

COLLECT = "/collect/"  # as in intake/urls.py


class IntakeConfig(AppConfig):
    name = "intake"

    def ready(self) -> None:
        from accounts.services.leaving import left
        from core.middleware import doors
        from core.offline import came_back, shells
        from core.rekeying import elsewhere
        from intake.models import Box
        from intake.phones import forgetting  # noqa: F401
        from intake.phones.rekeying import SealedBoxes
        from intake.phones.services.phones import leave_phones
        from intake.phones.shell import shell

        if not any(isinstance(place, SealedBoxes) for place in elsewhere):
            elsewhere.append(SealedBoxes())
        if shell not in shells:
            shells.append(shell)
        if Box.objects.waiting_for not in came_back:
            came_back.append(Box.objects.waiting_for)
        if COLLECT not in doors:
            doors.append(COLLECT)
        if leave_phones not in left:
            left.append(leave_phones)
