"""What is done with webhooks and with files of HTCDS."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "htcds.exported": gettext_lazy("Took it away in a file of HTCDS, without names"),
    "htcds.imported": gettext_lazy("Took in a file of HTCDS"),
    "htcds.preview": gettext_lazy("Looked at a file of HTCDS in which it is"),
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
    "exchange.Imported": gettext_lazy("Key under which somebody came with a file"),
    "exchange.Webhook": gettext_lazy("Webhook"),
}
