"""Finding a person by name among 2,500: every name opened and compared, against opening alone."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from benchmarks.harness import Side, compare, connect, scratch_database
from benchmarks.office import people

PEOPLE = 2_500
FIRST = ("Asha", "Maria José", "প্রিয়া", "Sokha", "สมชาย", "Ruth", "Nguyễn Thị", "Lakshmi")
LAST = ("Das", "Núñez", "দাস", "Chan", "Wanjiru", "Reddy", "dela Cruz")


def fill(user: Any) -> None:
    """One case of the office with everybody in it, a third in another script than Latin."""
    from casework.models import Case  # noqa: PLC0415 - needs the scratch database
    from places.models import Jurisdiction  # noqa: PLC0415
    from victims.models import Identity, Involvement, Victim  # noqa: PLC0415

    case = Case.objects.create(
        reference="KOL-2026-0001",
        programme="csec",
        office=user.home_office,
        jurisdiction=Jurisdiction.objects.get(code="IN-WB-KOL"),
        opened_on=date(2026, 3, 1),
    )
    victims = [Victim(sex="female") for _ in range(PEOPLE)]
    Involvement.objects.bulk_create(
        Involvement(case=case, victim=victim, code=f"S-{n}") for n, victim in enumerate(victims)
    )
    Victim.objects.bulk_create(victims)
    names = itertools.cycle(itertools.product(FIRST, LAST))
    Identity.objects.bulk_create(
        Identity(victim=victim, full_name=" ".join(next(names))) for victim in victims
    )


def main() -> None:
    with scratch_database() as urls:
        from django.db import connection  # noqa: PLC0415 - set up just now

        from accounts.models import User  # noqa: PLC0415
        from core.context import acting_as  # noqa: PLC0415
        from victims.models import FormerIdentity, Identity  # noqa: PLC0415
        from victims.services.identities import NAMES, search_names  # noqa: PLC0415

        owner = connect(urls["owner"])
        people("case_manager")
        user = User.objects.get()
        with acting_as(user.pk):
            fill(user)
        with owner.cursor() as cursor:
            cursor.execute("analyze")

        def search() -> Any:
            with acting_as(user.pk):
                return search_names("wanjiru ruth", actor=user)

        def read() -> Any:
            """The same rows through the same walls, opened and not compared."""
            with acting_as(user.pk):
                former = FormerIdentity.objects.visible_to(user).only("victim_id", "value")
                rows = Identity.objects.visible_to(user).only("victim_id", *NAMES)
                opened = [getattr(row, name) for row in rows for name in NAMES]
                return [text for text in opened if text] + [row.value for row in former]

        def backend() -> int:
            return int(connection.connection.info.backend_pid)

        fitting = sum(first == "Ruth" and last == "Wanjiru" for first, last in _given(PEOPLE))
        ours = Side("ours", search, backend, lambda: (len(search().people), len(read())))
        other = Side("opening", read, backend, lambda: (min(fitting, 50), len(read())))
        compare(f"name among {PEOPLE:,}", ours, other, owner=owner, reach="<= 1.2", calls=5)
        connection.close()


def _given(count: int) -> Any:
    return itertools.islice(itertools.cycle(itertools.product(FIRST, LAST)), count)


if __name__ == "__main__":
    main()
