"""What is done with phones, and with what they delivered."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "box.files_left_out": gettext_lazy("Left out a file that a phone enclosed"),
    "box.opened": gettext_lazy("Read a waiting box from a phone"),
    "box.put_away": gettext_lazy("Put a box from a phone away"),
    "box.settled": gettext_lazy("Logged the content of a box from a phone"),
    "box.taken": gettext_lazy("Delivered a rescue by phone"),
    "box.waits": gettext_lazy("Delivered by phone what has to wait"),
    "collect.connected": gettext_lazy("Connected ODK Collect"),
    "collect.ended": gettext_lazy("Ended ODK Collect"),
    "extract.checked_out": gettext_lazy("Checked out to read offline for 72 hours"),
    "extract.ended": gettext_lazy("Ended reading offline"),
    "extract.read": gettext_lazy("Took an extract onto a phone"),
    "extract.shared": gettext_lazy("Gave a phone the share of the key of an extract"),
    "phone.ended": gettext_lazy("Ended a phone"),
    "phone.enrolled": gettext_lazy("Enrolled a phone"),
    "phones.listed": gettext_lazy("Read the list of phones"),
}
RECORDS = {
    "intake.Box": gettext_lazy("Box from a phone"),
    "intake.Extract": gettext_lazy("Extract to read offline"),
    "intake.Phone": gettext_lazy("Phone"),
}
