"""All pages of a case as somebody is shown them, for what must stand on one of them, or on none."""

from django.urls import reverse

from casework.case_pages import SECTIONS


def pages_of(case) -> list[str]:
    """The overview, the pages of parts, the timeline."""
    names = ["desk:case", *(f"desk:case-{name}" for name in SECTIONS), "desk:timeline"]
    return [reverse(name, args=[case]) for name in names]


def whole(client, case) -> str:
    """The text of every page; each is answered."""
    answers = [client.get(page) for page in pages_of(case)]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.content.decode() for answer in answers)
