"""Abuse online: what was shown, where, to a customer of which country, for how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.columns import IncidentColumns
from casework.models import OnlineIncident
from casework.services.cases import require_content, require_open_case, require_past
from casework.services.numbers import next_code
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from casework.models import Case


@service(Perm.INQUIRY_RECORD, label=gettext_lazy("Record abuse online"), begins=True)
def record_incident(case: Case, *, actor: User, **of: Unpack[IncidentColumns]) -> OnlineIncident:
    """Record what is known of abuse online. No picture, film or link is kept here."""
    require_open_case(case, actor)
    _require_true(case, of)
    code = next_code(OnlineIncident, "O", case)
    incident: OnlineIncident = OnlineIncident.objects.create(case=case, code=code, **of)
    audit.record("incident.recorded", incident, actor=actor)
    return incident


@service(Perm.INQUIRY_RECORD, label=gettext_lazy("Correct abuse online"))
def correct_incident(
    incident: OnlineIncident, *, version: int, actor: User, **changes: Unpack[IncidentColumns]
) -> OnlineIncident:
    """Correct what is known of abuse online. The former values stay in the history. Raises
    `Stale`.
    """
    require_content(incident.case, actor)
    names = ("began_on", "ended_on", "amount", "currency")
    _require_true(incident.case, {name: getattr(incident, name) for name in names} | changes)
    corrected = amend(incident, version, **changes)
    audit.record("incident.corrected", corrected, actor=actor)
    return corrected


def _require_true(case: Case, facts: Mapping[str, Any]) -> None:
    began_on, ended_on = facts["began_on"], facts.get("ended_on")
    require_past(case, began_on, *([ended_on] if ended_on else []))
    if ended_on and ended_on < began_on:
        raise Refused(_("It cannot end before it began."), "ended_on")
    if (facts.get("amount") is not None) != bool(facts.get("currency")):
        missing = "amount" if facts.get("currency") else "currency"
        raise Refused(_("Enter both the amount and its currency."), missing)
    if facts.get("amount") is not None and facts["amount"] <= 0:
        words = _("Enter an amount above zero, or leave it empty if it is not known.")
        raise Refused(words, "amount")
