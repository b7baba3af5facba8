"""The referrals of a rescue sent together: one page, one consent, one press, one receipt."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from aftercare.models import Referral
from core.models import AuditEvent
from tests import factories
from tests.aftercare.rescued import NEEDS, drafted, statuses, survivor
from tests.factories import care, persons
from victims.models import Consent, Share

pytestmark = pytest.mark.django_db
OF_EACH = 30  # statements: consent, share, step, notice and the history of each
ASKED = {"given_by": "each", "language": "bn", "given_on": "2026-03-11"}


def page_of(case):
    return f"/cases/{case.pk}/referrals/send/"


def form_of(client, case, **more):
    """What the page sends when nothing on it is touched but these."""
    text = client.get(page_of(case)).content.decode()
    sent: dict = {}
    for box in re.findall(r"<input[^>]*>", text):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', box))
        name, kind = said.get("name"), said.get("type")
        if name and name != "csrfmiddlewaretoken" and kind != "search":
            if kind in {"checkbox", "radio"} and " checked" not in box:
                continue
            sent.setdefault(name, []).append(said.get("value", ""))
    sent.pop("q", None)
    return sent | ASKED | more


def to(client, case, *providers):
    """The choices of these providers, wherever the page offers them."""
    text = client.get(page_of(case)).content.decode()
    found = {}
    for one in providers:
        for name in re.findall(rf'name="(to-[^"]+)" value="{one.pk}"', text):
            found[name] = str(one.pk)
    return found


# The page


def test_fourteen_drafts_are_sent_with_one_press(
    browser_client, case, worker, seven, clinic, house, said
):
    client = browser_client(worker)
    answer = client.post(page_of(case), form_of(client, case))
    assert answer.status_code == 302, said(answer)
    assert statuses(case) == ["sent"] * 14
    assert {row.provider for row in Referral.objects.filter(need="medical")} == {clinic}
    assert {row.provider for row in Referral.objects.filter(need="safe_place")} == {house}
    assert Consent.objects.filter(case=case, given_by="self", language="bn").count() == 14
    assert Share.objects.count() == 14
    lines = AuditEvent.objects.filter(action="referral.sent", actor_id=worker.pk)
    assert lines.count() == 14
    receipt = said(client.get(answer["Location"]))
    assert "Sent: 14 referrals" in receipt
    assert "Clinic by the Canal" in receipt
    assert "Nothing is left to send" not in receipt


def test_pressed_twice_it_is_sent_once(browser_client, case, worker, seven, clinic, house):
    client = browser_client(worker)
    form = form_of(client, case)
    first, again = (client.post(page_of(case), form) for _ in range(2))
    assert (first.status_code, again["Location"]) == (302, first["Location"])
    assert Share.objects.count() == 14
    other = client.post(page_of(case), form | {"key": "another"})
    assert other.status_code == 400
    assert Share.objects.count() == 14


def test_those_that_do_not_fit_stand_there_with_the_reason(browser_client, case, worker, said):
    drafted(case, [survivor(case, "male", 300, 330)], ["safe_place"])
    fits = factories.provider(name="Fits")
    for name, fields in {
        "Unsigned": {"agreement_from": None},
        "Clinic": {"services": ["medical"]},
        "For girls": {"sexes": ["female"]},
        "For children": {"age_max_months": 215},
        "Gone": {"is_active": False},
    }.items():
        factories.provider(name=name, **fields)
    full = factories.provider(name="Full", places_female=0, places_male=20, places_any=0)
    for _ in range(20):
        care.placement(provider=full, involvement=survivor(factories.case(case.office), "male"))
    answer = browser_client(worker).get(page_of(case))
    words = said(answer)
    assert "Unsigned No agreement in force" in words
    assert "Clinic Does not offer this" in words
    assert "For girls Takes only: Female" in words
    assert "For children Takes only: Everyone, 0 to 17" in words
    assert "Full No bed free tonight" in words
    assert "Gone" not in words
    offered = re.findall(r'name="to-[^"]+" value="([^"]*)"', answer.content.decode())
    assert offered == [str(fits.pk), ""]


def test_whom_other_houses_take_has_a_line_of_their_own(browser_client, case, worker, said):
    girls = [survivor(case) for _ in range(2)]
    man = survivor(case, "male", 300, 330)
    drafted(case, [*girls, man], ["safe_place"])
    women, men = (factories.provider(sexes=[sex]) for sex in ("female", "male"))
    client = browser_client(worker)
    assert client.post(page_of(case), form_of(client, case)).status_code == 302
    sent = dict(Referral.objects.values_list("involvement", "provider"))
    assert sent == {girls[0].pk: women.pk, girls[1].pk: women.pk, man.pk: men.pk}


def test_of_several_none_is_chosen_and_nothing_is_sent(browser_client, case, worker, seven, said):
    for _ in range(2):
        factories.provider(services=list(NEEDS))
    client = browser_client(worker)
    answer = client.post(page_of(case), form_of(client, case))
    assert answer.status_code == 400
    assert "Nothing is chosen. Choose a provider" in said(answer)
    assert statuses(case) == ["draft"] * 14


def test_what_is_left_out_stays_a_draft(browser_client, case, worker, seven, clinic, house, said):
    client = browser_client(worker)
    form = form_of(client, case)
    answer = client.post(page_of(case), form | {"sends": form["sends"][:3]})
    assert sorted(statuses(case)) == ["draft"] * 11 + ["sent"] * 3
    assert "What is left is below" in said(client.get(answer["Location"]))


def test_an_empty_page_says_so(browser_client, case, worker, said):
    words = said(browser_client(worker).get(page_of(case)))
    assert "Nothing is left to send" in words


@pytest.mark.parametrize("sent", ["", "x", "2026-11-28T20:04", "2026-11-28T20:04:00+25:99", "\0"])
def test_an_odd_receipt_is_none(browser_client, case, worker, sent):
    answer = browser_client(worker).get(page_of(case), {"sent": sent})
    assert (answer.status_code, "Sent:" in answer.content.decode()) == (200, False)


# Consent


def test_children_agree_by_a_guardian(browser_client, case, worker, clinic, said):
    child, girl = survivor(case, low=80, high=100), survivor(case)
    drafted(case, [child, girl], ["medical"])
    client = browser_client(worker)
    assert "Each person; a guardian for children" in said(client.get(page_of(case)))
    form = form_of(client, case, given_by="children")
    answer = client.post(page_of(case), form)
    assert answer.status_code == 400
    assert "Say what the guardian is to the person." in said(answer)
    answer = client.post(page_of(case), form | {"relation": "official"})
    assert answer.status_code == 302, said(answer)
    given = {c.involvement_id: (c.given_by, c.relation) for c in Consent.objects.all()}
    assert given == {child.pk: ("guardian", "official"), girl.pk: ("self", "")}


def test_without_a_consent_nothing_is_sent_and_each_is_named(
    browser_client, case, worker, seven, clinic, house, said
):
    client = browser_client(worker)
    form = form_of(client, case)
    code = seven[0].involvement.code
    answer = client.post(page_of(case), form | {"agreed": form["agreed"][1:]})
    assert answer.status_code == 409
    assert f"No consent of {code} is on record." in said(answer)
    for missing in ({"given_by": ""}, {"language": ""}, {"given_on": ""}):
        assert client.post(page_of(case), form | missing).status_code in {400, 409}
    assert statuses(case) == ["draft"] * 14


def test_a_consent_that_is_live_is_not_written_again(browser_client, case, worker, clinic):
    person = survivor(case)
    drafted(case, [person], ["medical"])
    persons.consent(person, recipient_kind="provider", recipient_id=clinic.pk)
    client = browser_client(worker)
    answer = client.post(page_of(case), form_of(client, case, given_by=""))
    assert (answer.status_code, statuses(case)) == (302, ["sent"])
    assert Consent.objects.count() == 1


def test_two_needs_at_one_provider_rest_on_one_consent(browser_client, case, worker):
    drafted(case, [survivor(case)])
    factories.provider(services=list(NEEDS))
    client = browser_client(worker)
    assert client.post(page_of(case), form_of(client, case)).status_code == 302
    assert (Consent.objects.count(), Share.objects.count()) == (1, 2)


def test_a_no_is_asked_again_or_left_out(browser_client, case, worker, clinic, said):
    person, other = survivor(case), survivor(case)
    drafted(case, [person, other], ["medical"])
    persons.consent(
        person,
        recipient_kind="provider",
        recipient_id=clinic.pk,
        given_on=date(2026, 3, 10),
        withdrawn_on=date(2026, 3, 10),
    )
    client = browser_client(worker)
    assert "had said no: tick if asked again" in said(client.get(page_of(case)))
    form = form_of(client, case)
    assert len(form["sends"]) == 1
    both = [str(pk) for pk in Referral.objects.values_list("pk", flat=True)]
    refused = client.post(page_of(case), form | {"sends": both})
    assert refused.status_code == 409
    assert f"No consent of {person.code} is on record." in said(refused)
    asked = {"sends": both, "asked_again": [str(person.pk)]}
    answer = client.post(page_of(case), form | asked)
    assert (answer.status_code, statuses(case)) == (302, ["sent"] * 2), said(answer)


def test_what_has_changed_since_it_was_looked_at_is_not_sent(
    browser_client, case, worker, seven, clinic, house, said
):
    client = browser_client(worker)
    form = form_of(client, case)
    person = seven[3].involvement
    type(person.victim).objects.filter(pk=person.victim_id).update(
        age_min_months=300, age_max_months=330
    )
    answer = client.post(page_of(case), form)
    assert answer.status_code == 409
    assert f"{person.code}, Medical: What the provider would see has changed" in said(answer)
    assert statuses(case) == ["draft"] * 14
    assert not Consent.objects.exists()


# Beds


def test_a_house_with_too_few_beds_takes_none_of_them(browser_client, case, worker, said):
    drafted(case, [survivor(case) for _ in range(12)], ["safe_place"])
    factories.provider(name="Small", places_female=11, places_male=0, places_any=0)
    client = browser_client(worker)
    form = form_of(client, case)
    answer = client.post(page_of(case), form)
    assert answer.status_code == 409
    assert "Small has fewer free beds tonight than the 12 you chose it for." in said(answer)
    assert client.post(page_of(case), form | {"sends": form["sends"][1:]}).status_code == 302


# Who may, and how dear it is


def test_a_closed_case_sends_nothing(browser_client, case, worker, seven):
    type(case).objects.filter(pk=case.pk).update(status="closed", closed_on=timezone.now().date())
    assert browser_client(worker).get(page_of(case)).status_code == 409


def test_who_may_not_send_does_not(browser_client, case, field_officer, seven):
    outsider = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    factories.assignment(case, field_officer)
    assert browser_client(field_officer).get(page_of(case)).status_code == 403
    assert browser_client(outsider).get(page_of(case)).status_code == 404
    stranger = factories.user("aftercare_worker", case.office)
    assert browser_client(stranger).get(page_of(case)).status_code == 403
    assert browser_client(stranger).post(page_of(case), {}).status_code == 403


def test_the_page_asks_no_more_for_more_drafts(
    browser_client, case, worker, clinic, house, django_assert_max_num_queries
):
    client = browser_client(worker)
    asked = []
    for people in (2, 12):
        drafted(case, [survivor(case) for _ in range(people)])
        for _ in range(people):
            factories.provider(services=["police_guard"])
        with django_assert_max_num_queries(60) as seen:
            assert client.get(page_of(case)).status_code == 200
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_what_sending_asks_of_each_is_bounded(
    browser_client, case, worker, clinic, house, django_assert_max_num_queries
):
    """Each is sent by the service of the single one, which writes a line of history for each deed;
    what is the same for all is asked once."""
    client = browser_client(worker)
    asked = []
    for people in (2, 6):
        drafted(case, [survivor(case) for _ in range(people)])
        form = form_of(client, case)
        with django_assert_max_num_queries(400) as seen:
            assert client.post(page_of(case), form).status_code == 302
        asked.append(len(seen))
    more = (asked[1] - asked[0]) / (4 * len(NEEDS))
    assert more <= OF_EACH


def test_sent_alone_the_list_says_who_does_not_fit(browser_client, worker, seven, clinic, house):
    page = browser_client(worker).get(f"/referrals/{seven[0].pk}/send/").content.decode()
    labels = re.findall(r"<option[^>]*>([^<]*)</option>", page)
    assert labels[1:3] == [clinic.name, f"{house.name} (Does not offer this)"]


# Where it is found


def test_the_case_and_today_lead_to_it(browser_client, case, worker, seven):
    client = browser_client(worker)
    assert f'href="{page_of(case)}"' in client.get(f"/cases/{case.pk}/care/").content.decode()
    assert f'href="{page_of(case)}"' in client.get("/").content.decode()
    Referral.objects.update(status="withdrawn")
    assert page_of(case) not in client.get(f"/cases/{case.pk}/care/").content.decode()


def test_whoever_may_not_send_is_not_led_there(browser_client, case, field_officer, seven):
    factories.assignment(case, field_officer)
    page = browser_client(field_officer).get(f"/cases/{case.pk}/care/").content.decode()
    assert page_of(case) not in page


def test_it_was_sent_now(browser_client, case, worker, seven, clinic, house):
    client = browser_client(worker)
    client.post(page_of(case), form_of(client, case))
    first = Referral.objects.order_by("sent_at").first().sent_at
    assert timezone.now() - first < timedelta(minutes=5)
