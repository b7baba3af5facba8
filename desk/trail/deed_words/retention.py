"""How long records are kept, what is held back, what is erased."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "bundle.made": gettext_lazy("Made the file of a survivor, to give to the survivor"),
    "erasure.asked": gettext_lazy("Proposed to erase a survivor from every case"),
    "erasure.begun": gettext_lazy("Erased the rows that two persons had confirmed"),
    "erasure.confirmed": gettext_lazy("Confirmed an erasure, as the second person"),
    "erasure.confirmed_once": gettext_lazy("Confirmed an erasure, as the first person"),
    "erasure.done": gettext_lazy("Destroyed the files and recorded the erasure"),
    "erasure.due": gettext_lazy("Looked at the list of cases whose time is over"),
    "erasure.kept": gettext_lazy("Decided to keep longer what was due for erasure"),
    "erasure.proposed": gettext_lazy("Put a case on the list of cases whose time is over"),
    "erasure.read": gettext_lazy("Looked at what is to be erased"),
    "erasure.stopped": gettext_lazy("Left out of an erasure: held, or open again"),
    "erasure.undone": gettext_lazy("Took back an erasure"),
    "legalhold.ask_lifting": gettext_lazy("Asked to lift a legal hold"),
    "legalhold.asked": gettext_lazy("Asked for a legal hold, which applies at once"),
    "legalhold.confirm": gettext_lazy("Confirmed a legal hold, as the second person"),
    "legalhold.keep": gettext_lazy("Kept a legal hold in force, as the second person"),
    "legalhold.lift": gettext_lazy("Lifted a legal hold, as the second person"),
    "legalhold.read": gettext_lazy("Looked at what keeps a case from being erased"),
    "legalhold.refuse": gettext_lazy("Refused a legal hold, as the second person"),
    "policy.decided": gettext_lazy("Decided, as the second person, how long cases are kept"),
    "policy.proposed": gettext_lazy("Proposed how long cases are kept"),
}
RECORDS = {
    "retention.Erasure": gettext_lazy("Case or survivor to be erased"),
    "retention.LegalHold": gettext_lazy("Legal hold"),
    "retention.Policy": gettext_lazy("How long cases are kept"),
}
