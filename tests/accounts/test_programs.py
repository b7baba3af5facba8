"""A program has an account nobody signs in to; a key says less than its account, and from where."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts import keys
from accounts.key_scopes import KeyScope, verbs_of
from accounts.models import ApiKey, Notice, ServiceAccount
from accounts.permissions import Perm
from accounts.services.changes import ask_role
from accounts.services.keys import issue_key, open_program, read_program, revoke_key, rotate_key
from casework.services.sealing import may_be_named, seal_case
from core.models import AuditEvent
from core.services import Refused, StepUp
from tests import factories

pytestmark = pytest.mark.django_db
PROGRAM = {"name": "Invented Register", "username": "register", "purpose": "Invented purpose"}
PROGRAM |= {"run_by": "house"}
NEVER = {Perm.CASE_SEAL, Perm.CASE_UNSEAL, Perm.GLASS_BREAK, Perm.KEY_ISSUE, Perm.PEOPLE_MANAGE}
NEVER |= {Perm.CHANGE_DECIDE, Perm.AUDIT_VIEW, Perm.READERS_VIEW, Perm.CASE_NAME}


@pytest.fixture
def admin(office):
    return factories.user("system_admin", office)


@pytest.fixture
def account(office):
    return factories.service_account("data_officer", office, run_by="house")


def issued(account, admin, *scopes, **said):
    return issue_key(account, scopes=scopes or ["read_cases"], actor=admin, **said)


def ask(text, path="cases/", client=None, **extra):
    headers = {"Authorization": f"Bearer {text}"}
    return (client or Client()).get(f"/api/v1/{path}", headers=headers, **extra)


def test_a_program_is_made_and_can_do_nothing_yet(admin, office, fresh):
    owner = factories.user("case_manager", office)
    made = open_program(owner=owner, actor=admin, **PROGRAM)
    assert not made.user.has_usable_password()
    assert made.user.permissions == frozenset()
    text = issued(made, admin).text
    assert ask(text, "me/").json()["permissions"] == []
    assert ask(text).status_code == 403
    assert not Client().login(username="register", password="")


def test_a_program_answers_to_a_person(admin, account, fresh):
    gone = factories.user(is_active=False)
    for owner in (account.user, gone):
        with pytest.raises(Refused) as refused:
            open_program(owner=owner, actor=admin, **PROGRAM)
        assert refused.value.field == "owner"
    open_program(owner=admin, actor=admin, **PROGRAM)
    with pytest.raises(Refused, match="taken"):
        open_program(owner=admin, actor=admin, **PROGRAM)


@pytest.mark.parametrize("role", ["system_admin", "safeguarding_lead", "auditor", "case_manager"])
def test_no_program_watches_over_others(admin, account, office, role, fresh):
    with pytest.raises(Refused, match="Programs cannot"):
        ask_role(account.user, office=office, role=role, reason="Invented", actor=admin)


def test_its_role_waits_for_a_second_person(admin, account, office, fresh):
    change = ask_role(
        account.user, office=office, role="api_client", reason="Invented", actor=admin
    )
    assert change.outcome == ""


def test_a_key_opens_what_it_says_and_no_more(admin, account, fresh):
    factories.case()
    text = issued(account, admin, "read_cases").text
    assert len(ask(text).json()["results"]) == 1
    assert ask(text, "victims/").status_code == 403
    both = issued(account, admin, "read_cases", "read_people").text
    assert ask(both, "victims/").status_code == 200


def test_a_key_never_says_more_than_its_account_may(admin, account, fresh):
    text = issued(account, admin, *account.words).text
    said = set(ask(text, "me/").json()["permissions"])
    assert said == set(account.user.permissions & verbs_of(KeyScope.values))
    assert Perm.RESCUE_LOG not in said


def test_no_key_says_what_needs_a_person():
    assert verbs_of(KeyScope.values) & NEVER == frozenset()


def test_a_key_from_another_address_is_refused_and_that_is_on_record(admin, account, fresh):
    text = issued(account, admin, networks=["192.0.2.0/24", "2001:db8::/32"]).text
    for address in ("192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1"):
        assert ask(text, REMOTE_ADDR=address).status_code == 200
    last = ApiKey.objects.get().last_used_at
    for address in ("198.51.100.7", "2001:db9::1"):
        answer = ask(text, REMOTE_ADDR=address)
        assert answer.status_code == 401
        assert answer.json()["detail"] == "This key is unknown, revoked or expired."
    events = AuditEvent.objects.filter(kind="denial", action="key.elsewhere")
    assert {event.target_id for event in events} == {str(ApiKey.objects.get().pk)}
    assert events.count() == 2
    assert ApiKey.objects.get().last_used_at == last


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("192.0.2.7", 200),
        ("198.51.100.7", 401),
        ("192.0.2.7, 198.51.100.7", 401),  # the last is what our proxy saw, the rest was typed
        ("198.51.100.7, 192.0.2.7", 200),
        ("x", 401),
        ("192.0.2.7,", 401),
    ],
)
def test_an_address_is_what_our_proxy_saw(admin, account, settings, said, status, fresh):
    text = issued(account, admin, networks=["192.0.2.7"]).text
    spoofed = {"HTTP_X_FORWARDED_FOR": said, "REMOTE_ADDR": "198.51.100.9"}
    assert ask(text, **spoofed).status_code == 401  # without a proxy nobody may say so
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert ask(text, **spoofed).status_code == status


@pytest.mark.parametrize("odd", ["x", "192.0.2.7/24", "999.1.1.1", "", "192.0.2.0/33", "::/129"])
def test_an_address_that_is_none_is_refused(admin, account, odd, fresh):
    with pytest.raises(Refused) as refused:
        issued(account, admin, networks=[odd])
    assert refused.value.field == "networks"
    assert not ApiKey.objects.exists()


def test_a_key_lives_as_long_as_asked_and_never_longer_than_allowed(admin, account, fresh):
    short, long = issued(account, admin, days=3).row, issued(account, admin, days=400).row
    now = timezone.now()
    assert timedelta(days=2) < short.expires_at - now < timedelta(days=3)
    assert long.expires_at - now < timedelta(days=180)


def test_while_a_key_is_replaced_both_are_good(admin, account, fresh):
    before = issued(account, admin, "read_cases", networks=["192.0.2.7"])
    after = rotate_key(before.row, overlap_days=7, actor=admin)
    for text in (before.text, after.text):
        assert ask(text, REMOTE_ADDR="192.0.2.7").status_code == 200
        assert ask(text, REMOTE_ADDR="192.0.2.8").status_code == 401
    assert after.row.scopes == ["read_cases"]
    before.row.refresh_from_db()
    assert before.row.expires_at < timezone.now() + timedelta(days=7, seconds=1)
    with pytest.raises(Refused, match="already been replaced"):
        rotate_key(before.row, actor=admin)
    now = rotate_key(after.row, overlap_days=0, actor=admin)
    assert ask(after.text, REMOTE_ADDR="192.0.2.7").status_code == 401
    assert ask(now.text, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_new_key_lives_as_long_as_the_one_before_was_to(admin, account, fresh):
    before = issued(account, admin, days=2).row
    after = rotate_key(before, actor=admin).row
    assert after.expires_at - timezone.now() < timedelta(days=2)
    once_more = rotate_key(after, overlap_days=0, actor=admin).row
    assert timedelta(days=1) < once_more.expires_at - timezone.now() < timedelta(days=2)


def test_an_overlap_never_lengthens_a_key(admin, account, fresh):
    before = issued(account, admin, days=2).row
    rotate_key(before, overlap_days=30, actor=admin)
    end = before.expires_at
    before.refresh_from_db()
    assert before.expires_at == end


def test_a_replaced_key_ends_with_its_days_and_is_not_replaced_any_more(admin, account, fresh):
    before = issued(account, admin)
    after = rotate_key(before.row, overlap_days=7, actor=admin)
    second = timezone.now() - timedelta(seconds=1)
    ApiKey.objects.filter(pk=before.row.pk).update(expires_at=second)
    assert ask(before.text).status_code == 401
    assert ask(after.text).status_code == 200
    ApiKey.objects.filter(pk=after.row.pk).update(expires_at=second)
    with pytest.raises(Refused, match="already expired"):
        rotate_key(after.row, actor=admin)


def test_a_key_that_was_seen_by_others_ends_and_its_successor_stays(admin, account, fresh):
    before = issued(account, admin)
    after = rotate_key(before.row, actor=admin)
    revoke_key(before.row, actor=admin)
    assert ask(before.text).status_code == 401
    assert ask(after.text).status_code == 200


def test_what_is_over_is_not_replaced_and_a_persons_key_never(admin, account, fresh):
    row = issued(account, admin).row
    revoke_key(row, actor=admin)
    with pytest.raises(Refused, match="already expired"):
        rotate_key(row, actor=admin)
    with pytest.raises(Refused, match="already been revoked"):
        revoke_key(row, actor=admin)
    with pytest.raises(Refused, match="This key belongs to a person"):
        rotate_key(keys.make(admin)[0], actor=admin)


def test_a_disabled_program_gets_no_key(admin, account, fresh):
    account.user.is_active = False
    account.user.save()
    with pytest.raises(Refused, match="disabled"):
        issued(account, admin)


def test_a_revoked_key_opens_nothing_at_its_next_call(admin, account, fresh, recorded):
    made = issued(account, admin)
    assert ask(made.text).status_code == 200
    revoke_key(made.row, actor=admin)
    assert ask(made.text).status_code == 401
    assert recorded("key.revoked") == [(admin.pk, str(made.row.pk))]


def test_whoever_confirms_roles_and_who_answers_for_it_learn_of_a_key(admin, account, fresh):
    lead = factories.user("safeguarding_lead")
    issued(account, admin)
    told = set(Notice.objects.filter(kind="key-issued").values_list("user", flat=True))
    assert told == {lead.pk, account.owner_id}


def test_no_program_is_named_in_a_sealed_case(case_manager, office):
    program = factories.service_account("field_officer", office, run_by="house").user
    case = factories.assignment(factories.case(office), program).case
    assert program not in may_be_named(case)
    with pytest.raises(Refused, match="on the team"):
        seal_case(case, reason="Invented reason", people=[program], actor=case_manager)


def test_issuing_wants_the_right_and_a_second_factor(account, case_manager, admin):
    with pytest.raises(PermissionDenied):
        issued(account, case_manager)
    with pytest.raises(StepUp):
        issued(account, admin)


def test_the_page_shows_a_key_once(admin, account, browser_client, said, recorded):
    client = browser_client(admin)
    here = f"/people/programs/{account.pk}/"
    body = {"scopes": ["read_cases"], "networks": "192.0.2.7\n192.0.2.8", "days": "30"}
    answer = client.post(f"{here}issue-key/", body)
    assert answer.status_code == 200
    row = ApiKey.objects.get()
    text = next(word for word in said(answer).split() if word.startswith(f"cw_{row.prefix}"))
    assert ask(text, REMOTE_ADDR="192.0.2.8").status_code == 200
    page = said(client.get(here))
    assert text not in page
    assert f"cw_{row.prefix}_…" in page
    assert "Only from 192.0.2.7/32, 192.0.2.8/32" in page
    assert "Read cases, rescues and sites" in page
    assert recorded("key.issued") == [(admin.pk, str(row.pk))]


def test_the_page_says_what_is_wrong(admin, account, browser_client, said):
    client = browser_client(admin)
    body = {"scopes": ["read_cases"], "networks": "nowhere", "days": "30"}
    answer = client.post(f"/people/programs/{account.pk}/issue-key/", body)
    assert answer.status_code == 409
    assert "Give addresses such as 192.0.2.7 or ranges such as 192.0.2.0/24" in said(answer)
    assert client.post(f"/people/programs/{account.pk}/issue-key/", {}).status_code == 400
    assert not ApiKey.objects.exists()


def test_the_page_replaces_and_revokes(admin, account, browser_client, said, fresh):
    client = browser_client(admin)
    row = issued(account, admin).row
    page = client.post(f"/people/keys/{row.pk}/rotate/", {"overlap_days": "0"})
    assert "shown once" in said(page)
    after = ApiKey.objects.get(replaces=row)
    answer = client.post(f"/people/keys/{after.pk}/revoke/")
    assert answer.status_code == 302
    listed = said(client.get("/people/programs/"))
    assert str(account.user) in listed
    assert "Revoked" in said(client.get(answer["Location"]))


def test_a_program_is_added_on_its_page(admin, browser_client):
    body = PROGRAM | {"owner": str(admin.pk), "key": "once"}
    for _ in range(2):
        answer = browser_client(admin).post("/people/programs/new/", body)
        assert answer.status_code == 302
    assert ServiceAccount.objects.get().get_absolute_url() == answer["Location"]


def test_the_interface_issues_replaces_and_keeps_no_text(admin, account, api, fresh):
    client = api(admin)
    answer = client.post(f"service-accounts/{account.pk}/issue-key/", {"scopes": ["read_cases"]})
    assert answer.status_code == 201
    key = answer.json()
    assert ask(key["text"]).status_code == 200
    replaced = client.post(f"keys/{key['key']['id']}/rotate/", {"overlap_days": 1})
    assert replaced.status_code == 201
    listed = client.get(f"keys/?user={account.user_id}")
    assert len(listed.json()["results"]) == 2
    for text in (key["text"], replaced.json()["text"]):
        assert text.encode() not in listed.content
        assert text.split("_", 2)[2].encode() not in listed.content


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "scopes"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["all"]}, "scopes[0]"),
        ({"scopes": ["read_cases"], "networks": ["nowhere"]}, "networks"),
        ({"scopes": ["read_cases"], "networks": "192.0.2.7"}, "networks"),
        ({"scopes": ["read_cases"], "days": 0}, "days"),
        ({"scopes": ["read_cases"], "days": 181}, "days"),
    ],
)
def test_the_interface_names_the_field(admin, account, api, body, field, fresh):
    answer = api(admin).post(f"service-accounts/{account.pk}/issue-key/", body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert not ApiKey.objects.filter(user=account.user).exists()


def test_a_program_cannot_issue_keys_with_a_key(admin, account):
    _row, text = keys.make(admin)
    headers = {"Authorization": f"Bearer {text}"}
    answer = Client().post(
        f"/api/v1/service-accounts/{account.pk}/issue-key/",
        {"scopes": ["read_cases"]},
        "application/json",
        headers=headers,
    )
    assert answer.status_code == 403
    assert answer.json()["code"] == "step-up"


def test_the_page_of_a_program_names_who_answers_for_it(admin, account):
    shown = read_program(account, actor=admin)
    assert shown["account"].owner.name
    assert shown["keys"] == []
