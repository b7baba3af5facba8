from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from core import (
            checks,  # noqa: F401 - Django's
            traces,
        )
        from core.after_migrate import complete
        from core.chain import anchors  # noqa: F401 - its job
        from core.database.migrating import make_fewer_models
        from core.sealing import seal

        make_fewer_models()
        traces.begin()
        post_migrate.connect(complete, sender=self, dispatch_uid="core.after_migrate.complete")
        post_migrate.connect(seal, sender=self, dispatch_uid="core.sealing.seal")
        autodiscover_modules("contradictions")
