from __future__ import annotations

from core.api.verbs import Verb
from prosecutions.api.hearing_serializers import HearingSerializer
from prosecutions.columns import ListingColumns
from prosecutions.corrections.api import STAYS, Strikable
from prosecutions.corrections.services.hearings import take_back_result
from prosecutions.corrections.services.records import correct_record, take_off_list
from prosecutions.lists import HEARINGS
from prosecutions.services.hearings import (
    correct_result,
    list_hearing,
    move_hearing,
    record_hearing,
)


class HearingViewSet(Strikable):
    """Hearings: listed, held or adjourned. An empty `result` is one still to come, or overdue."""

    listed = HEARINGS
    serializer_class = HearingSerializer

    create = Verb(list_hearing)
    partial_update = Verb(move_hearing, keeps=("listed_on", "listed_at", "purpose"))
    record = Verb(record_hearing)
    correct = Verb(correct_result, of="`no_next_date`: left out, it stays.")
    take_off = Verb(take_off_list, of="What is not sent stays as it is.", body="TakeOffInput")
    correct_listing = Verb(
        correct_record,
        says="Correct day, hour or purpose of a hearing that has a result.",
        changes=ListingColumns,
        body="CorrectListingInput",
        of=STAYS,
    )
    take_back = Verb(take_back_result, of="What is not sent stays as it is.", body="TakeBackInput")
