from django.apps import AppConfig


class AftercareConfig(AppConfig):
    name = "aftercare"

    def ready(self) -> None:
        from accounts.services.leaving import left
        from aftercare.occupancy import ONE_A_NIGHT, two_places
        from aftercare.schemes import load_schemes
        from aftercare.services import certificates
        from aftercare.services.staff import leave_providers
        from aftercare.services.withdrawals import take_back, tell_houses
        from core import after_migrate
        from victims.services.consents import taken_back, to_hear
        from victims.services.merges import impossible

        after_migrate.rows.append(load_schemes)
        if take_back not in taken_back:
            taken_back.append(take_back)
        if tell_houses not in to_hear:
            to_hear.append(tell_houses)
        if leave_providers not in left:
            left.append(leave_providers)
        impossible[ONE_A_NIGHT] = two_places
        impossible[certificates.ONE_A_PERSON] = certificates.two_certificates
        impossible[certificates.OWED_ONCE] = certificates.two_titles
