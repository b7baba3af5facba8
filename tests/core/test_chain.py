"""The chain of the history: whatever is done to it by other hands is found, and said plainly."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.chain import anchors, removals
from core.chain.linking import link_waiting
from core.chain.verifying import verify
from core.context import acting_as
from core.models import AuditEvent
from tests import factories
from tests.core.chaining import INSERT, happen, history, ids, link_all, tamper
from tests.meta.tables import query

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "aside"])


def verified(*files):
    """How the command ends, and all that it says."""
    said = StringIO()
    try:
        call_command("verify_history", anchor=list(files), stdout=said, stderr=said)
    except CommandError as error:
        return error.returncode, f"{said.getvalue()}{error}"
    return 0, said.getvalue()


@pytest.fixture
def anchor(tmp_path):
    """What left this machine after six events in three links."""
    history()
    path = tmp_path / "anchor.txt"
    path.write_text(anchors.head().text)
    return path


def test_a_history_as_it_was_linked_is_said_so(anchor):
    happen(2)
    link_all()
    code, said = verified(anchor)
    assert code == 0, said
    assert "unsealed = 0" in said
    assert "8 events, 1 anchors" in said
    assert "as it was linked" in said


def test_what_waits_for_its_link_is_no_fault():
    history()
    happen()
    code, said = verified()
    assert (code, "unsealed = 1" in said) == (0, True), said


def test_a_changed_event_is_found(anchor):
    tamper(f"update core_auditevent set action = 'case.other' where id = {ids()[2]}")
    assert verified() == (1, verified()[1])
    assert f"altered: Event {ids()[2]} does not say what it said" in verified()[1]


@pytest.mark.parametrize("column", [f.name for f in AuditEvent._meta.fields])
@pytest.mark.by_turns(4)
def test_each_column_of_an_event_is_under_the_digest(column):
    history(1)
    value = {"subjects": "array[gen_random_uuid()]", "detail": """'{"n": 7}'""", "id": "id + 7"}
    value |= dict.fromkeys(("actor_id", "case_id", "request_id"), "gen_random_uuid()")
    new = value.get(column, "at + interval '1 us'" if column == "at" else "'x'")
    tamper(f"update core_auditevent set {column} = {new}")
    assert not verify().whole


def test_a_removed_event_is_found(anchor):
    gone = ids()[3]
    tamper(f"delete from core_auditevent where id = {gone}")
    code, said = verified()
    assert (code, f"missing: Event {gone} of link 2 is missing" in said) == (1, True), said


def test_an_inserted_event_is_found_before_it_is_linked_and_after(anchor):
    added = ids()[0] - 1
    tamper(INSERT.format(id=added))
    for _ in range(2):
        code, said = verified()
        assert (code, f"added: Event {added} was added later" in said) == (1, True), said
        link_waiting(everything=True)
    assert query("select count(*) from core_auditevent") == query(
        "select count(*) from core_chainedevent"
    )


def test_an_event_put_into_a_link_is_found(anchor):
    added = ids()[0] - 1
    tamper(
        INSERT.format(id=added),
        "insert into core_chainedevent select id, 1, chain_digest(e) from core_auditevent e"
        f" where id = {added}",
    )
    code, said = verified()
    assert (code, "added: Link 1 was made of 2 digests and has 3" in said) == (1, True), said


def test_events_that_changed_places_are_found(anchor):
    one, other = ids()[1], ids()[4]
    tamper(
        f"update core_auditevent set id = -1 where id = {one}",
        f"update core_auditevent set id = {one} where id = {other}",
        f"update core_auditevent set id = {other} where id = -1",
    )
    code, said = verified()
    assert code == 1
    assert f"out of order: Event {one} says what event {other} said" in said
    assert "altered" not in said


def test_links_that_changed_places_are_found(anchor):
    tamper(
        *(
            f"update {table} set {column} = {to} where {column} = {now}"
            for table, column in (("core_chainlink", "number"), ("core_chainedevent", "link"))
            for now, to in ((2, 9), (3, 2), (9, 3))
        )
    )
    code, said = verified()
    assert (code, "out of order: Link 2 was made after link 3" in said) == (1, True), said


CUT = (
    "delete from core_auditevent e using core_chainedevent c where c.event_id = e.id and link = 3",
    "delete from core_chainedevent where link = 3",
    "delete from core_chainlink where number = 3",
    "delete from core_chainanchor",
)
REWRITE = (
    "delete from core_chainedevent; delete from core_chainlink; delete from core_chainanchor",
    "update core_auditevent set action = 'case.other'"
    " where id = (select min(id) from core_auditevent)",
)


def test_a_cut_tail_is_found_by_the_anchor_alone(anchor):
    tamper(*CUT)
    assert verified()[0] == 0
    code, said = verified(anchor)
    assert (code, "the chain ends at link 2: 1 links" in said) == (1, True), said


def test_a_tail_cut_to_nothing_is_found_by_the_anchor_alone(anchor):
    tamper(*(f"delete from core_{name}" for name in ("auditevent", "chainedevent", "chainlink")))
    assert (verified()[0], verified(anchor)[0]) == (0, 1)


def test_a_rewrite_with_every_hash_anew_is_found_by_the_anchor_alone(anchor):
    tamper(*REWRITE)
    link_all(at_once=2)
    assert anchors.head().number == 3
    assert verified()[0] == 0
    code, said = verified(anchor)
    assert (code, "rewritten whole: Link 3 is not the one of the anchor" in said) == (1, True), said


def test_a_removed_link_is_found(anchor):
    tamper("delete from core_chainlink where number = 2")
    code, said = verified()
    assert code == 1
    assert "Links 2 to 2 are missing" in said
    assert "Link 2 is missing: 2 digests name it" in said


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("update core_chainlink set hash = sha256('') where number = 3", "Link 3 or a digest"),
        ("update core_chainlink set made_at = now() where number = 2", "Link 2 or a digest"),
        ("update core_chainlink set total = 5 where number = 2", "Link 2 miscounts"),
        ("update core_chainlink set former = '' where number = 2", "Link 2 does not follow"),
        ("update core_chainedevent set digest = '' where link = 2", "Link 2 or a digest"),
        ("delete from core_chainedevent where link = 1", "Link 1 was made of 2 digests and has 0"),
    ],
)
@pytest.mark.by_turns(3)
def test_what_is_done_to_the_chain_itself_is_found(anchor, statement, says):
    tamper(statement)
    code, said = verified()
    assert (code, says in said) == (1, True), said


def test_no_more_is_said_than_a_person_reads(anchor, monkeypatch):
    monkeypatch.setattr("core.chain.verifying.MOST_SAID", 2)
    tamper("delete from core_auditevent")
    code, said = verified()
    assert (code, said.count("is missing"), "missing: 4 more." in said) == (1, 2, True), said


# Events that went by an act of two persons.


def took(asked_by, confirmed_by, pks, events=None):
    removals.record(
        [(pk, pk) for pk in pks],
        events=len(pks) if events is None else events,
        basis="retention",
        about=confirmed_by,
        asked_by=asked_by.pk,
        confirmed_by=confirmed_by,
    )
    link_all()


def test_what_went_by_an_act_of_two_is_told_from_what_went_alone():
    history()
    one, two = factories.user("data_officer"), factories.user("data_officer")
    gone, alone = ids()[1:3], ids()[4]
    took(one, two, gone)
    tamper(f"delete from core_auditevent where id in ({gone[0]}, {gone[1]})")
    code, said = verified()
    assert code == 0, said
    assert f"2 of 2 events went (retention): asked by {one.pk}, confirmed by {two.pk}" in said
    tamper(f"delete from core_auditevent where id = {alone}")
    code, said = verified()
    assert (code, f"Event {alone} of link" in said) == (1, True), said


def test_one_person_takes_nothing_away():
    history()
    one = factories.user("data_officer")
    with pytest.raises(removals.OnePerson):
        took(one, one, ids()[:1])
    tamper(f"delete from core_auditevent where id = {ids()[0]}")
    assert verified()[0] == 1


def test_an_act_takes_no_more_than_it_says():
    history()
    took(factories.user("data_officer"), factories.user("data_officer"), ids()[:3], events=2)
    tamper(f"delete from core_auditevent where id <= {ids()[2]}")
    code, said = verified()
    assert (code, "2 events were to go; 3 did" in said) == (1, True), said


def test_an_act_written_after_the_fact_by_other_hands_needs_to_be_linked():
    history()
    gone = ids()[0]
    tamper(f"delete from core_auditevent where id = {gone}")
    one, two = factories.user("data_officer"), factories.user("data_officer")
    detail = {"asked_by": str(one.pk), "basis": "x", "events": 1, "ranges": [[gone, gone]]}
    AuditEvent.objects.bulk_create(
        [AuditEvent(kind="intention", action=removals.ACTION, actor_id=two.pk, detail=detail)]
    )
    code, said = verified()
    assert (code, f"Event {gone} of link 1 is missing" in said) == (1, True), said


def test_part_of_the_history_is_not_verified(anchor):
    with acting_as(None), pytest.raises(CommandError, match="ask as the owner"):
        call_command("verify_history")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "does not say its number and events and hash"),
        ("number 3\nevents 6", "does not say its hash"),
        ("number 3\nevents 6\nhash abc", "are not whole"),
        ("number 3a\nevents 6\nhash " + "ab" * 32, "are not whole"),
    ],
)
def test_what_is_no_anchor_is_said_so(tmp_path, text, says):
    path = tmp_path / "anchor"
    path.write_text(text)
    assert says in verified(path)[1]
    assert "cannot be read" in verified(tmp_path / "none")[1]


def test_an_anchor_is_read_from_a_letter_as_it_was_kept(anchor):
    known = anchors.read_file(anchor)
    words = anchor.read_text()
    quoted = "".join(f"> {line}\n" for line in ["Dear officer,", "", *words.splitlines(), "Yours"])
    spaced = words.replace(
        known.hash.hex(), " ".join(known.hash.hex()[i : i + 8] for i in range(0, 64, 8))
    )
    for text in (
        quoted,
        spaced,
        words.upper(),
        words.replace("\n", "\r\n"),
        words.replace(" ", ": ", 1),
    ):
        read = anchors.read(text, known.name)
        assert read == known, text
