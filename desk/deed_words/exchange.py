"""What is done with webhooks."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "webhook.made": gettext_lazy("Made a webhook"),
    "webhook.paused": gettext_lazy("Paused a webhook"),
    "webhook.read": gettext_lazy("Read the page of a webhook"),
    "webhook.redelivered": gettext_lazy("Had something delivered once more"),
    "webhook.resumed": gettext_lazy("Resumed a webhook"),
    "webhook.told": gettext_lazy("Was told by a webhook that it changed"),
    "webhooks.listed": gettext_lazy("Read the list of webhooks"),
}
RECORDS = {
    "exchange.Delivery": gettext_lazy("Delivery of a webhook"),
    "exchange.Webhook": gettext_lazy("Webhook"),
}
