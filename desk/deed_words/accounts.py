"""What is done with accounts, signing in and notices."""

from django.utils.translation import gettext_lazy

ACTIONS = {
    "change.asked": gettext_lazy("Asked for a change of an account"),
    "change.confirmed": gettext_lazy("Confirmed a change of an account"),
    "change.refused": gettext_lazy("Refused a change of an account"),
    "changes.listed": gettext_lazy("Read the changes of accounts that wait"),
    "invitation.accepted": gettext_lazy("Accepted an invitation"),
    "invitation.made": gettext_lazy("Invited someone"),
    "invitation.withdrawn": gettext_lazy("Withdrew an invitation"),
    "key.issued": gettext_lazy("Issued a key for a program"),
    "locked": gettext_lazy("Locked the screen"),
    "notice.all_seen": gettext_lazy("Marked all notices as seen"),
    "notice.seen": gettext_lazy("Marked a notice as seen"),
    "password_changed": gettext_lazy("Changed the password"),
    "people.listed": gettext_lazy("Read the list of accounts"),
    "person.disabled": gettext_lazy("Disabled an account"),
    "person.held": gettext_lazy("Looked at what rests on a person, in numbers"),
    "person.read": gettext_lazy("Read the page of an account"),
    "recovery_codes_renewed": gettext_lazy("Made new recovery codes"),
    "role.ended": gettext_lazy("Ended a role"),
    "second_factor_added": gettext_lazy("Added a second factor"),
    "second_factor_failed": gettext_lazy("Gave a wrong second factor"),
    "second_factor_removed": gettext_lazy("Removed a second factor"),
    "sessions_ended": gettext_lazy("Ended sessions"),
    "sign_in_failed": gettext_lazy("Tried to sign in, without success"),
    "sign_in_limited": gettext_lazy("Tried to sign in too often"),
    "signed_in": gettext_lazy("Signed in"),
    "signed_out": gettext_lazy("Signed out"),
    "stepped_up": gettext_lazy("Confirmed again who it is"),
    "unlock_failed": gettext_lazy("Failed to unlock the screen"),
}
RECORDS = {
    "accounts.AccountChange": gettext_lazy("Change of an account"),
    "accounts.ApiKey": gettext_lazy("Key of a program"),
    "accounts.Invitation": gettext_lazy("Invitation"),
    "accounts.Membership": gettext_lazy("Role"),
    "accounts.Notice": gettext_lazy("Notice"),
    "accounts.User": gettext_lazy("Account"),
}
