"""One offender among many by a name with one wrong letter: by the index inside the wall, against
`icontains` of the same words through the same wall. Recall at twenty is printed beside it.

`generate_load` makes the world; the names in it are drawn from syllables, the same every time.
"""

from __future__ import annotations

import argparse
import random
from functools import reduce
from operator import and_
from typing import Any

from benchmarks.harness import Side, compare, connect, load, scratch_database

BEGIN = "ra su ma ka pri sa vi la jo an ha fa mo ni de cha so wa ri be"
MIDDLE = "je shi ni ma vi la ri mu so na ka du ro ba ti"
END = "sh ta n m l ya r d ni k"
TYPED, FOUND_WITHIN, ENOUGH = 40, 20, 0.95
FILL = """
update prosecutions_perpetrator p set name = n.name, latin = n.latin, sound = n.sound
  from unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) n (id, name, latin, sound)
 where p.id = n.id
"""


def rename(owner: Any) -> list[tuple[Any, str]]:
    """Give everyone of the load a name of two words; answer who is called how."""
    from core.names import latin_key  # noqa: PLC0415 - needs Django
    from core.sounds import sound_key  # noqa: PLC0415

    chance = random.Random(7)
    with owner.cursor() as cursor:
        cursor.execute("alter table prosecutions_perpetrator disable trigger user")
        cursor.execute("select id from prosecutions_perpetrator order by id")
        ids = [row[0] for row in cursor.fetchall()]
        named = [(pk, f"{_word(chance)} {_word(chance)}") for pk in ids]
        for start in range(0, len(named), 20_000):
            part = named[start : start + 20_000]
            names = [name for _pk, name in part]
            keys = [latin_key(name) for name in names], [sound_key(name) for name in names]
            cursor.execute(FILL, [[pk for pk, _name in part], names, *keys])
        cursor.execute("alter table prosecutions_perpetrator enable trigger user")
        cursor.execute("vacuum analyze prosecutions_perpetrator")
    return named


def _word(chance: random.Random) -> str:
    middle = "".join(chance.choice(MIDDLE.split()) for _ in range(chance.randrange(1, 3)))
    return (chance.choice(BEGIN.split()) + middle + chance.choice(END.split())).capitalize()


def mistyped(name: str, chance: random.Random) -> str:
    """One letter left out, doubled by another, or exchanged with its neighbour."""
    at = chance.randrange(1, len(name) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + chance.choice("aeiounrst") + name[at:]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def main(scale: float) -> None:
    with scratch_database() as urls:
        from django.db import connection  # noqa: PLC0415 - set up just now
        from django.db.models import Q  # noqa: PLC0415

        from core.context import acting_as  # noqa: PLC0415
        from prosecutions.models import Perpetrator  # noqa: PLC0415
        from prosecutions.similar_names import sounding_like  # noqa: PLC0415
        from tests.jobs.long_work import everywhere  # noqa: PLC0415

        load(urls, scale)
        owner = connect(urls["owner"])
        with owner.cursor() as cursor:
            cursor.execute("set statement_timeout = 0")
        named = rename(owner)
        user = everywhere()  # an officer of one office alone sees no one of the load
        chance = random.Random(11)
        asked = [(pk, mistyped(name, chance)) for pk, name in chance.sample(named, TYPED)]
        with acting_as(user.pk):
            open_ones = set(
                Perpetrator.objects.visible_to(user)
                .filter(pk__in=[pk for pk, _n in asked])
                .values_list("pk", flat=True)
            )
        asked = [(pk, name) for pk, name in asked if pk in open_ones]
        turn = iter(range(10**9))

        def ours() -> Any:
            name = asked[next(turn) % len(asked)][1]
            with acting_as(user.pk):
                found = list(sounding_like(name, FOUND_WITHIN))
                return list(Perpetrator.objects.visible_to(user).filter(pk__any_of=found))

        def other() -> Any:
            words = asked[next(turn) % len(asked)][1].split()
            fits = reduce(and_, (Q(name__icontains=word) for word in words))
            with acting_as(user.pk):
                return list(Perpetrator.objects.visible_to(user).filter(fits)[:FOUND_WITHIN])

        def recall() -> float:
            with acting_as(user.pk):
                hits = sum(pk in sounding_like(name, FOUND_WITHIN) for pk, name in asked)
            return hits / len(asked)

        def backend() -> int:
            return int(connection.connection.info.backend_pid)

        share = recall()
        kept = "" if share >= ENOUGH else "  MISSED"
        print(
            f"recall at {FOUND_WITHIN} of {len(asked)} names with one wrong letter: {share:.2f}"
            f" (reach >= {ENOUGH}){kept}",
            flush=True,
        )
        sides = Side("ours", ours, backend, int), Side("icontains", other, backend, int)
        compare(
            f"an offender among {len(named):,}",
            *sides,
            owner=owner,
            reach=">= 10x",
            rounds=3,
            calls=4,
        )
        connection.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.1)
    main(parser.parse_args().scale)
