"""What is done with webhooks, exports, workbooks and files of HTCDS."""

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
    "htcds.exported": gettext_lazy("Took it in an HTCDS file, without names"),
    "htcds.imported": gettext_lazy("Took in a file of HTCDS"),
    "htcds.preview": gettext_lazy("Looked at an HTCDS file with it"),
    "case.moved_in": gettext_lazy("Took it in with a workbook"),
    "workbook.confirmed": gettext_lazy("Confirmed that a workbook is taken in"),
    "workbook.ended": gettext_lazy("Ended the import of a workbook"),
    "workbook.imported": gettext_lazy("Took in the workbook of an organisation"),
    "workbook.preview": gettext_lazy("Had the workbook of an organisation checked"),
    "workbook.sent": gettext_lazy("Sent the workbook of an organisation"),
    "webhook.made": gettext_lazy("Made a webhook"),
    "webhook.paused": gettext_lazy("Paused a webhook"),
    "webhook.read": gettext_lazy("Read the page of a webhook"),
    "webhook.redelivered": gettext_lazy("Had something delivered once more"),
    "webhook.resumed": gettext_lazy("Resumed a webhook"),
    "webhook.secret_renewed": gettext_lazy("Replaced the secret of a webhook"),
    "webhook.told": gettext_lazy("Was told by a webhook that it changed"),
    "webhook_host.allowed": gettext_lazy("Allowed a host for webhooks, as the second person"),
    "webhook_host.asked": gettext_lazy("Asked for a host for webhooks"),
    "webhook_host.ended": gettext_lazy("Ended a host for webhooks"),
    "webhooks.listed": gettext_lazy("Read the list of webhooks"),
}
RECORDS = {
    "exchange.Export": gettext_lazy("Export"),
    "exchange.Delivery": gettext_lazy("Delivery of a webhook"),
    "exchange.Imported": gettext_lazy("Key of a person in a file that was taken in"),
    "exchange.WebhookHost": gettext_lazy("Host for webhooks"),
    "exchange.Webhook": gettext_lazy("Webhook"),
}
