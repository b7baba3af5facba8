"""The words for what was done, and to which kind of record; each with the app that records it."""

from django.utils.translation import gettext_lazy

from desk.trail.deed_words import (
    accounts,
    aftercare,
    backups,
    casework,
    desk,
    exchange,
    instruments,
    intake,
    places,
    prosecutions,
    questions,
    reports,
    retention,
    studies,
    victims,
)

PARTS = (
    accounts,
    backups,
    instruments,
    casework,
    questions,
    victims,
    places,
    prosecutions,
    aftercare,
    studies,
    intake,
    desk,
    reports,
    exchange,
    retention,
)
ACTIONS = {action: words for part in PARTS for action, words in part.ACTIONS.items()}
RECORDS = {record: words for part in PARTS for record, words in part.RECORDS.items()}
# What every kind of record has, by the second part of the action.
SEEN = {
    "form": gettext_lazy("Opened a form about it"),
    "refusal": gettext_lazy("Was told why an act was refused"),
    "list": gettext_lazy("Read it in a list, by a program"),
    "retrieve": gettext_lazy("Read it by itself, by a program"),
}


def words_of(action: str) -> str:
    """In the words of the history; nothing where it has none for it."""
    return str(ACTIONS.get(action, ""))
