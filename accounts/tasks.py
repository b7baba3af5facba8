"""What Celery calls; the work and its rows are those of `accounts.mail`."""

from celery import shared_task

from accounts import mail


@shared_task(name="accounts.send_mail", expires=60)
def send_mail() -> None:
    mail.sweep()
