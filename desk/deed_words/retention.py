"""How long is kept, what is held back, what is erased."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "bundle.made": gettext_lazy("Made the file of a survivor, to hand to the survivor"),
    "erasure.begun": gettext_lazy("Erased the rows of a case that two persons had confirmed"),
    "erasure.confirmed": gettext_lazy("Confirmed, as the second person, that a case be erased"),
    "erasure.confirmed_once": gettext_lazy("Confirmed, as the first person, that a case be erased"),
    "erasure.done": gettext_lazy("Destroyed the files of a case and wrote its erasure down"),
    "erasure.due": gettext_lazy("Looked at the list of what has had its time"),
    "erasure.kept": gettext_lazy("Decided to keep a case longer"),
    "erasure.proposed": gettext_lazy("Put a case on the list of what has had its time"),
    "erasure.read": gettext_lazy("Looked at a case that has had its time"),
    "erasure.stopped": gettext_lazy("Did not erase a case that is held or open again"),
    "erasure.undone": gettext_lazy("Took back that a case be erased"),
    "legalhold.ask_lifting": gettext_lazy("Asked to lift a legal hold"),
    "legalhold.asked": gettext_lazy("Asked for a legal hold, which holds at once"),
    "legalhold.confirm": gettext_lazy("Confirmed a legal hold, as the second person"),
    "legalhold.keep": gettext_lazy("Kept a legal hold in force, as the second person"),
    "legalhold.lift": gettext_lazy("Lifted a legal hold, as the second person"),
    "legalhold.read": gettext_lazy("Looked at what holds a case back from being erased"),
    "legalhold.refuse": gettext_lazy("Refused a legal hold, as the second person"),
    "policy.decided": gettext_lazy("Decided, as the second person, how long cases are kept"),
    "policy.proposed": gettext_lazy("Proposed how long cases are kept"),
}
RECORDS = {
    "retention.Erasure": gettext_lazy("Case that has had its time"),
    "retention.LegalHold": gettext_lazy("Legal hold"),
    "retention.Policy": gettext_lazy("How long cases are kept"),
}
