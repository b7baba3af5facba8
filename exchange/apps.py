from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"

    def ready(self) -> None:
        from core import wall
        from core.watch import gauges
        from exchange import outbox, sending, watching  # noqa: F401 - jobs
        from exchange.exports import writing  # noqa: F401
        from exchange.workbooks import jobs  # noqa: F401

        gauges.asked.append(watching.of_webhooks)
        wall.makers["exchange/outbox.py"] = outbox.triggers
