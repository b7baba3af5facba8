"""What is done with webhooks and exports."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "export.allowed": gettext_lazy("Agreed to an export, as the second person"),
    "export.asked": gettext_lazy("Asked for an export"),
    "export.given": gettext_lazy("Got it in an export"),
    "export.listed": gettext_lazy("Read the list of exports"),
    "export.opened": gettext_lazy("Read the page of an export"),
    "export.refused": gettext_lazy("Refused an export"),
    "export.taken": gettext_lazy("Took the file of an export"),
    "export.withdrawn": gettext_lazy("Ended an export"),
    "export.written": gettext_lazy("Had the file of an export written"),
    "webhook.made": gettext_lazy("Made a webhook"),
    "webhook.paused": gettext_lazy("Paused a webhook"),
    "webhook.read": gettext_lazy("Read the page of a webhook"),
    "webhook.redelivered": gettext_lazy("Had something delivered once more"),
    "webhook.resumed": gettext_lazy("Resumed a webhook"),
    "webhook.told": gettext_lazy("Was told by a webhook that it changed"),
    "webhooks.listed": gettext_lazy("Read the list of webhooks"),
}
RECORDS = {
    "exchange.Export": gettext_lazy("Export"),
    "exchange.Delivery": gettext_lazy("Delivery of a webhook"),
    "exchange.Webhook": gettext_lazy("Webhook"),
}
