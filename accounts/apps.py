from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import handlers  # noqa: F401
        from accounts.session_store import list_by_digest
        from accounts.sign_in.rekeying import FactorSecrets
        from core.rekeying import elsewhere

        if not any(isinstance(place, FactorSecrets) for place in elsewhere):
            elsewhere.append(FactorSecrets())
        list_by_digest()
