"""Pages that name a house or an authority, which then has to know of the person."""

from __future__ import annotations

from typing import Any

from casework.views import RecordVerb
from victims.models import Involvement
from victims.views.sections import its_page


class Tells(RecordVerb):
    """Below the form stands where it is written down whom we told by word or letter."""

    template_name = "aftercare/telling_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.target
        person = row if isinstance(row, Involvement) else row.involvement
        return super().get_context_data(told_url=f"{its_page(person)}#consents", **kwargs)
