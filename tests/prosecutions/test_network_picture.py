"""The picture of a network: the same bytes for the same facts, and nothing of what is hidden."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from django.conf import settings

from prosecutions.drawing import CASE, MEMBER, MOST, PLACE, Link, Node, draw, fitted
from tests import factories
from tests.factories import justice

NODES = [
    Node("a", MEMBER, 'Invented <One> & "Two"', marked=True),
    Node("b", MEMBER, "নাম"),
    Node("k", CASE, "KOL-2026-0001"),
    Node("KH", PLACE, "Cambodia"),
    Node("TH", PLACE, "Thailand"),
]
LINKS = [Link("a", "k"), Link("b", "k"), Link("k", "KH"), Link("KH", "TH", way=True)]


def drawn(nodes=NODES, links=LINKS):
    return str(draw(nodes, links, title="Network <N-1>", words="Words & words"))


def test_the_order_of_what_is_drawn_changes_nothing():
    assert drawn() == drawn(NODES[::-1], LINKS[::-1] + LINKS)


def test_labels_are_escaped_and_the_picture_says_what_it_is():
    root = ElementTree.fromstring(drawn())
    assert root.get("role") == "img"
    title, words = root.find("title"), root.find("desc")
    assert (title.text, words.text) == ("Network <N-1>", "Words & words")
    assert root.get("aria-labelledby").split() == [title.get("id"), words.get("id")]
    labels = [text.text for text in root.iter("text")]
    assert 'Invented <One> & "Two"' in labels
    assert len(labels) == len(NODES)
    assert "style=" not in drawn(), "the content policy allows none"
    assert "javascript" not in drawn().lower()


def test_no_two_labels_share_a_line_and_none_leaves_the_picture():
    root = ElementTree.fromstring(drawn())
    heights = [int(text.get("y")) for text in root.iter("text")]
    assert min(b - a for a, b in zip(sorted(heights), sorted(heights)[1:], strict=False)) > 20
    width, height = (int(n) for n in root.get("viewBox").split()[2:])
    assert max(heights) < height
    for text in root.iter("text"):
        room = int(text.get("x"))
        room = room if "end" in text.get("class") else width - room
        assert room >= 6.5 * min(len(text.text), 24), text.text


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Short", "Short"),
        ("x" * 24, "x" * 24),
        ("x" * 25, "x" * 24 + "…"),
        ("名" * 12, "名" * 12),
        ("名" * 13, "名" * 12 + "…"),
    ],
)
def test_a_long_label_is_cut(label, shown):
    assert fitted(label) == shown


def test_one_node_alone_is_drawn():
    assert "<circle" in drawn(NODES[:1], [])


@pytest.mark.nightly
def test_pages_start_without_numpy():
    """A second and 30 MB that only this picture and publishing need."""
    script = (
        "import django, sys; django.setup(); import casework.conf.urls;"
        " print({'numpy'} & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "casework.conf.settings"},
    )
    assert found.stdout.strip() == "set()"


# On the page


def picture_of(page, network):
    content = page.get(f"/networks/{network.pk}/").content.decode()
    return re.search(r'<svg class="net" .*?</svg>', content)[0]


@pytest.fixture
def network(case):
    known = factories.suspect(case, name="Invented Recruiter")
    network = justice.network_member(suspect=known).network
    way = justice.corridor(case, network=network)
    for position, code in enumerate(("KH", "TH"), 1):
        justice.corridor_leg(
            corridor=way, position=position, kind="transit", jurisdiction=factories.place(code)
        )
    return network


@pytest.fixture
def readers(browser_client, page, office):
    """One of the office, one of another office who sees other members, one who sees all."""
    manila = factories.office("manila", "PH-MNL")
    return {
        "kolkata": page,
        "manila": browser_client(factories.user("case_manager", manila)),
        "global": browser_client(factories.user("case_manager", factories.office("global"))),
    }


@pytest.mark.django_db
def test_each_reader_is_drawn_their_own_members(readers, network):
    there = factories.case(factories.office("manila", "PH-MNL"), jurisdiction=factories.place("PH"))
    hidden = factories.suspect(there, name="Unseen Offender")
    justice.network_member(suspect=hidden, network=network)
    shown = {name: picture_of(page, network) for name, page in readers.items()}
    assert "Invented Recruiter" in shown["kolkata"]
    assert "Cambodia" in shown["kolkata"]
    for word in ("Unseen", there.reference, "Philippines"):
        assert word not in shown["kolkata"]
        assert word in shown["manila"]
        assert word in shown["global"]
    for word in ("Invented Recruiter", "Cambodia"):
        assert word not in shown["manila"]
        assert word in shown["global"]


@pytest.mark.django_db
def test_hidden_members_do_not_move_a_pixel(readers, network):
    before = picture_of(readers["kolkata"], network)
    whole = picture_of(readers["global"], network)
    there = factories.case(factories.office("manila", "PH-MNL"), jurisdiction=factories.place("PH"))
    for number in range(3):
        hidden = factories.suspect(there, name=f"Unseen {number}")
        justice.network_member(suspect=hidden, network=network)
    way = justice.corridor(there, network=network)
    justice.corridor_leg(corridor=way)
    factories.case_link(there, other=network.members.order_by("created_at").first().case)
    assert picture_of(readers["kolkata"], network) == before
    assert picture_of(readers["global"], network) != whole


@pytest.mark.django_db
def test_merged_records_are_one_node(page, network, case):
    one = network.members.get().suspect.perpetrator
    other = factories.suspect(case, name="Invented Recruiter")
    justice.network_member(suspect=other, network=network)
    assert picture_of(page, network).count("net__member") == 2
    other.perpetrator.merged_into = one
    other.perpetrator.save()
    assert picture_of(page, network).count("net__member") == 1


@pytest.mark.django_db
def test_who_left_is_not_drawn_and_an_arrest_is(page, network, case):
    arrested = factories.arrest(case).suspect
    left = justice.network_member(suspect=arrested, network=network)
    assert picture_of(page, network).count("net__marked") == 1
    left.left_on = left.known_on
    left.save()
    assert picture_of(page, network).count("net__marked") == 0


@pytest.mark.django_db
def test_a_thicket_is_not_drawn(page, network, case, said):
    for _ in range(MOST):
        justice.network_member(case, network=network)
    answer = page.get(f"/networks/{network.pk}/")
    assert "Too many to draw legibly" in said(answer)
    assert 'class="net"' not in answer.content.decode()


# For programs


def standing_of(client, network, query=""):
    return client.get(f"networks/{network.pk}/standing/{query}")


@pytest.mark.django_db
def test_programs_are_told_the_arrested_share_of_a_day_and_the_same_picture(
    api, page, network, case, lawyer
):
    suspect = factories.suspect(case)
    suspect.arrests.create(case=case, arrested_on="2026-05-02")
    justice.network_member(suspect=suspect, network=network, known_on="2026-04-01")
    days = {"2026-03-31": (0, 1), "2026-05-01": (0, 2), "2026-05-02": (1, 2)}
    for day, expected in days.items():
        told = standing_of(api(lawyer), network, f"?as_of={day}").json()
        assert (told["as_of"], told["arrested"], told["known"]) == (day, *expected)
    told = standing_of(api(lawyer), network).json()
    assert (told["arrested"], told["known"], told["thicket"]) == (1, 2, False)
    root = ElementTree.fromstring(told["picture"])
    assert root.get("role") == "img"
    assert told["picture"] in page.get(f"/networks/{network.pk}/").content.decode()
    for query in ("?as_of=tomorrow", "?as_of=2999-01-01", "?day=2026-05-01"):
        assert standing_of(api(lawyer), network, query).status_code == 400, query


@pytest.mark.django_db
def test_programs_are_told_nothing_of_members_that_are_hidden(api, network, case, lawyer):
    before = standing_of(api(lawyer), network).json()
    there = factories.case(factories.office("manila", "PH-MNL"), jurisdiction=factories.place("PH"))
    hidden = factories.suspect(there, name="Unseen Offender")
    justice.network_member(suspect=hidden, network=network)
    hidden.arrests.create(case=there, arrested_on="2026-05-02")
    assert standing_of(api(lawyer), network).json() == before
    stranger = factories.user("legal_officer", case.office)
    assert standing_of(api(stranger), network).status_code == 404
