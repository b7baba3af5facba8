"""The page on which what a rehabilitation scheme pays is proposed."""

from __future__ import annotations

from places.currencies import currency_of
from prosecutions.views.laws import LawPage


class SchemePage(LawPage):
    """In the currency of the country, where that is known."""

    def get_initial(self) -> dict[str, object]:
        return super().get_initial() | {"currency": currency_of(self.asked_country)}
