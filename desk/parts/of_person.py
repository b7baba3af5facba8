"""The rows of one survivor in one case, as one reader may see them: what the page of a survivor is
made of.

The parts of a case page read through a `Reader`; through this one they read of one survivor, so
that what is shown, and to whom, is said once for both.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from aftercare.models import ProgressNote, ServiceRecord, SessionNote
from desk.court.reader import Reader
from desk.present import lacking_of
from prosecutions.models import ChargeVictim
from victims.persons import parts_of_person, standing_first

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User
    from victims.models import Involvement, Victim

# The way to the survivor from tables that do not say it themselves.
WAYS: dict[type[Model], str] = {
    ChargeVictim: "involvement",
    ProgressNote: "referral__involvement",
    ServiceRecord: "involvement",
    SessionNote: "service__involvement",
}


def way_to(model: type[Model]) -> str:
    """The way from a row of this table to its survivor; none from one that tells of no survivor."""
    return WAYS.get(model, "") or str(getattr(model, "survivor_by", ""))


class OfPerson(Reader):
    """Two queries: the parts of the person that are open, and which tables hold nothing of them."""

    def __init__(self, person: Involvement, user: User) -> None:
        super().__init__(person.case, user)
        self.person = person
        self.parts: list[Involvement] = list(parts_of_person(person.victim, user))
        self.lacked = lacking_of(self.parts)

    @cached_property
    def records(self) -> list[Victim]:
        """Every record of the person that is open, the one that stands for the person first."""
        return standing_first(row.victim for row in self.parts)

    def rows(self, model: Any, *beside: str) -> Any:
        """Of a table that tells of survivors, those of this one; of any other, all of the case."""
        way = way_to(model)
        if not way:
            return super().rows(model, *beside)
        if model in self.lacked:
            return model.objects.none()
        return super().rows(model, *beside).filter(**{way: self.person})
