from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"

    def ready(self) -> None:
        from exchange import sending  # noqa: F401
        from exchange.exports import writing  # noqa: F401
        from exchange.workbooks import jobs  # noqa: F401
