from django.apps import AppConfig


class AftercareConfig(AppConfig):
    name = "aftercare"

    def ready(self) -> None:
        from aftercare.occupancy import ONE_A_NIGHT, two_places
        from aftercare.services.withdrawals import take_back
        from victims.services.consents import taken_back
        from victims.services.merges import impossible

        if take_back not in taken_back:
            taken_back.append(take_back)
        impossible[ONE_A_NIGHT] = two_places
