"""Networks: begun from a suspect, shown as far as their members are open."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.services import Refused, Stale
from prosecutions.models import Arrest, Network, NetworkMember
from prosecutions.networks import arrested_share, members_as_of
from prosecutions.services.networks import (
    add_member,
    begin_network,
    change_member,
    mark_network,
)
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 30)


@pytest.fixture
def suspect(case):
    return factories.suspect(case, name="Invented Recruiter")


@pytest.fixture
def network(suspect):
    return justice.network_member(suspect=suspect).network


@pytest.fixture
def abroad(network):
    """A member of the same network in a case of another office, closed to the lawyer."""
    case = factories.case(factories.office("manila", "PH-MNL"), jurisdiction=factories.place("KH"))
    suspect = factories.suspect(case, name="Unseen Offender")
    return justice.network_member(suspect=suspect, network=network)


@pytest.fixture
def everywhere(db):
    """A case manager of the global office."""
    return factories.user("case_manager", factories.office("global"))


def test_a_network_begins_from_a_suspect(suspect, lawyer, recorded):
    network = begin_network(suspect, role="organiser", identified_on=DAY, actor=lawyer)
    member = NetworkMember.objects.get()
    assert (member.network, member.suspect, member.case) == (network, suspect, suspect.case)
    assert (member.role, member.known_on) == ("organiser", DAY)
    assert (network.status, network.identified_on) == ("active", DAY)
    assert network.code.startswith("N-")
    assert recorded("network.begun") == [(lawyer.pk, str(network.pk))]


def test_a_second_suspect_joins_once(network, case, lawyer, recorded):
    other = factories.suspect(case)
    member = add_member(other, network=network, role="transporter", known_on=DAY, actor=lawyer)
    assert recorded("networkmember.added") == [(lawyer.pk, str(member.pk))]
    with pytest.raises(Refused, match="already a member of the network"):
        add_member(other, network=network, role="other", known_on=DAY, actor=lawyer)
    assert NetworkMember.objects.count() == 2


def test_days_to_come_are_refused(network, case, lawyer):
    other, ahead = factories.suspect(case), date(2999, 1, 1)
    with pytest.raises(Refused, match="future"):
        begin_network(other, role="other", identified_on=ahead, actor=lawyer)
    with pytest.raises(Refused, match="future"):
        add_member(other, network=network, role="other", known_on=ahead, actor=lawyer)
    member = NetworkMember.objects.get()
    with pytest.raises(Refused, match="future"):
        change_member(member, version=1, role="other", left_on=ahead, actor=lawyer)


def test_a_member_is_changed_by_version_and_leaves_after_joining(network, lawyer):
    member = NetworkMember.objects.get()
    with pytest.raises(Refused, match="A member cannot leave a network before joining it"):
        change_member(member, version=1, role="recruiter", left_on=date(2026, 3, 29), actor=lawyer)
    change_member(member, version=1, role="financier", left_on=DAY, actor=lawyer)
    member.refresh_from_db()
    assert (member.role, member.left_on, member.version) == ("financier", DAY, 2)
    with pytest.raises(Stale):
        change_member(member, version=1, role="recruiter", actor=lawyer)


def test_a_network_is_marked_by_version(network, lawyer, recorded):
    assert mark_network(network, version=1, status="dormant", actor=lawyer).status == "dormant"
    assert recorded("network.marked") == [(lawyer.pk, str(network.pk))]
    with pytest.raises(Stale):
        mark_network(network, version=1, status="active", actor=lawyer)
    with pytest.raises(Refused, match="active, dormant or broken up"):
        mark_network(network, version=2, status="gone", actor=lawyer)


def test_who_has_no_member_there_changes_nothing(network, office):
    """Neither who holds the verb in another case, nor who is on the case without the verb."""
    stranger = factories.user("legal_officer", office)
    own = factories.suspect(factories.assignment(user=stranger).case)
    worker = factories.user("aftercare_worker", office)
    factories.assignment(NetworkMember.objects.get().case, worker)
    for actor in (stranger, worker):
        with pytest.raises(PermissionDenied):
            mark_network(network, version=1, status="dormant", actor=actor)
        with pytest.raises(PermissionDenied):
            add_member(own, network=network, role="other", known_on=DAY, actor=actor)
        with pytest.raises(PermissionDenied):
            change_member(NetworkMember.objects.get(), version=1, role="other", actor=actor)
        with pytest.raises(PermissionDenied):
            begin_network(
                NetworkMember.objects.get().suspect, role="other", identified_on=DAY, actor=actor
            )


# The arrested share (measures.md 22)


def share(day):
    return arrested_share(members_as_of(NetworkMember.objects.all(), Arrest.objects.all(), day))


def test_the_share_counts_persons_known_and_arrested_by_the_day(network, case):
    arrest = factories.arrest(case)  # on 10 March
    justice.network_member(suspect=arrest.suspect, network=network, known_on=date(2026, 4, 2))
    assert share(date(2026, 3, 29)) == (0, 0), "nobody is known before"
    assert share(DAY) == (0, 1)
    assert share(date(2026, 4, 2)) == (1, 2)
    later = Arrest.objects.create(
        case=case, suspect=NetworkMember.objects.earliest("created_at").suspect, arrested_on=DAY
    )
    assert share(date(2026, 4, 2)) == (2, 2)
    later.arrested_on = date(2026, 5, 1)
    later.save()
    assert share(date(2026, 4, 30)) == (1, 2)


def test_an_arrest_for_another_case_counts(network, suspect):
    elsewhere = factories.suspect(name="Unseen")
    elsewhere.perpetrator = suspect.perpetrator
    elsewhere.save()
    Arrest.objects.create(case=elsewhere.case, suspect=elsewhere, arrested_on=DAY)
    assert share(DAY) == (1, 1)


def merge(kept, other):
    other.merged_into = kept
    other.save()


def test_merged_records_are_one_member_whichever_was_arrested(network, suspect, case):
    """The arrest stands at the record that was merged, then at the one that stands for both."""
    for kept in (True, False):
        arrest = factories.arrest(case)
        justice.network_member(suspect=arrest.suspect, network=network)
        both = (suspect.perpetrator, arrest.suspect.perpetrator)
        assert share(DAY) == (1, 2)
        merge(*(both if kept else reversed(both)))
        assert share(DAY) == (1, 1)
        merge(None, both[1 if kept else 0])
        NetworkMember.objects.filter(suspect=arrest.suspect).delete()


def test_who_left_is_counted_until_then(network):
    NetworkMember.objects.update(left_on=date(2026, 5, 1))
    assert share(date(2026, 4, 30)) == (0, 1)
    assert share(date(2026, 5, 1)) == (0, 0)


# Pages


def test_the_page_shows_members_once_and_the_share(page, network, suspect, lawyer, said):
    arrested = factories.arrest(suspect.case).suspect
    justice.network_member(suspect=arrested, network=network, role="transporter")
    answer = page.get(f"/networks/{network.pk}/")
    words = said(answer)
    assert "Invented Recruiter" in words
    assert "1 of 2 members shown here arrested" in words
    as_of = said(page.get(f"/networks/{network.pk}/?as_of=2026-03-01"))
    assert "None of the members shown here was known by 1 Mar 2026" in as_of
    for odd in ("tomorrow", "2026-02-30", "%00", "9" * 400):
        assert page.get(f"/networks/{network.pk}/?as_of={odd}").status_code == 200


def seen(page, network):
    """The page without what changes from request to request."""
    content = page.get(f"/networks/{network.pk}/").content.decode()
    return [line for line in content.splitlines() if "csrf" not in line]


def test_hidden_members_change_nothing_for_who_may_not_see_them(
    page, browser_client, network, everywhere, abroad
):
    whole = seen(browser_client(everywhere), network)
    assert any("Unseen Offender" in line for line in whole)
    before = seen(page, network)
    assert not any("Unseen Offender" in line or "Cambodia" in line for line in before)
    for _ in range(3):
        hidden = factories.suspect(abroad.case, name="Unseen Third")
        justice.network_member(suspect=hidden, network=network)
        justice.corridor_leg(corridor=justice.corridor(abroad.case, network=network))
    factories.case_link(abroad.case, other=network.members.earliest("created_at").case)
    assert seen(page, network) == before
    assert seen(browser_client(everywhere), network) != whole


def test_a_network_without_an_open_member_does_not_exist(page, network, browser_client, office):
    stranger = browser_client(factories.user("case_manager", factories.office("manila", "PH-MNL")))
    assert stranger.get(f"/networks/{network.pk}/").status_code == 404
    assert page.get(f"/networks/{network.pk}/").status_code == 200
    listed = stranger.get("/networks/").content.decode()
    assert network.code not in listed
    assert "No network yet" in listed


def test_the_list_is_narrowed_by_what_is_seen(page, network, abroad, browser_client, everywhere):
    other = justice.network(NetworkMember.objects.earliest("created_at").case)
    Network.objects.filter(pk=other.pk).update(status="dormant")
    both = page.get("/networks/").content.decode()
    assert network.code in both
    assert other.code in both
    dormant = page.get("/networks/?status=dormant").content.decode()
    assert network.code not in dormant
    assert other.code in dormant
    assert 'value="KH"' not in both, "the country of a hidden member is not offered"
    ignored = page.get("/networks/?country=KH&status=odd&cursor=").content.decode()
    assert network.code in ignored
    narrowed = browser_client(everywhere).get("/networks/?country=KH").content.decode()
    assert network.code in narrowed
    assert other.code not in narrowed
    assert page.get("/networks/?cursor=odd").status_code == 302


def test_the_pages_of_the_verbs(page, case, suspect, lawyer, said):
    body = {"suspect": str(suspect.pk), "role": "organiser", "identified_on": "2026-03-30"}
    address = f"/cases/{case.pk}/networks/new/"
    assert page.get(address).status_code == 200
    assert page.post(address, body | {"identified_on": "2999-01-01"}).status_code == 400
    stranger = factories.suspect()
    assert page.post(address, body | {"suspect": str(stranger.pk)}).status_code == 400
    assert page.post(address, body | {"key": "k"}).status_code == 302
    network = Network.objects.get()
    other = factories.suspect(case)
    address = f"/cases/{case.pk}/network-members/new/"
    assert network.code in page.get(address).content.decode()
    body = {"suspect": str(other.pk), "role": "recruiter", "known_on": "2026-03-30"}
    hidden = justice.network()
    for code in (hidden.code, "N-000000", "\0", "odd"):
        answer = page.post(address, body | {"network": code})
        assert answer.status_code == 400, code
    assert "Not found, or not open to you." in said(page.post(address, body | {"network": "odd"}))
    assert page.post(address, body | {"network": network.code.lower()}).status_code == 302
    member = NetworkMember.objects.get(suspect=other)
    address = f"/network-members/{member.pk}/change/"
    body = {"role": "guard", "version": "1"}
    assert page.post(address, body).status_code == 400
    assert page.post(address, body | {"role": "harbourer"}).status_code == 302
    assert page.post(address, body | {"role": "financier"}).status_code == 409
    address = f"/networks/{network.pk}/status/"
    assert page.post(address, {"status": "broken_up", "version": "1"}).status_code == 302
    assert page.post(address, {"status": "active", "version": "1"}).status_code == 409
    assert page.post(address, {"status": "odd", "version": "2"}).status_code == 409
    shown = said(page.get(f"/cases/{case.pk}/network/"))
    assert f"{network.code} Broken up" in shown
    assert "Keeps people" in shown


def test_the_interface_keeps_the_same_rules(api, case, suspect, lawyer):
    client = api(lawyer)
    begun = client.post(
        "networks/",
        {"suspect": str(suspect.pk), "role": "organiser", "identified_on": "2026-03-30"},
    )
    assert begun.status_code == 201
    network = begun.json()
    changed = client.patch(f"networks/{network['id']}/", {"status": "dormant"}, If_Match='"1"')
    assert (changed.status_code, changed.json()["status"]) == (200, "dormant")
    other = factories.suspect(case)
    body = {"network": network["id"], "suspect": str(other.pk), "role": "recruiter"}
    refused = client.post("network-members/", body | {"known_on": "2999-01-01"})
    assert refused.status_code == 400
    added = client.post("network-members/", body | {"known_on": "2026-04-01"}).json()
    assert client.post("network-members/", body | {"known_on": "2026-04-01"}).status_code == 409
    left = client.patch(
        f"network-members/{added['id']}/", {"left_on": "2026-05-01"}, If_Match='"1"'
    )
    assert (left.json()["role"], left.json()["left_on"]) == ("recruiter", "2026-05-01")
    kept = client.patch(f"network-members/{added['id']}/", {"left_on": None}, If_Match='"2"')
    assert kept.json()["left_on"] is None
    for odd in ({"role": 4}, {"role": "\0"}, {"left_on": "soon"}, {"known_on": "2026-01-01"}):
        assert (
            client.patch(f"network-members/{added['id']}/", odd, If_Match='"3"').status_code == 400
        )


@pytest.mark.nightly
def test_the_queries_do_not_grow(page, network, case):
    def count():
        with CaptureQueriesContext(connection) as taken:
            assert page.get(f"/networks/{network.pk}/").status_code == 200
            assert page.get("/networks/").status_code == 200
            assert page.get(f"/cases/{case.pk}/network/").status_code == 200
        return len(taken)

    def grow():
        arrest = factories.arrest(case)
        justice.network_member(suspect=arrest.suspect, network=network)
        justice.corridor_leg(corridor=justice.corridor(case, network=network))
        justice.network_member(suspect=arrest.suspect)
        factories.charge(case, suspect=arrest.suspect)

    grow()
    one = count()
    for _ in range(3):
        grow()
    assert count() == one
