"""The field form, as a browser without scripts sends it and as the page's own script does."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from casework.models import Case, Narrative, Rescue, RescueSite
from core.models import AuditEvent, IdempotencyKey
from places.models import Jurisdiction
from prosecutions.models import Arrest
from tests import factories
from victims.models import Involvement

pytestmark = pytest.mark.django_db
PAGE = "/field/rescues/new/"
SCRIPT = {"Accept": "application/json"}
PEOPLE = {"people-female-0-12": "1", "people-female-13-17": "3", "people-male-unknown": "1"}


def entries(**changed):
    """What an officer taps for five people in a bar in Kolkata."""
    fields = {"key": str(uuid.uuid4()), "place": "place:IN-WB-KOL", "programme": "csec"}
    return fields | PEOPLE | changed


@pytest.fixture
def phone(browser_client, field_officer):
    return browser_client(field_officer)


def send(phone, script=False, **changed):
    return phone.post(PAGE, entries(**changed), headers=SCRIPT if script else {})


def test_the_page_offers_tiles_places_and_a_fresh_key(phone):
    html = phone.get(PAGE).content.decode()
    assert "people-female-0-12" in html
    assert 'value="place:IN-WB-KOL" checked' in html
    key = re.search(r'name="key" value="([^"]+)"', html)[1]
    assert key not in phone.get(PAGE).content.decode()


def test_a_browser_without_scripts_logs_five_people(phone, field_officer):
    answer = send(phone, needs=["medical", "safe_place"], arrests="2", narrative="Invented account")
    assert answer.status_code == 201
    case = Case.objects.get()
    assert case.reference in answer.content.decode()
    assert sorted(Involvement.objects.values_list("code", flat=True)) == [
        f"S-{number}" for number in range(1, 6)
    ]
    assert Arrest.objects.count() == 2
    assert Narrative.objects.get().text == "Invented account"
    assert AuditEvent.objects.get(action="rescue.logged").actor_id == field_officer.pk


def test_the_script_gets_a_receipt(phone):
    answer = send(phone, script=True)
    assert answer.status_code == 201
    body = answer.json()
    case = Case.objects.get()
    assert (body["reference"], body["url"]) == (case.reference, f"/cases/{case.pk}/")
    assert [p["code"] for p in body["people"]] == ["S-1", "S-2", "S-3", "S-4", "S-5"]
    assert body["arrests"] == 0


BAD = {"programme": "", "people-male-18+": "-1", "occurred_at": "yesterday", "narrative": "Kept"}


def test_errors_stand_at_their_fields_and_every_entry_is_kept(phone):
    sent = entries(**BAD, needs=["medical"], arrests="3", other_place="IN-MH-MUM")
    answer = phone.post(PAGE, sent)
    html = " ".join(answer.content.decode().split())
    assert answer.status_code == 400
    for name in ("programme", "people-male-18+", "occurred_at"):
        assert f'href="#id_{name}"' in html
    assert "Choose the kind of exploitation." in html
    assert f'name="key" value="{sent["key"]}"' in html
    assert 'name="people-female-13-17" value="3"' in html
    assert 'name="arrests" value="3"' in html
    assert 'value="medical" checked' in html
    assert '<option value="IN-MH-MUM" selected>' in html
    assert "Kept</textarea>" in html
    assert 'value="yesterday"' in html
    assert not Case.objects.exists()


def test_the_script_gets_the_errors_by_field(phone):
    answer = send(phone, script=True, **BAD)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()["errors"]) == {"programme", "people-male-18+", "occurred_at"}


@pytest.mark.parametrize("script", [False, True])
def test_a_form_sent_twice_is_one_rescue(phone, script):
    answers = [send(phone, script=script, key="k-1") for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 201]
    codes = [re.findall(r"S-\d|KOL-[\d-]+", a.content.decode()) for a in answers]
    assert codes[0] == codes[1]
    assert Rescue.objects.count() == 1


def test_a_receipt_shown_again_is_recorded(phone, field_officer):
    key = str(uuid.uuid4())
    answer = [send(phone, script=True, key=key) for _ in range(2)][1]
    event = AuditEvent.objects.get(action="answer.repeated")
    assert event.actor_id == field_officer.pk
    assert {Case.objects.get().pk, *Involvement.objects.values_list("pk", flat=True)} == set(
        event.subjects
    )
    assert answer.json()["people"][0]["id"] in event.detail["ids"]


def test_a_changed_form_with_the_same_key_is_refused_and_gets_a_new_key(phone):
    send(phone, key="k-1")
    answer = send(phone, key="k-1", narrative="Something else")
    assert answer.status_code == 422
    assert "already saved" in answer.content.decode()
    assert "Something else" in answer.content.decode()
    assert 'name="key" value="k-1"' not in answer.content.decode()
    assert send(phone, script=True, key="k-1", narrative="x").status_code == 422
    assert Rescue.objects.count() == 1


def test_a_page_and_a_program_do_not_share_answers(phone, api, field_officer):
    """The same key by the other door is not the same send."""
    send(phone, key="k-1")
    body = {"occurred_at": "2026-11-20T05:52:00Z", "jurisdiction": "IN", "programme": "csec"}
    answer = api(field_officer).post("rescue-reports/", body, Idempotency_Key="k-1")
    assert answer.status_code == 422


@pytest.fixture
def site(field_officer):
    return factories.site(factories.assignment(user=field_officer).case)


def test_a_rescue_at_a_known_site_belongs_to_its_case(phone, site):
    html = phone.get(PAGE).content.decode()
    assert f'value="site:{site.pk}"' in html
    assert send(phone, place=f"site:{site.pk}", programme="").status_code == 201
    assert RescueSite.objects.get().site == site
    assert Rescue.objects.get().case == site.case
    site.case.refresh_from_db()
    assert site.case.status == "rescued"


@pytest.mark.parametrize("script", [False, True])
def test_a_closed_case_is_refused_in_words(phone, site, script):
    Case.objects.update(status="closed", closed_on="2026-04-01")
    answer = send(phone, script=script, place=f"site:{site.pk}", key="k-1", narrative="Kept")
    assert answer.status_code == 409
    assert "This case is closed." in answer.content.decode()
    assert script or 'name="key" value="k-1"' in answer.content.decode()
    assert not Rescue.objects.exists()
    assert not IdempotencyKey.objects.exists()


def test_no_site_out_of_reach_can_be_chosen(phone, office):
    """Another office's, and one of a colleague's case: neither offered nor accepted."""
    manila = factories.site(factories.case(factories.office("manila", "PH-MNL")))
    colleague = factories.site(factories.case(office))
    html = phone.get(PAGE).content.decode()
    for site in (manila, colleague):
        assert str(site.pk) not in html
        answer = send(phone, script=True, place=f"site:{site.pk}")
        assert answer.status_code == 400
        assert answer.json()["errors"]["place"] == ["Choose where it happened."]


def test_the_time_entered_is_the_time_at_the_place(phone):
    send(phone, occurred_at="2026-11-20T23:30")
    rescue = Rescue.objects.get()
    assert rescue.occurred_at == datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    assert str(rescue.occurred_on) == "2026-11-20"


def test_a_time_that_the_clocks_of_the_place_left_out_is_refused(phone):
    Jurisdiction.objects.filter(code="IN-WB-KOL").update(time_zone="Europe/London")
    answer = send(phone, script=True, occurred_at="2026-03-29T01:30")
    assert (
        "This time did not exist: the clocks went forward"
        in answer.json()["errors"]["occurred_at"][0]
    )
    assert not Rescue.objects.exists()


def test_the_day_of_a_rescue_is_the_day_at_its_place(phone, api, field_officer):
    """Half past one at night in Kolkata is the evening before in London, and nobody counts so."""
    send(phone, occurred_at="2026-11-21T01:30")
    body = {"occurred_at": "2026-11-20T20:00:00Z", "programme": "csec"}
    for place in ("IN-WB-KOL", "PH-MNL"):
        answer = api(field_officer).post("rescue-reports/", body | {"jurisdiction": place})
        assert answer.status_code == 201
    moments = Rescue.objects.values_list("occurred_at", "occurred_on")
    evening = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    assert {(moment, str(day)) for moment, day in moments} == {(evening, "2026-11-21")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2126-11-20T10:00", "future"),
        ("1989-11-20T10:00", "1990"),
        ("2026-02-30T10:00", "not a date"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(phone, text, words):
    answer = send(phone, script=True, occurred_at=text)
    assert words in answer.json()["errors"]["occurred_at"][0]


@pytest.mark.parametrize("role", ["aftercare_worker", "legal_officer", "data_officer", "auditor"])
def test_who_may_not_log_rescues_gets_a_403(browser_client, office, role):
    client = browser_client(factories.user(role, office))
    answers = [client.get(PAGE), send(client), send(client, script=True)]
    assert [a.status_code for a in answers] == [403] * 3
    assert not Case.objects.exists()
    assert AuditEvent.objects.filter(kind="denial").count() == 3


def test_a_stranger_is_sent_to_sign_in_and_the_script_is_told():
    assert Client().get(PAGE)["Location"] == f"/sign-in/?next={PAGE}"
    assert send(Client()).status_code == 302
    answer = send(Client(), script=True)
    assert answer.status_code == 401
    assert answer.json()["detail"] == "You are signed out."
    assert not Case.objects.exists()


def test_another_site_cannot_press_save(field_officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(field_officer)
    assert send(client).status_code == 403
    assert not Case.objects.exists()


ODD = ["\0", "a\0b", "x" * 30_000, "\u202e", "-1", "9" * 5000, "²", "1e3", "None", "[]", "{}"]
FIELDS = ["key", "occurred_at", "place", "other_place", "programme", "needs", "arrests", "agencies"]


@pytest.mark.parametrize("field", [*FIELDS, "narrative", "people-male-18+"])
@pytest.mark.by_turns(5)
def test_odd_entries_never_break_the_page(phone, field):
    """Also with the kind of place in front, since that is what a forged entry would do."""
    before = "site:" if field == "place" else ""
    for script in (False, True):
        for value in ODD:
            answer = send(phone, script=script, **{field: before + value})
            assert answer.status_code in {201, 400}, value
    assert send(phone, **{field: []}).status_code in {201, 400}


def test_too_many_entries_are_refused(phone):
    extra = {f"f{n}": "x" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert send(phone, **extra).status_code == 400
    assert send(phone, narrative="x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)).status_code in {
        400,
        413,
    }


def test_from_a_case_page_the_rescue_belongs_to_that_case(phone, field_officer):
    case = factories.assignment(user=field_officer).case
    html = phone.get(PAGE, {"case": str(case.pk)}).content.decode()
    assert f'value="case:{case.pk}" checked' in html
    answer = send(phone, script=True, place=f"case:{case.pk}", programme="")
    assert answer.json()["reference"] == case.reference
    assert Case.objects.count() == 1
    assert Rescue.objects.get().case == case


def test_a_case_that_is_not_open_to_the_officer_is_not_offered(phone, office):
    seen, foreign = factories.case(office), factories.case(factories.office("manila", "PH-MNL"))
    for case in (seen, foreign, uuid.uuid4()):
        html = phone.get(PAGE, {"case": str(getattr(case, "pk", case))}).content.decode()
        assert "case:" not in html
    refused = send(phone, script=True, place=f"case:{foreign.pk}")
    assert list(refused.json()["errors"]) == ["place"]
    assert send(phone, script=True, place=f"case:{seen.pk}").status_code == 403
    assert not Rescue.objects.exists()
