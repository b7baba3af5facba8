"""What Celery calls; the work and its rows are those of `exchange.sending`."""

from celery import shared_task

from exchange import sending


@shared_task(name="exchange.sweep_deliveries")
def sweep_deliveries() -> None:
    sending.sweep()
