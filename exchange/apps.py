from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"

    def ready(self) -> None:
        from core import wall
        from exchange import outbox, sending  # noqa: F401
        from exchange.exports import writing  # noqa: F401
        from exchange.workbooks import jobs  # noqa: F401

        wall.makers["exchange/outbox.py"] = outbox.triggers
