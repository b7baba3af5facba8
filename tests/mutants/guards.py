"""Faults in what the database asks before an account opens (core/wall/accounts.sql)."""

from __future__ import annotations

from accounts import keys, session_store
from accounts.services.leaving import disable_person
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

GUARDS = "tests/accounts/test_guards.py::"
SESSIONS = "tests/accounts/test_sessions.py::"


@fault(f"{GUARDS}test_no_role_is_written")
def memberships_written_plainly():
    """The application may write roles."""
    return "grant insert, update on accounts_membership to casework_app"


@fault(f"{GUARDS}test_nobody_pretends_that_two_persons_decided")
def changes_unguarded():
    """Two persons are believed, not asked."""
    return "drop trigger accounts_change_guard on accounts_accountchange"


@fault(f"{GUARDS}test_nobody_pretends_that_two_persons_decided")
def a_setting_is_a_person():
    """Who acts is whoever the statement says."""
    return (
        "create or replace function vouched_person() returns uuid language sql stable as"
        " $$ select nullif(current_setting('app.user_id', true), '')::uuid $$"
    )


@fault(f"{GUARDS}test_no_password_is_written")
def passwords_unguarded():
    """A password is written by whoever runs SQL."""
    return "drop trigger accounts_user_guard on accounts_user"


@fault(f"{GUARDS}test_a_word_for_one_password_is_none_for_another")
def every_word_believed():
    """Any mark is taken for the application's."""
    return (
        "create or replace function vouched(said text, mark text) returns boolean language sql"
        " stable as $$ select mark is not null $$"
    )


@fault(f"{GUARDS}test_no_key_is_made_or_given_back")
def keys_unguarded():
    """A key is made, or given back, by whoever runs SQL."""
    return "drop trigger accounts_key_guard on accounts_apikey"


@fault(f"{GUARDS}test_a_link_is_not_made")
def links_unguarded():
    """A link is made by whoever runs SQL."""
    return "drop trigger accounts_invitation_guard on accounts_invitation"


@fault(f"{GUARDS}test_a_factor_is_its_persons_own")
def factors_unguarded():
    """Anybody's second factor is written by whoever runs SQL."""
    return "drop trigger accounts_factor_guard on mfa_authenticator"


@fault("tests/prosecutions/test_feed.py::test_sql_of_the_application_makes_no_address")
def feeds_unguarded():
    """An address of a calendar is made by whoever runs SQL."""
    return "drop trigger prosecutions_feed_guard on prosecutions_calendarfeed"


@fault("tests/meta/test_counting.py::test_only_the_worker_counts_without_a_reader")
def anyone_counts_all():
    """The application counts without a reader."""
    return "grant execute on function open_count_of_all() to casework_app"


@fault(f"{SESSIONS}test_a_stolen_row_opens_no_session")
def sessions_by_their_cookie():
    """What stands in the table opens the session."""
    replace(session_store, "digest_of", lambda cookie: cookie)


@fault(f"{SESSIONS}test_what_a_session_holds_is_worth_nothing_in_another")
def sessions_bound_to_nothing():
    """What a session holds is good in any row."""
    replace(session_store.SessionStore, "key_salt", "sessions")


@fault(
    "tests/accounts/test_administrators.py::test_no_deed_of_administration_is_done_without_a_second_factor"
)
def disabling_by_a_key():
    """A key of an administrator disables people."""
    replace(disable_person, "fresh", False)


@fault("tests/accounts/test_passwords.py::test_keys_end_with_a_password_that_was_reset")
def keys_outlive_the_password():
    """A reset password ends no key."""
    replace(keys, "revoke_all", lambda user: 0)
