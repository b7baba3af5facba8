"""When something happened: a moment that can be true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(minutes=15)


class NotAMoment(ValueError):
    """The words say why."""


def check_moment(moment: datetime) -> datetime:
    """Refuse what lies in the future or before the records of this field begin."""
    if moment > timezone.now() + CLOCKS_DIFFER:
        raise NotAMoment(_("This lies in the future."))
    if moment < EARLIEST:
        raise NotAMoment(_("This is before 1990."))
    return moment
