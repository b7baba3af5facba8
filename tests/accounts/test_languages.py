"""In which language the interface speaks: chosen in a browser, kept in an account."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import default as policy

import pytest
from django.conf import settings
from django.core import mail
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, number_format

from accounts.mail import sweep
from accounts.models import LanguageReading, User
from accounts.notices import tell
from accounts.services.languages import edition_of, terms_of
from accounts.services.own import choose_language
from core.days.typed import read_day
from core.languages import spoken_to
from core.models import AuditEvent
from core.services import Refused
from core.spoken import in_own_names
from tests.accounts.phone import visitor

pytestmark = pytest.mark.django_db
PAGE = "/account/language/"
UNREAD = (
    "No native speaker has read the words of this language yet. If something is wrong, tell the"
    " people who run the system."
)


def spoken(answer):
    """The language a page says it is in, and its direction."""
    text = answer.content.decode()
    return text.partition('<html lang="')[2].partition('"')[0], ' dir="rtl"' in text


def test_a_stranger_chooses_on_the_page_of_signing_in():
    client = Client()
    assert spoken(client.get("/sign-in/")) == ("en", False)
    answer = client.post(PAGE, {"language": "ur", "next": "/sign-in/?next=/cases/"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/cases/")
    assert spoken(client.get("/sign-in/")) == ("ur", True)


def test_a_browser_asks_for_its_own_until_somebody_chooses():
    client = Client(headers={"accept-language": "es-MX,es;q=0.9"})
    assert spoken(client.get("/sign-in/")) == ("es", False)
    client.post(PAGE, {"language": "th"})
    assert spoken(client.get("/sign-in/")) == ("th", False)


@pytest.mark.parametrize(
    "away", ["https://elsewhere.invalid/", "//elsewhere.invalid/", "cases", ""]
)
def test_one_is_led_back_to_a_page_of_ours_alone(away):
    assert Client().post(PAGE, {"language": "hi", "next": away})["Location"] == "/"


@pytest.mark.parametrize("code", ["", "xx", "../hi", "HI"])
def test_what_we_do_not_speak_is_refused_in_words(code):
    answer = Client().post(PAGE, {"language": code})
    assert answer.status_code == 400
    assert "Casework does not speak this language yet." in answer.content.decode()
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_a_cookie_made_up_changes_nothing():
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "../../etc"
    assert spoken(client.get("/sign-in/")) == ("en", False)


def test_it_is_kept_in_the_account_and_in_the_history(field_officer, browser_client, recorded):
    page = browser_client(field_officer)
    page.post(PAGE, {"language": "bn"})
    assert User.objects.get(pk=field_officer.pk).language == "bn"
    assert recorded("language.chosen") == [(field_officer.pk, str(field_officer.pk))]
    elsewhere = browser_client(field_officer)
    answer = elsewhere.get("/")
    assert spoken(answer) == ("bn", False)
    # On a shared computer nobody learns it, nor takes it for their own.
    assert settings.LANGUAGE_COOKIE_NAME not in elsewhere.cookies


def test_the_next_at_the_same_browser_reads_their_own(field_officer, case_manager, browser_client):
    choose_language("hi", actor=field_officer)
    choose_language("fr", actor=case_manager)
    browser = browser_client(field_officer)
    assert spoken(browser.get("/"))[0] == "hi"
    browser.force_login(case_manager)
    assert spoken(browser.get("/"))[0] == "fr"


def test_the_first_sign_in_keeps_what_was_chosen_before_it(person):
    guest = visitor(person)
    guest.client.post(PAGE, {"language": "km"})
    guest.sign_in()
    assert User.objects.get(pk=person.pk).language == "km"
    other = visitor(person)
    other.client.post(PAGE, {"language": "th"})
    other.sign_in()
    assert User.objects.get(pk=person.pk).language == "km"


def test_a_browser_forgets_it_when_it_is_closed():
    answer = Client().post(PAGE, {"language": "km"})
    assert not answer.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"]


def test_who_has_no_role_yet_reads_by_the_browser(person):
    person.memberships.update(ended_at=Now())
    guest = visitor(person)
    guest.client.post(PAGE, {"language": "km"})
    assert guest.sign_in().status_code == 302
    assert guest.client.post(PAGE, {"language": "th"}).status_code == 302
    assert User.objects.get(pk=person.pk).language == ""
    assert spoken(guest.client.get(PAGE)) == ("th", False)


def test_the_second_factor_is_set_up_in_ones_language(newcomer):
    guest = visitor(newcomer)
    guest.password()
    assert guest.client.post(PAGE, {"language": "my"}).status_code == 302
    assert spoken(guest.client.get("/account/app/")) == ("my", False)


def test_chosen_again_it_leaves_no_second_line(field_officer, browser_client, recorded):
    page = browser_client(field_officer)
    for _time in range(3):
        page.post(PAGE, {"language": "bn"})
    assert len(recorded("language.chosen")) == 1


@pytest.mark.parametrize("code", ["es", "km", "ur"])
def test_letters_are_in_the_language_of_their_reader(field_officer, code):
    field_officer.email = "officer@example.org"
    field_officer.save(update_fields=["email"])
    choose_language(code, actor=field_officer)
    with translation.override("fr"):
        tell([field_officer], "task-given", target=field_officer)
        sweep()
    said = ("You have an update in Casework", "Sign in to read it:")
    with spoken_to(field_officer):
        subject, body = map(translation.gettext, said)
    assert not {subject, body} & set(said)
    (letter,) = (message_from_bytes(m.message().as_bytes(), policy=policy) for m in mail.outbox)
    assert (letter["Subject"], letter.get_content().splitlines()[0]) == (subject, body)


def test_a_program_asks_for_its_own(field_officer, api):
    choose_language("hi", actor=field_officer)
    refused = api(field_officer).post("me/choose-language/", {"language": "xx"})
    assert refused.status_code == 400
    assert "language" in refused.json()["errors"]
    assert api(field_officer).post("me/choose-language/", {"language": "my"}).status_code == 200
    assert api(field_officer).get("me/").json()["language"] == "my"
    with translation.override("es"):
        words = translation.gettext("Some fields need attention.")
    answer = api(field_officer).post("me/choose-office/", {"office": "x"}, accept_language="es")
    assert answer.json()["detail"] == words != "Some fields need attention."


def test_nobody_chooses_what_there_is_not(field_officer):
    with pytest.raises(Refused):
        choose_language("xx", actor=field_officer)
    assert not AuditEvent.objects.filter(action="language.chosen").exists()


def test_each_language_has_a_button_in_its_own_name():
    text = Client().get(reverse("accounts:language")).content.decode()
    for code, name in settings.LANGUAGES:
        assert f'lang="{code}"' in text
        assert name in text


def test_languages_people_speak_are_marked_as_themselves():
    names = in_own_names(["bn", "mul", "<tl>", ""])
    assert names.startswith('<bdi lang="bn">বাংলা</bdi>, <bdi lang="">Another')
    assert names.endswith('<bdi lang="">&lt;tl&gt;</bdi>')


def test_the_page_says_how_many_terms_have_a_source(settings, tmp_path):
    page = " ".join(Client().get(PAGE).content.decode().split())
    sourced, terms = terms_of("km")
    assert 0 < sourced < terms
    assert f'<bdi lang="km">ខ្មែរ</bdi></dt> <dd class="num"> {sourced} of {terms} </dd>' in page
    assert "wait for a native speaker" in page
    (tmp_path / "locale" / "xx").mkdir(parents=True)
    rows = ("English\tTerm\tSource", "a\tb\tusual", "c\td\tLaw, art. 1", "e\tf\tusual (NGOs)")
    (tmp_path / "locale" / "xx" / "glossary.tsv").write_text("\n".join(rows))
    settings.BASE_DIR = tmp_path
    assert terms_of("xx") == (1, 3)


def test_the_words_of_a_language_are_confirmed_by_who_reads_them_and_taken_back(
    case_manager, field_officer, browser_client, api, recorded
):
    here = "bn"
    choose_language(here, actor=case_manager)
    with translation.override(here):
        unread, changed = map(translation.gettext, (UNREAD, "Take the confirmation back"))
    stranger = Client(headers={"accept-language": here})
    assert unread in stranger.get(PAGE).content.decode()
    page = browser_client(case_manager)
    assert "/languages/confirm/" in page.get(PAGE).content.decode()
    assert page.post("/languages/confirm/", {"language": "hi"}).status_code == 409  # not theirs
    assert page.post("/languages/confirm/", {"language": "en"}).status_code == 400
    assert not LanguageReading.objects.exists()
    assert page.post("/languages/confirm/", {"language": here}).status_code == 302
    reading = LanguageReading.objects.get()
    assert (reading.read_by, reading.edition) == (case_manager, edition_of(here))
    assert recorded("words.confirmed") == [(case_manager.pk, str(reading.pk))]
    text = page.get(PAGE).content.decode()
    assert case_manager.name in text
    assert changed in text
    public = stranger.get(PAGE).content.decode()
    assert unread not in public
    assert case_manager.name not in public
    with translation.override("hi"):
        words = translation.gettext(UNREAD)
    assert words in Client(headers={"accept-language": "hi"}).get(PAGE).content.decode()
    assert api(case_manager).post("language-readings/", {"language": here}).status_code == 400
    assert api(field_officer).post("language-readings/", {"language": here}).status_code == 403
    # After an update some words are others.
    LanguageReading.objects.update(edition="0" * 12)
    text = page.get(PAGE).content.decode()
    assert "/languages/confirm/" in text
    assert case_manager.name not in text
    assert api(case_manager).post(f"language-readings/{reading.pk}/take-back/").status_code == 200
    assert recorded("words.taken_back") == [(case_manager.pk, str(reading.pk))]
    assert api(case_manager).post(f"language-readings/{reading.pk}/take-back/").status_code == 409
    assert unread in stranger.get(PAGE).content.decode()


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_days_and_numbers_are_read_as_they_are_shown(code):
    with translation.override(code):
        for month in range(1, 13):
            day = date(2026, month, 28)
            for form in ("j M Y", "j F Y"):
                assert read_day(date_format(day, form), today=date(2026, 11, 30)) == day
        assert number_format("1234567.5", 1, force_grouping=True) == "1,234,567.5"
