"""What people are told, where it leads, and what leaves by mail."""

from __future__ import annotations

from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction

from accounts import mail, notices, tasks
from accounts.models import Notice
from accounts.notices import WORDS, links, tell
from accounts.services.notices import see_all_notices, see_notice
from core.context import acting_as
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "Canary Lane"


@pytest.fixture
def person(office):
    return factories.user("field_officer", office, email="person@example.org", name=CANARY)


def told(user):
    return list(Notice.objects.unseen().filter(user=user).values_list("kind", flat=True))


def test_telling_twice_is_telling_once_until_it_is_seen(person):
    case = factories.case()
    for _ in range(2):
        tell([person, person], "role-given", target=case)
    assert told(person) == ["role-given"]
    see_notice(Notice.objects.get(), actor=person)
    tell([person], "role-given", target=case)
    assert Notice.objects.count() == 2


def test_the_database_itself_keeps_one(person):
    row = factories.notice(person, target=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.notice(person, target=person)
    assert told(person) == [row.kind]


def test_an_unknown_kind_is_a_mistake(person):
    with pytest.raises(LookupError, match="No notice is called birthday"):
        tell([person], "birthday", target=person)


def test_every_kind_is_told_somewhere():
    """No words wait for an event that nobody writes."""
    files = [path for app in settings.OUR_APPS for path in (settings.BASE_DIR / app).rglob("*.py")]
    said = "".join(path.read_text() for path in files if path != Path(notices.__file__))
    made = {"glass-justified", "glass-unjustified"}  # by the finding of a review
    assert {kind for kind in WORDS if f'"{kind}"' not in said} == made & {*WORDS}


def test_a_notice_leads_only_where_its_reader_may_go(person):
    """A role ends, a case is sealed: the words stay, the link does not."""
    mine, foreign = factories.case(), factories.case(factories.office("manila", "PH-MNL"))
    factories.assignment(mine, person)
    for case in (mine, foreign):
        tell([person], "role-given", target=case)
    rows = list(Notice.objects.filter(user=person))
    with acting_as(person.pk):
        found = links(rows, person)
    assert list(found.values()) == [mine.get_absolute_url()]


def test_the_page_shows_words_counts_and_puts_them_away(browser_client, person):
    case, change = factories.case(), factories.account_change()
    factories.assignment(case, person)
    tell([person], "role-given", target=case)
    tell([person], "change-asked", target=change)
    client = browser_client(person)
    page = client.get("/notices/").content.decode()
    assert page.count(str(WORDS["role-given"])) == 1
    assert f'href="{case.get_absolute_url()}"' in page
    assert change.get_absolute_url() not in page  # not for this reader
    assert "New notices:</span> 2" in client.get("/cases/").content.decode()
    first = Notice.objects.get(kind="role-given")
    assert client.post(f"/notices/{first.pk}/seen/").status_code == 302
    assert told(person) == ["change-asked"]
    assert client.post("/notices/").status_code == 302
    assert told(person) == []
    assert "data-unseen hidden" in client.get("/cases/").content.decode()


def test_a_program_of_ones_own_puts_all_away_at_once(api, person):
    for _ in range(2):
        factories.notice(person)
    others = factories.notice(factories.user())
    answers = [api(person).post("notices/see-all/") for _ in range(2)]
    assert [(one.status_code, one.json()) for one in answers] == [
        (200, {"seen": 2}),
        (200, {"seen": 0}),
    ]
    assert list(Notice.objects.unseen()) == [others]


def test_nobody_reads_or_puts_away_what_others_were_told(api, browser_client, person):
    row = factories.notice(factories.user())
    assert api(person).get("notices/").json()["results"] == []
    assert api(person).post(f"notices/{row.pk}/seen/").status_code == 404
    assert browser_client(person).post(f"/notices/{row.pk}/seen/").status_code == 404
    see_all_notices(actor=person)
    assert Notice.objects.unseen().filter(pk=row.pk).exists()


def test_one_neutral_letter_for_everything_that_is_new(person):
    """No name, no place, no number of a case, no kind; a link to the front page only."""
    case = factories.case()
    factories.site_place(case, CANARY)
    for kind in ("role-given", "change-asked"):
        tell([person], kind, target=case)
    tasks.send_mail()
    tasks.send_mail()
    (letter,) = outbox.outbox
    assert letter.subject == "You have an update in Casework"
    assert letter.body == f"Sign in to read it:\n\n{settings.SITE_URL}/\n"
    assert letter.to == ["person@example.org"]
    headers = str(letter.message())
    for secret in (CANARY, case.reference, "CSEC", "Kolkata", str(case.pk), str(person.pk)):
        assert secret not in headers


def test_what_was_seen_or_has_no_address_is_not_mailed(person):
    tell([person], "role-given", target=person)
    see_all_notices(actor=person)
    tell([factories.user(email="")], "role-given", target=person)
    tell([factories.user(is_active=False, email="gone@example.org")], "role-given", target=person)
    assert mail.sweep() == 0
    assert outbox.outbox == []


def refusing(monkeypatch, fault, times=1):
    """The mail server says no so often, then takes everything."""
    whole, left = EmailBackend.send_messages, [fault] * times

    def send(self, messages):
        if left:
            raise left.pop()
        return whole(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)


def test_a_letter_that_could_not_leave_waits_for_the_next_sweep(person, monkeypatch):
    tell([person], "role-given", target=person)
    refusing(monkeypatch, SMTPServerDisconnected())
    assert mail.sweep() == 0
    assert Notice.objects.get().mailed_at is None
    assert mail.sweep() == 1
    assert Notice.objects.get().mailed_at is not None


@pytest.mark.parametrize("fault", [SMTPRecipientsRefused({}), ValueError("cannot be made")])
def test_a_letter_that_fails_by_itself_holds_up_no_other(person, monkeypatch, fault):
    for user in (person, factories.user(email="other@example.org")):
        tell([user], "role-given", target=user)
    refusing(monkeypatch, fault)
    assert mail.sweep() == 1
    assert mail.sweep() == 1
    assert {to for letter in outbox.outbox for to in letter.to} == {
        "person@example.org",
        "other@example.org",
    }


def test_two_sweeps_at_once_send_one_letter(person, monkeypatch):
    """The second one finds the notices marked, whatever it had read before."""
    tell([person], "role-given", target=person)
    letters = mail._notices() + mail._notices()
    assert [letter() for letter in letters] == [True, False]
    assert len(outbox.outbox) == 1
