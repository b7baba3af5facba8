from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from core import checks  # noqa: F401
        from core.grants import apply_grants
        from core.migrating import make_fewer_models
        from core.sealing import refuse, seal

        make_fewer_models()
        pre_migrate.connect(refuse, sender=self, dispatch_uid="core.sealing.refuse")
        post_migrate.connect(seal, sender=self, dispatch_uid="core.sealing.seal")
        autodiscover_modules("contradictions")
        post_migrate.connect(apply_grants, sender=self, dispatch_uid="core.grants")
