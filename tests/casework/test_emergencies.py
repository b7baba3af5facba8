"""A case closed to someone is read in an emergency: told at once, for an hour, reviewed after."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Notice
from accounts.sign_in.session import MARK
from casework.case_pages import SECTIONS
from casework.context import emergency
from casework.models import BreakGlass, Case
from casework.services import emergencies
from casework.services.emergencies import break_glass, end_emergency, review_glass
from core.access import ScopedQuerySet
from core.context import session_mark
from core.services import Refused, StepUp
from tests import factories
from tests.case_pages import pages_of, whole
from tests.clients import force_login
from tests.factories.knowing import HERE
from tests.meta.addresses import of_kind
from tests.meta.tables import execute, table, walled
from tests.whole import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
# To look for a reason, and to close the case to oneself.
ALLOWED = {"victims:reveal", "casework:declare-conflict", "casework:end-emergency"}
REASON = "S-2 was called by the owner an hour ago"


@pytest.fixture
def lead(office):
    return factories.user("safeguarding_lead", office)


@pytest.fixture
def watch(lead):
    """Everybody who is told of what happens in the office, beside the team."""
    return {
        "lead": lead,
        "global lead": factories.user("safeguarding_lead", factories.office("global")),
        "manager": factories.user("case_manager", factories.office()),
    }


@pytest.fixture
def glass(case, watch, colleague):
    return break_glass(case, reason=REASON, actor=colleague)


def shift(glass, **by):
    """As the owner of the database: time passes."""
    for name in ("started_at", "expires_at"):
        setattr(glass, name, getattr(glass, name) - timedelta(**by))
    glass.save(update_fields=["started_at", "expires_at"])


def state():
    """Every row of case data, as it is."""
    return {model: list(model.objects.order_by("pk").values()) for model in walled()}


def told(kind="glass-broken"):
    return set(Notice.objects.filter(kind=kind).values_list("user", "target_id"))


def test_the_page_opens_the_case_for_an_hour(
    browser_client, case, watch, colleague, field_officer, said, recorded
):
    rescue = factories.rescue(case)
    page = browser_client(colleague)
    shown = page.get(f"/cases/{case.pk}/")
    assert f"/cases/{case.pk}/emergency/" in shown.content.decode()
    assert "Its team and the safeguarding lead" in said(page.get(f"/cases/{case.pk}/emergency/"))
    answer = page.post(f"/cases/{case.pk}/emergency/", {"reason": REASON})
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/")
    glass = BreakGlass.objects.get()
    assert glass.expires_at - glass.started_at == timedelta(minutes=60)
    assert page.get(f"/cases/{case.pk}/investigation/").content.decode().count('id="rescues"') == 1
    assert browser_client(colleague).get(f"/cases/{rescue.case_id}/").status_code == 200
    people = {(user.pk, glass.pk) for user in watch.values()}
    assert told() == people | {(field_officer.pk, case.pk)}
    assert recorded("breakglass.opened") == [(colleague.pk, str(glass.pk))]


def test_it_is_read_only_and_reaches_names(browser_client, case, glass, colleague):
    person = factories.identity(case, full_name="Canary Ivory").victim.involvements.get()
    page = browser_client(colleague)
    html = whole(page, case.pk)
    assert {f'id="{name}"' in html for name in ("rescues", "survivors", "team", "care")} == {True}
    shown = page.post(f"/people/{person.pk}/name/", {"reason": "medical"})
    assert "Canary Ivory" in shown.content.decode()
    main = html.partition('<main id="main"')[2].partition("</main>")[0]
    forms = [form for form in main.split("<form")[1:] if "/name/" not in form[:200]]
    assert forms == []
    main = main.replace(f"/cases/{case.pk}/conflicts/new/", "")  # closes it to oneself
    assert not [path for path in ("/new/", "/assign/", "/correct/") if path in main]
    before = list(Case.objects.values_list("pk", "version", "status"))
    answer = page.post(f"/cases/{case.pk}/move/", {"step": "assess", "version": "1"})
    assert answer.status_code == 403
    assert list(Case.objects.values_list("pk", "version", "status")) == before


def test_whoever_breaks_it_is_offered_no_verb(browser_client, case, office, watch):
    """Also of courts and care, to those who do that work elsewhere."""
    person = factories.user("legal_officer", office)
    factories.membership(person, "aftercare_worker", office)
    for make in (factories.complaint, factories.charge, factories.decision, factories.referral):
        make(case)
    break_glass(case, reason=REASON, actor=person)
    html = whole(browser_client(person), case.pk)
    main = "".join(re.findall(r'<main id="main".*?</main>', html, re.DOTALL))
    offered = re.findall(r'(?:href|action)="(/(?!cases/")[^"#]+)"', main)
    assert 'id="court"' in main
    of_case = rf"/cases/{case.pk}/(timeline/|summary/$|conflicts/new/$|$|({'|'.join(SECTIONS)})/$)"
    to_read = re.compile(rf"/perpetrators/[-\w]+/$|/survivors/[-\w]+/(ledger/)?$|{of_case}")
    assert [path for path in offered if not to_read.match(path)] == []


def test_nothing_can_be_written_through_any_door(browser_client, api, case, glass, colleague):
    """What needs no form answers 403 at once; a form that would be shown again changes nothing."""
    for model in walled():
        if model is not Case:
            factories.FACTORIES[model](case=case)
    page, wrong = browser_client(colleague), []
    before = state()
    for address in share(of_kind("page"), "emergency", one_in=12, name=lambda one: one.name):
        if address.model in walled() and address.keys and "post" in address.declared:
            if address.name in ALLOWED:
                continue
            row = case if address.model is Case else address.model.objects.first()
            status = page.post(address.path(row.pk)).status_code
            wrong += [f"{address.name}: {status}"] if status < 400 else []
    assert wrong == []
    assert state() == before


def test_every_page_says_so_until_it_is_ended(browser_client, case, glass, colleague, said):
    page = browser_client(colleague)
    for path in ("/", "/cases/", f"/cases/{case.pk}/", "/field/rescues/new/", "/notices/"):
        shown = page.get(path)
        assert "open to you in an emergency" in said(shown), path
        assert f'action="/emergencies/{glass.pk}/end/"' in shown.content.decode()
    assert page.post(f"/emergencies/{glass.pk}/end/")["Location"] == "/"
    assert "in an emergency" not in said(page.get("/"))
    assert 'id="rescues"' not in whole(page, case.pk)


def test_people_without_an_emergency_pay_no_query(
    browser_client, colleague, django_assert_num_queries, case, watch
):
    colleague.standing  # noqa: B018 - resolved, as on every page that shows a case
    request = type("Request", (), {"user": colleague})
    with django_assert_num_queries(0):
        assert emergency(request) == {}


def test_after_the_hour_it_is_closed(browser_client, case, glass, colleague):
    shift(glass, minutes=61)
    html = whole(browser_client(colleague), case.pk)
    assert 'id="rescues"' not in html
    assert "in an emergency until" not in html


def test_without_a_step_up_nothing_is_opened(case, watch, colleague, monkeypatch):
    monkeypatch.setattr("core.services.confirmed", lambda: False)
    with pytest.raises(StepUp):
        break_glass(case, reason=REASON, actor=colleague)
    assert not BreakGlass.objects.exists()


def test_who_does_not_know_the_case_cannot_open_it(browser_client, case, watch, office, colleague):
    stranger = factories.user("field_officer", factories.office("manila", "PH-MNL"))
    sealed = factories.case(office, level=4)
    tied = factories.case(office)
    factories.conflict(tied, colleague)
    for person, closed in ((stranger, case), (colleague, sealed), (colleague, tied)):
        page = browser_client(person)
        for answer in (
            page.get(f"/cases/{closed.pk}/emergency/"),
            page.post(f"/cases/{closed.pk}/emergency/", {"reason": REASON}),
        ):
            assert answer.status_code == 404
        with pytest.raises(PermissionDenied):
            break_glass(closed, reason=REASON, actor=person)
    assert not BreakGlass.objects.exists()
    assert not Notice.objects.exists()


def test_what_is_open_already_is_not_opened(browser_client, case, watch, field_officer):
    with pytest.raises(Refused, match="already open to you"):
        break_glass(case, reason=REASON, actor=field_officer)
    page = browser_client(watch["manager"])
    assert page.get(f"/cases/{case.pk}/emergency/").status_code == 409


def test_a_short_reason_is_refused(browser_client, case, watch, colleague):
    with pytest.raises(Refused, match="at least 20"):
        break_glass(case, reason="urgent" + " " * 20, actor=colleague)
    page = browser_client(colleague)
    assert page.post(f"/cases/{case.pk}/emergency/", {"reason": "urgent"}).status_code == 400
    assert not BreakGlass.objects.exists()


def test_one_at_a_time(case, office, glass, colleague):
    other = factories.case(office)
    with pytest.raises(Refused, match="End that first"):
        break_glass(other, reason=REASON, actor=colleague)
    end_emergency(glass, actor=colleague)
    assert break_glass(other, reason=REASON, actor=colleague).pk
    shift(BreakGlass.objects.get(case=other), minutes=61)
    assert break_glass(case, reason=REASON, actor=type(colleague).objects.get(pk=colleague.pk)).pk


def test_where_nobody_could_be_told_it_is_refused(office, colleague):
    case = factories.case(office)
    with pytest.raises(Refused, match="There is nobody to be told"):
        break_glass(case, reason=REASON, actor=colleague)
    assert not BreakGlass.objects.exists()


def test_who_has_a_conflict_is_not_told(case, watch, colleague, field_officer):
    for person in (watch["manager"], field_officer):
        factories.conflict(case, person)
    glass = break_glass(case, reason=REASON, actor=colleague)
    assert told() == {(watch[name].pk, glass.pk) for name in ("lead", "global lead")}


def test_a_case_manager_ends_it_at_once(browser_client, case, glass, watch, colleague):
    page = browser_client(watch["manager"])
    assert f"/emergencies/{glass.pk}/end/" in page.get("/emergencies/").content.decode()
    assert page.post(f"/emergencies/{glass.pk}/end/")["Location"] == "/emergencies/"
    assert 'id="rescues"' not in whole(browser_client(colleague), case.pk)


def test_a_colleague_does_not_end_it(browser_client, glass):
    other = factories.user("field_officer")
    assert browser_client(other).post(f"/emergencies/{glass.pk}/end/").status_code == 404
    with pytest.raises(PermissionDenied):
        end_emergency(glass, actor=other)


def test_a_safeguarding_lead_reviews_it(browser_client, case, glass, lead, colleague, said):
    browser_client(colleague).get(f"/cases/{case.pk}/investigation/")
    browser_client(colleague).get(f"/cases/{case.pk}/investigation/")
    page = browser_client(lead)
    assert "Review " + case.reference in said(page.get("/"))
    shown = said(page.get(f"/emergencies/{glass.pk}/review/"))
    assert REASON in shown
    assert "Reads of the case in this time 2" in shown
    words = {"finding": "unjustified", "remark": "Nobody had been called"}
    answer = page.post(f"/emergencies/{glass.pk}/review/", words)
    assert (answer.status_code, answer["Location"]) == (302, "/emergencies/")
    glass.refresh_from_db()
    assert (glass.status, glass.reviewed_by) == ("reviewed", lead)
    assert told("glass-unjustified") == {(colleague.pk, glass.pk)}
    assert "Not justified" in said(page.get("/emergencies/"))
    assert case.reference not in said(page.get("/"))
    with pytest.raises(Refused):
        review_glass(glass, finding="justified", remark="Again", actor=lead)


def test_a_review_closes_what_is_still_open(browser_client, case, glass, lead, colleague):
    review_glass(glass, finding="unjustified", remark="Ended", actor=lead)
    assert 'id="rescues"' not in whole(browser_client(colleague), case.pk)


def test_nobody_reviews_their_own(browser_client, case, office, watch):
    both = factories.user("field_officer", office)
    factories.membership(both, "safeguarding_lead", office)
    glass = break_glass(case, reason=REASON, actor=both)
    with pytest.raises(Refused, match="Somebody else"):
        review_glass(glass, finding="justified", remark="I know", actor=both)
    page = browser_client(both)
    assert f"/emergencies/{glass.pk}/review/" not in page.get("/").content.decode()
    assert f"/emergencies/{glass.pk}/review/" not in page.get("/emergencies/").content.decode()


def test_who_watches_but_does_not_review(browser_client, glass, watch):
    page = browser_client(watch["manager"])
    assert REASON in page.get("/emergencies/").content.decode()
    assert page.get(f"/emergencies/{glass.pk}/review/").status_code == 403


def test_after_72_hours_it_is_overdue(browser_client, glass, lead, said):
    page = browser_client(lead)
    assert "due in 3 days" in said(page.get("/"))
    assert "Open now" in said(page.get("/emergencies/"))
    shift(glass, hours=72, seconds=1)
    assert "due today" in said(page.get("/"))
    words = said(page.get("/emergencies/"))
    assert "Overdue" in words
    assert "Open now" not in words
    review_glass(glass, finding="justified", remark="Late", actor=lead)
    assert "Overdue" not in said(page.get("/emergencies/"))


def test_programs_use_the_same_verbs(api, case, watch, colleague, lead):
    made = api(colleague).post("emergencies/", {"case": str(case.pk), "reason": REASON})
    assert made.status_code == 201
    pk = made.json()["id"]
    assert [row["id"] for row in api(lead).get("emergencies/").json()["results"]] == [pk]
    assert api(colleague).get("emergencies/").status_code == 403
    assert api(factories.user()).post(f"emergencies/{pk}/end/").status_code == 404
    assert api(colleague).post(f"emergencies/{pk}/end/").json()["status"] == "ended"
    body = {"finding": "justified", "remark": "She was called"}
    assert api(lead).post(f"emergencies/{pk}/review/", body).json()["finding"] == "justified"


@pytest.mark.django_db(transaction=True)
def test_a_grant_and_its_notices_are_one_transaction(real_rows, monkeypatch):
    office = factories.office()
    case = factories.assignment(user=factories.user("field_officer", office)).case
    person = factories.user("field_officer", office)
    factories.user("safeguarding_lead", office)

    def broken(_actor):
        assert BreakGlass.objects.exists()
        assert Notice.objects.exists()
        raise RuntimeError

    monkeypatch.setattr(emergencies.context, "refresh", broken)
    with pytest.raises(RuntimeError):
        break_glass(case, reason=REASON, actor=person)
    assert not BreakGlass.objects.exists()
    assert not Notice.objects.exists()
    monkeypatch.undo()
    with transaction.atomic():
        break_glass(case, reason=REASON, actor=person)
    assert BreakGlass.objects.count() == 1
    assert timezone.now() < BreakGlass.objects.get().expires_at


def elsewhere(client):
    """This client in a session of its own."""
    session = client.session
    session[MARK] = str(uuid.uuid4())
    session.save()
    return client


@pytest.fixture(params=["both walls", "the first wall alone", "the second wall alone"])
def walls(request, monkeypatch, case):
    if request.param == "the first wall alone":
        for model in walled():
            execute(f"alter table {table(model)} disable row level security")
    if request.param == "the second wall alone":
        monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, user: rows)


def test_it_opens_the_case_to_the_session_that_confirmed_and_to_no_key(
    browser_client, api, case, watch, colleague, walls
):
    here, other = browser_client(colleague), elsewhere(browser_client(colleague))
    rescue = factories.rescue(case)
    here.post(f"/cases/{case.pk}/emergency/", {"reason": REASON})
    path = f"/api/v1/rescues/{rescue.pk}/"
    assert here.get(path).status_code == 200
    assert other.get(path).status_code == 404
    assert api(colleague).get(f"rescues/{rescue.pk}/").status_code == 404
    assert api(colleague).get(f"rescues/?case={case.pk}").json()["results"] == []
    assert "emergency" not in other.get("/").content.decode().partition("<main")[0]


def test_a_new_sign_in_is_another_session(browser_client, case, watch, colleague):
    page = browser_client(colleague)
    page.post(f"/cases/{case.pk}/emergency/", {"reason": REASON})
    rescue = factories.rescue(case)
    assert page.get(f"/api/v1/rescues/{rescue.pk}/").status_code == 200
    force_login(page, colleague)
    again = page.session[MARK]
    assert again != str(HERE)
    assert not any(b'id="rescues"' in page.get(one).content for one in pages_of(case.pk))


def test_nobody_opens_one_without_a_session(case, watch, colleague):
    token = session_mark.set(None)
    with pytest.raises(Refused, match="signed in"):
        break_glass(case, reason=REASON, actor=colleague)
    session_mark.reset(token)


@pytest.mark.parametrize("reason", ["a" * 20, "asdf" * 5, "1234567890" * 2, "." * 30])
def test_a_reason_says_something(browser_client, case, watch, colleague, said, reason):
    page = browser_client(colleague)
    answer = page.post(f"/cases/{case.pk}/emergency/", {"reason": reason})
    assert answer.status_code == 409
    assert "Say why in words: who needs what" in said(answer)
    assert not BreakGlass.objects.exists()
    body = {"case": str(case.pk), "reason": reason}
    told_so = page.post("/api/v1/emergencies/", body, content_type="application/json")
    assert told_so.status_code == 400
    assert "Say why in words" in told_so.json()["errors"]["reason"][0]
