"""Settings, root addresses and the Celery application. Names apps, imports none of them."""

from casework.conf.celery import app as celery_app

app = celery_app  # `celery -A casework.conf`
__all__ = ["app", "celery_app"]
