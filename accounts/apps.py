from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import handlers  # noqa: F401
        from accounts.session_store import list_by_digest
        from accounts.sign_in import passkeys
        from accounts.sign_in.rekeying import FactorSecrets
        from core import real_names
        from core.rekeying import elsewhere

        if not any(isinstance(place, FactorSecrets) for place in elsewhere):
            elsewhere.append(FactorSecrets())
        list_by_digest()
        real_names.conditions.append(passkeys.lack)
