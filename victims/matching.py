"""The matching service: each night every name is compared with every other, over all offices.

Only the worker can ask for the names, and only inside this job. What it leaves is pairs of ids with
a number. Nobody reads it but who sees both persons: across offices, the data officer.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from core.jobs import Run, job
from core.sounds import ENOUGH, likeness, words
from victims.models import FormerIdentity, Identity
from victims.services.matches import may_be_one

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from core.sounds import Word

MATCHING = "nightly-matching"
MOST_OF_A_SOUND = 400  # a sound shared by more says nothing by itself
IDENTITIES = (
    "select id, victim_id, full_name, latin_name, person, sex from victims_identities_to_match()"
)
FORMER = "select id, victim_id, value from victims_former_to_match()"


@job(MATCHING)
def nightly_matching(run: Run) -> dict[str, int]:
    """Note the pairs of persons whose names are alike. The result says how many are new."""
    with as_worker():
        people: list[Any] = list(Identity.objects.raw(IDENTITIES))
        names: dict[UUID, list[list[Word]]] = defaultdict(list)
        for row in people:
            names[row.victim_id] += [words(s) for s in (row.full_name, row.latin_name) if s]
        for former in FormerIdentity.objects.raw(FORMER):
            names[former.victim_id].append(words(str(former.value)))
        facts = {row.victim_id: (row.person, row.sex) for row in people}
        found = _pairs(names, facts, run)
        return {"people": len(facts), "new": _note(found)}


def _pairs(
    names: dict[UUID, list[list[Word]]], facts: dict[UUID, Any], run: Run
) -> dict[tuple[UUID, UUID], int]:
    blocks: dict[str, set[UUID]] = defaultdict(set)
    for victim in facts:
        for said in names[victim]:
            for sound in _sounds(said):
                blocks[sound].add(victim)
    found: dict[tuple[UUID, UUID], int] = {}
    sizes = [block for block in blocks.values() if 1 < len(block) <= MOST_OF_A_SOUND]
    for done, block in enumerate(sizes, 1):
        for pair in combinations(sorted(block), 2):
            if pair not in found and (like := _like(pair, names, facts)) >= ENOUGH:
                found[pair] = round(like * 100)
        if done % 500 == 0:
            run.progress(done, len(sizes))
    return found


def _sounds(said: list[Word]) -> set[str]:
    """What somebody must share to be compared: the whole name, two of its words, or a rare one."""
    heard = sorted(word.heard or word.vowels for word in said)
    return {" ".join(heard), *(" ".join(two) for two in combinations(heard, 2)), *heard}


def _like(
    pair: tuple[UUID, UUID], names: dict[UUID, list[list[Word]]], facts: dict[UUID, Any]
) -> float:
    (person, sex), (other, others) = (facts[pk] for pk in pair)
    if person == other or not may_be_one(sex, others):
        return 0.0
    mine, theirs = (names[pk] for pk in pair)
    return max(likeness(one, two) for one in mine for two in theirs)


def _note(found: dict[tuple[UUID, UUID], int]) -> int:
    ones, others = ([str(pair[side]) for pair in found] for side in (0, 1))
    with connection.cursor() as cursor:
        cursor.execute(
            "select victims_note_matches(%s::uuid[], %s::uuid[], %s::int[])",
            [ones, others, list(found.values())],
        )
        return int(cursor.fetchone()[0])


@contextmanager
def as_worker() -> Iterator[None]:
    """The role that may ask for names; no process of the web can take it."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role')")
        (before,) = cursor.fetchone()
        cursor.execute("select set_config('role', %s, true)", [settings.GRANTED_ROLES["worker"]])
        yield
        cursor.execute("select set_config('role', %s, true)", [before])
