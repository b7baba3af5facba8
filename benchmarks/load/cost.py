"""CPU a request, of the web server and the database, by somebody alone; and what plain
ModelViewSets over the same tables take for the same lists, asked in turns."""

from __future__ import annotations

import urllib.request
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.load.pages import OPENS, address

if TYPE_CHECKING:
    from benchmarks.load.run import Phase, Server

HOTTEST, WARM, ROUNDS, CALLS = 10, 10, 5, 20
LISTS = ("cases", "hearings")
BY_KEY = ("/api/", *(f"/{noun}/?" for noun in LISTS))
NAMED = {name: (role, path) for role, opens in OPENS.items() for name, (path, _n) in opens.items()}


def of_the_hottest(server: Server, seen: Phase, people: dict[str, Any]) -> None:
    by_number = sorted(NAMED, key=lambda name: -seen.asked(name))
    print("CPU a request, of the pages asked most")
    for name in by_number[:HOTTEST]:
        role, path = NAMED[name]
        person = people[role][0]
        for _ in range(WARM):
            _get(server, address(path, person), person)
        rounds = [_cost(server, path, person) for _ in range(ROUNDS)]
        print(f"  {name:32} {median(rounds):.0f} ms", flush=True)


def beside_plain(server: Server, plain: Server, person: dict[str, Any]) -> None:
    """Ours audited and behind row security; the plain ones neither."""
    for noun in LISTS:
        paths = f"/api/v1/{noun}/?limit=50", f"/{noun}/?limit=50"
        rounds = [
            (_cost(server, paths[0], person), _cost(plain, paths[1], person))
            for _ in range(ROUNDS + 1)  # the first one warms
        ]
        ours, theirs = (median(side) for side in zip(*rounds[1:], strict=True))
        ratio = ours / theirs
        print(f"API, 50 {noun}: ours {ours:.0f} ms, plain {theirs:.0f} ms, ratio {ratio:.2f}")


def _cost(server: Server, path: str, person: dict[str, Any]) -> float:
    """Milliseconds a call, over so many."""
    before = server.cpu()
    for _ in range(CALLS):
        _get(server, address(path, person), person)
    return (server.cpu() - before) / CALLS * 1000


def _get(server: Server, path: str, person: dict[str, Any]) -> None:
    of_program = path.startswith(BY_KEY)
    cookies = "; ".join(f"{name}={value}" for name, value in person["cookies"].items())
    said = {"Authorization": f"Bearer {person['key']}"} if of_program else {"Cookie": cookies}
    request = urllib.request.Request(server.address + path, headers=said)
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()
