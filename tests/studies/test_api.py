"""Studies for programs: the same verbs, shapes that say what is wrong, marks in every answer."""

from __future__ import annotations

import pytest

from studies.models import Estimate, Visit
from tests import factories
from tests.api import study_bodies
from tests.api.world import status_of
from tests.factories import studies

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(api, keeper):
    return api(keeper)


def test_every_list_and_create_answers(client, api, field_officer):
    reader = api(field_officer)
    for path, bodies in study_bodies.of_studies().items():
        for body in bodies:
            if body is None:
                continue
            assert reader.post(path, body).status_code == 403, path
            answer = client.post(path, body)
            assert answer.status_code == status_of(path), (path, answer.json())
    for path in study_bodies.LISTS:
        answer = reader.get(path)
        assert answer.status_code == 200
        assert answer.json()["results"], path


def test_every_change_asks_for_the_version(client):
    for path, (body,) in study_bodies.changed_studies().items():
        send = client.post if path.endswith("publish/") else client.patch
        assert send(path, body).status_code == 428, path
        assert send(path, body, If_Match='"9"').status_code == 412, path
        done = send(path, body, If_Match='"1"')
        assert (done.status_code, done.headers["ETag"]) == (200, '"2"'), (path, done.json())


def test_what_is_not_named_stays(client):
    study = studies.study(source="Invented report")
    answer = client.patch(f"studies/{study.pk}/", {"phase": "midline"}, If_Match='"1"').json()
    assert (answer["phase"], answer["source"]) == ("midline", "Invented report")


def test_a_rule_that_is_broken_names_its_field(client):
    stratum = studies.stratum()
    sent = {"stratum": str(stratum.pk), "figuring": "counted", "source": "Invented"}
    refused = client.post("estimates/", sent | {"k": 5})
    assert refused.status_code == 400
    assert list(refused.json()["errors"]) == ["n"]
    shape = client.post("estimates/", sent | {"share": 1.5, "n": "3"})
    assert shape.status_code == 400
    assert set(shape.json()["errors"]) == {"share", "n"}


def test_a_share_without_n_cannot_be_published(client):
    made = studies.estimate(k=None, n=None, share="0.117")
    answer = client.post(f"estimates/{made.pk}/publish/", {}, If_Match='"1"')
    assert answer.status_code == 400
    assert "cannot be published" in answer.json()["errors"]["n"][0]
    assert Estimate.objects.get().published_on is None


def test_what_is_not_representative_says_so_everywhere(client):
    stratum = studies.stratum(studies.study(is_representative=False))
    studies.recapture(stratum)
    studies.visit(stratum)
    studies.estimate(stratum)
    found = [
        client.get(f"strata/{stratum.pk}/").json(),
        client.get(f"strata/{stratum.pk}/sample/").json(),
        client.get("estimates/").json()["results"][0],
        client.get("recaptures/").json()["results"][0],
    ]
    assert [answer["is_representative"] for answer in found] == [False] * 4


def test_what_the_visits_say(client):
    stratum = studies.stratum()
    empty = client.get(f"strata/{stratum.pk}/sample/").json()
    assert (empty["n"], empty["share"], empty["low"]) == (0, None, None)
    for minors, counted in ((1, 10), (0, 8), (2, 12), (0, 9), (1, 11)):
        studies.visit(stratum, minors=minors, counted=counted)
    said = client.get(f"strata/{stratum.pk}/sample/").json()
    assert said["design_effect"] == pytest.approx(0.701087, abs=1e-6)
    assert said["standard_error"] == pytest.approx(0.0321248, abs=1e-6)
    assert said["low"] < said["share"] < said["high"]


def test_the_same_key_keeps_a_table_once(client):
    stratum = studies.stratum()
    body = {"visits": [{"venue": "A", "visited_on": "2024-03-05", "counted": 9, "minors": 1}]}
    path = f"strata/{stratum.pk}/visits/"
    first = client.post(path, body, Idempotency_Key="one")
    again = client.post(path, body, Idempotency_Key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert "already" in client.post(path, body).json()["errors"]["visits"][0]
    assert Visit.objects.count() == 1


def test_many_visits_name_the_one_that_is_wrong(client):
    good = {"venue": "A", "visited_on": "2024-03-05", "counted": 9, "minors": 1}
    path = f"strata/{studies.stratum().pk}/visits/"
    shape = client.post(path, {"visits": [good, good | {"counted": -1}]})
    assert shape.status_code == 400
    assert any("1" in name for name in shape.json()["errors"])
    twice = client.post(path, {"visits": [good, good]})
    assert "Visit 2: This venue" in twice.json()["errors"]["visits"][0]
    assert not Visit.objects.exists()


def test_a_pair_answers_its_reduction_or_the_reasons(client):
    before = studies.estimate()
    after = studies.endline(before)
    made = client.post("estimate-pairs/", {"baseline": str(before.pk), "endline": str(after.pk)})
    assert made.status_code == 201
    found = made.json()["comparison"]
    assert found["reduction"]["value"] == pytest.approx(0.8)
    assert found["reduction"]["low"] == pytest.approx(0.679354, abs=1e-5)
    assert found["z"] == pytest.approx(7.532436, abs=1e-5)
    other = studies.endline(before, method="census")
    sent = {"baseline": str(before.pk), "endline": str(other.pk)}
    refused = client.post("estimate-pairs/", sent)
    assert refused.status_code == 400
    assert "different methods" in refused.json()["errors"]["endline"][0]


def test_a_pair_made_by_mistake_is_taken_apart(client, recorded, keeper):
    pair = studies.pair()
    path = f"estimate-pairs/{pair.pk}/part/"
    parted = client.post(path, {}, Idempotency_Key="one")
    again = client.post(path, {}, Idempotency_Key="one")
    assert (parted.status_code, again.status_code) == (200, 200)
    assert parted.json()["id"] == again.json()["id"] == str(pair.baseline_id)
    assert client.post(path, {}).status_code == 404
    assert recorded("pair.parted") == [(keeper.pk, str(pair.pk))]
    body = {"baseline": str(pair.baseline_id), "endline": str(pair.endline_id)}
    assert client.post("estimate-pairs/", body).status_code == 201


def test_how_many_to_count(api, field_officer):
    """The figures of the page: 5.5 to 2 percent with a design effect of 2."""
    asked = "studies/sample-size/?before=0.055&after=0.02"
    reader = api(field_officer)
    once = reader.get(asked).json()["people"]
    assert reader.get(f"{asked}&effect=2").json()["people"] in {2 * once, 2 * once - 1}
    assert reader.get(f"{asked}&power=0.95").json()["people"] > once


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("after=0.02", "before"),
        ("before=0.02&after=0.02", "after"),
        ("before=1.1&after=0.02", "before"),
        ("before=NaN&after=0.02", "before"),
        ("before=0.1&after=0.02&effect=0.5", "effect"),
        ("before=0.1&after=0.02&power=0.5", "power"),
        ("before=0.1&after=0.02&alpha=0.1", "alpha"),
    ],
)
def test_what_cannot_be_planned_is_said_of_its_field(client, query, field):
    answer = client.get(f"studies/sample-size/?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_figures_beside_one_of_them(client):
    one = studies.external_statistic(value=343000, parts_number=16)
    studies.external_statistic(value=2600000, parts_number=10)
    studies.external_statistic(measure="victims")
    (line,) = client.get(f"external-statistics/{one.pk}/beside/").json()
    assert line["ratio"] == pytest.approx(7.58, abs=0.01)
    assert (line["ground"], line["common"]) == ("unknown", None)


def test_who_sees_no_reports_gets_nothing(api):
    stranger = api(factories.user("auditor"))
    assert [stranger.get(path).status_code for path in study_bodies.LISTS] == [403] * 13
    assert stranger.get(f"studies/{studies.study().pk}/").status_code in {403, 404}
