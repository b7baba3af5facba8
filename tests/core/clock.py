"""A Celery application with our clock, and nothing behind it."""

from celery import Celery

app = Celery("clock", broker="memory://")
app.conf.beat_scheduler = "casework.conf.clock.Clock"
