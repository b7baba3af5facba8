"""What a page says after saving, where what was saved should be looked at again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.functional import cached_property

from casework.case_pages import address
from casework.views import RecordVerb
from core.verb_pages import page as verb_page
from prosecutions.checks import checks_of

if TYPE_CHECKING:
    from django.http import HttpResponse

AT_MOST = 5  # named in the address; the section “Court” shows them all


class CourtVerb(RecordVerb):
    """A verb whose case page names the warnings that were not there before. Nothing is held up."""

    once = True
    known: frozenset[str] = frozenset()

    def form_valid(self, form: object) -> HttpResponse:
        self.known = frozenset(check.key for check in checks_of(self.case, self.actor))
        return super().form_valid(form)

    @cached_property
    def appeared(self) -> list[str]:
        """The warnings this verb brought about."""
        return [c.key for c in checks_of(self.case, self.actor) if c.key not in self.known]

    def after(self) -> str:
        new = self.appeared[:AT_MOST]
        return address(self.case.pk, self.where, {"new": new} if new else None)


page = partial(verb_page, CourtVerb)
