"""SQL in the application's session opens no account: the database asks for a second person, or
for the word of the application's code."""

from __future__ import annotations

import json
import uuid

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts import invitations, keys, links
from accounts.models import AccountChange, ApiKey, Membership, User
from accounts.organisation import Organisation
from accounts.services.changes import ask_role, ask_second_factor_reset, confirm_change
from accounts.services.leaving import disable_person, end_role
from core.context import acting_as
from core.keys import vouching
from tests import factories
from tests.accounts.phone import connect, recovery_codes
from tests.meta.tables import execute, query

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def admin(office):
    return factories.user("system_admin", office)


@pytest.fixture
def second(office):
    return factories.user("safeguarding_lead", office)


@pytest.fixture
def key(field_officer):
    return factories.api_key(field_officer)


def said(statement, *values):
    """Run one statement and let it be forgotten: what the database makes of it, or nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        transaction.set_rollback(True)


def refused(statement, *values, as_person=None, words=None):
    """The application's role is refused this, in the session of that person."""
    with (
        acting_as(as_person and as_person.pk),
        pytest.raises(DatabaseError, match=words) as refusal,
    ):
        said(statement, *values)
    assert refusal.value.__cause__.pgcode == "42501"  # insufficient privilege


GIVE = (
    "insert into accounts_membership (id, version, created_at, updated_at, user_id, office_id,"
    " role, started_at) values (gen_random_uuid(), 1, now(), now(), %s, %s, 'case_manager', now())"
)
ASK = (
    "insert into accounts_accountchange (id, version, created_at, updated_at, user_id, kind,"
    " office_id, role, reason, asked_by_id, asked_at, decided_by_id, decided_at, outcome) values"
    " (gen_random_uuid(), 1, now(), now(), %s, 'give', %s, 'case_manager', 'x', %s, now(), %s,"
    " %s, %s)"
)
NEW_KEY = (
    "insert into accounts_apikey (id, version, created_at, updated_at, user_id, prefix, digest,"
    " networks, expires_at) values (gen_random_uuid(), 1, now(), now(), %s, 'aaaaaaaa', %s, '{}',"
    " now() + interval '1 day')"
)


def test_no_role_is_written(field_officer, office):
    refused(GIVE, field_officer.pk, office.pk, as_person=field_officer)
    held = Membership.objects.get(user=field_officer)
    for change in ("role = 'case_manager'", "ended_at = null", "office_id = office_id"):
        refused(f"update accounts_membership set {change} where id = %s", held.pk)
    refused("delete from accounts_membership where id = %s", held.pk)


def test_an_office_is_not_made_the_whole(office):
    refused("update accounts_office set is_global = true where id = %s", office.pk)


def test_nobody_pretends_that_two_persons_decided(admin, second, field_officer, office):
    """In one row, or by saying that one is somebody else."""
    decided = (second.pk, timezone.now(), "confirmed")
    refused(ASK, field_officer.pk, office.pk, admin.pk, *decided, as_person=admin)
    change = factories.account_change(field_officer, asked_by=admin)
    decide = (
        "select open_context(%s); select set_config('app.user_id', %s, true);"
        " update accounts_accountchange set outcome = 'confirmed', decided_by_id = %s,"
        " decided_at = now() where id = %s"
    )
    them = str(second.pk)
    refused(decide, them, them, them, change.pk, as_person=admin)
    refused(decide, them, them, them, change.pk, as_person=field_officer)
    refused(decide, str(admin.pk), str(admin.pk), admin.pk, change.pk, as_person=second)


@pytest.mark.parametrize("column", ["user_id", "role", "asked_by_id", "office_id", "kind"])
def test_what_was_asked_stays_what_was_asked(admin, second, column):
    change = factories.account_change(asked_by=admin)
    refused(
        f"update accounts_accountchange set {column} = {column} where id = %s",
        change.pk,
        as_person=second,
    )


def test_whoever_holds_no_such_role_asks_and_decides_nothing(field_officer, admin, office):
    waits = (None, None, "")
    refused(ASK, admin.pk, office.pk, field_officer.pk, *waits, as_person=field_officer)
    change = factories.account_change(asked_by=admin)
    refused(
        "update accounts_accountchange set outcome = 'confirmed', decided_by_id = %s,"
        " decided_at = now() where id = %s",
        field_officer.pk,
        change.pk,
        as_person=field_officer,
    )


def test_two_persons_give_a_role_and_one_takes_it(admin, second, field_officer, office):
    """All as the application's role, as the pages do it."""
    with acting_as(admin.pk):
        change = ask_role(
            field_officer, office=office, role="case_manager", reason="x", actor=admin
        )
    with acting_as(second.pk):
        confirm_change(change, actor=second)
    given = Membership.objects.in_force().get(user=field_officer, role="case_manager")
    with acting_as(admin.pk):
        end_role(given, reason="x", actor=admin)
    assert [role for _office, role in User.objects.get(pk=field_officer.pk).roles] == [
        "field_officer"
    ]


TAKE = ASK.replace("'give'", "'take'").replace("'case_manager'", "%s")


def test_a_program_takes_roles_only_by_a_key_for_that(admin, field_officer, office):
    """And never those of the last two administrators."""
    program = factories.service_account("api_client", office, run_by="outside").user
    keys.make(program, scopes=["read_cases"])
    ended = (program.pk, program.pk, timezone.now(), "confirmed")
    take = (TAKE, field_officer.pk, office.pk, "field_officer", *ended)
    refused(*take, as_person=program, words="only an administrator")
    key, _text = keys.make(program, scopes=["off_board"], provider="https://id.test")
    with acting_as(program.pk):
        said(*take)
    factories.user("system_admin", office)
    last = (TAKE, admin.pk, office.pk, "system_admin", *ended)
    refused(*last, as_person=program, words="two administrators stay")
    factories.user("system_admin", office)
    with acting_as(program.pk):
        said(*last)
    ApiKey.objects.filter(pk=key.pk).update(revoked_at=timezone.now())
    refused(*take, as_person=program, words="only an administrator")


def test_an_administrator_of_several_roles_closes_their_own_account(admin, office):
    factories.user("system_admin", office)
    factories.membership(admin, "auditor", office)
    factories.account_change(asked_by=admin)
    with acting_as(admin.pk):
        disable_person(admin, reason="x", actor=admin)
    assert not Membership.objects.in_force().filter(user=admin).exists()
    assert AccountChange.objects.waiting().count() == 0


def test_no_password_is_written(admin, field_officer):
    """Neither another's, nor one's own: the code alone has looked at the old one."""
    for one in (admin, field_officer):
        for change in ("password = 'x'", "is_active = not is_active", "email = 'x@example.org'"):
            refused(
                f"update accounts_user set {change} where id = %s", one.pk, as_person=field_officer
            )
    refused(
        "insert into accounts_user (id, version, created_at, updated_at, username, name, email,"
        " password, is_active) values (gen_random_uuid(), 1, now(), now(), 'x', 'x', '', 'x', true)"
    )


def test_a_word_for_one_password_is_none_for_another(admin, field_officer):
    change = "update accounts_user set password = %s where id = %s"
    with acting_as(None), vouching.vouched("account", field_officer.pk, "one", "true"):
        said(change, "one", field_officer.pk)
        for password, person in (("two", field_officer), ("one", admin)):
            with pytest.raises(DatabaseError, match="nobody vouched"):
                said(change, password, person.pk)


def test_the_key_of_the_word_is_read_by_nobody(admin):
    for role in ("casework_app", "casework_worker", "casework_report"):
        with pytest.raises(DatabaseError, match="permission denied"):
            said(f"set local role {role}; select * from core_vouchingkey")
    assert query("select vouched('x', 'x')") == [(False,)]
    assert query("select vouched('x', %s)", vouching.mark("x")) == [(True,)]


def test_a_word_for_a_person_is_soon_over(admin):
    now = "select vouched_person()"
    for ago, who in ((0, admin.pk), (901, None)):
        said_at = int(query("select extract(epoch from now())::bigint")[0][0]) - ago
        word = f"{admin.pk}|{said_at}|{vouching.mark('acts', admin.pk, said_at)}"
        query("select set_config('app.vouched_person', %s, true)", word)
        assert query(now) == [(who,)]
    for wrong in ("", f"{admin.pk}", f"{admin.pk}|1", f"{admin.pk}|1|x", "x|y|z"):
        query("select set_config('app.vouched_person', %s, true)", wrong)
        assert query(now) == [(None,)]


def test_no_key_is_made_or_given_back(admin, field_officer, key):
    refused(NEW_KEY, admin.pk, b"x", as_person=field_officer)
    for change in ("digest = 'x'", "user_id = user_id", "scopes = null", "networks = '{}'"):
        refused(f"update accounts_apikey set {change} where id = %s", key.pk)
    keys.revoke_all(field_officer)
    for change in (
        "revoked_at = null",
        "revoked_at = now() + interval '1 day'",
        "expires_at = expires_at + interval '1 day'",
    ):
        refused(f"update accounts_apikey set {change} where id = %s", key.pk, words="keeps it")


def test_a_link_is_not_made(field_officer):
    invitation = factories.invitation()
    set_digest = "update accounts_invitation set digest = 'x', expires_at = now() where id = %s"
    refused(set_digest, invitation.pk)
    with acting_as(None):
        assert invitations.open_link(invitation, invitations.new_token())
    refused(
        "update accounts_invitation set expires_at = expires_at + interval '9 days' where id = %s",
        invitation.pk,
    )
    refused(
        "update accounts_invitation set user_id = %s where id = %s", field_officer.pk, invitation.pk
    )
    execute(f"update accounts_invitation set withdrawn_at = now() where id = '{invitation.pk}'")
    refused(
        "update accounts_invitation set withdrawn_at = null where id = %s",
        invitation.pk,
        words="stays over",
    )


def test_no_address_is_added_to_which_a_password_could_be_mailed(field_officer):
    refused(
        'insert into account_emailaddress (user_id, email, verified, "primary")'
        " values (%s, 'x@example.org', true, true)",
        field_officer.pk,
        as_person=field_officer,
    )


def test_no_link_to_the_provider_is_made_or_moved(admin, field_officer, settings):
    link = factories.link(admin)
    add = (
        "insert into socialaccount_socialaccount (user_id, provider, uid, last_login, date_joined,"
        " extra_data) values (%s, 'https://id.test', 'mine', now(), now(), '{}')"
    )
    for person in (None, field_officer, admin):
        refused(add, admin.pk, as_person=person)
        for change in ("uid = 'mine'", "provider = 'https://other.test'"):
            refused(
                f"update socialaccount_socialaccount set {change} where id = %s",
                link.pk,
                as_person=person,
            )
    settings.ORGANISATION = Organisation(
        issuer="https://id.test", client_id="x", secret="x", name="x"
    )
    with acting_as(field_officer.pk):
        assert links.link(field_officer, "theirs")
        assert not links.link(field_officer, link.uid)
    refused(
        "insert into socialaccount_socialapp (provider, provider_id, name, client_id, secret, key,"
        " settings) values ('openid_connect', 'https://id.test', '', '', '', '', '{}')"
    )


ADD = (
    "insert into mfa_authenticator (user_id, type, data, created_at)"
    " values (%s, 'webauthn', '{}', now())"
)


def test_a_factor_is_its_persons_own(admin, field_officer):
    connect(admin)
    (factor,) = Authenticator.objects.filter(user=admin, type="totp")
    for statement, *values in (
        (ADD, admin.pk),
        ("delete from mfa_authenticator where id = %s", factor.pk),
        ("update mfa_authenticator set data = '{}' where id = %s", factor.pk),
        ("update mfa_authenticator set user_id = %s where id = %s", field_officer.pk, factor.pk),
        ("update mfa_authenticator set type = 'webauthn' where id = %s", factor.pk),
    ):
        refused(statement, *values, as_person=field_officer)
        refused(statement, *values)
    with acting_as(admin.pk):
        said(ADD, admin.pk)
        said("delete from mfa_authenticator where id = %s", factor.pk)


def test_before_anyone_acts_a_recovery_code_is_used_up_and_stays_used(field_officer):
    connect(field_officer)
    code = recovery_codes(field_officer)[0]
    row = Authenticator.objects.get(user=field_officer, type="recovery_codes")
    with acting_as(None):
        assert RecoveryCodes(row).validate_code(code)
    assert code not in recovery_codes(field_officer)
    for data in ({"used_mask": 0}, {"seed": "x"}):
        refused(
            "update mfa_authenticator set data = data || %s where id = %s",
            json.dumps(data),
            row.pk,
        )


def test_two_persons_reset_a_factor(admin, second, field_officer):
    connect(field_officer)
    with acting_as(admin.pk):
        change = ask_second_factor_reset(field_officer, reason="x", actor=admin)
    assert Authenticator.objects.filter(user=field_officer).exists()
    with acting_as(second.pk):
        confirm_change(change, actor=second)
    assert not Authenticator.objects.filter(user=field_officer).exists()


def test_the_first_administrators_are_made_once(admin, office):
    call = "select begin_administration(%s::uuid[], %s)"
    refused(call, [uuid.uuid4()], office.pk, words="there are administrators")


def test_the_first_administrators_are_made_by_the_application(db):
    call_command(
        "first_administrators",
        admin=[["a.first", "A", "a@example.org"], ["b.second", "B", "b@example.org"]],
    )
    assert Membership.objects.in_force().filter(role="system_admin").count() == 2
