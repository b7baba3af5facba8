"""One page of the queue of records that may be of one survivor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from core.alike.matching import queue
from victims.models import Match
from victims.services.match_list import read_matches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User


def match_page(query: Mapping[str, str], user: User) -> dict[str, object]:
    page = queue(Match.objects.visible_to(user), reverse("victims:duplicates"), query)
    return page | {"pairs": read_matches(page.pop("rows"), actor=user)}
