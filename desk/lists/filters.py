"""What the lists of what stands in cases are narrowed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftercare.enums import Need, ReferralStatus
from aftercare.lists import REFERRAL_TABLE
from casework.lists import ME
from core.lists.forms import ListFilter
from desk.own_questions import answers
from desk.trail.filters import day_field
from prosecutions.enums import HearingPurpose, HearingResult, SuspectRole, SuspectStatus
from prosecutions.lists import HEARING_TABLE, SUSPECT_TABLE
from victims.enums import Outcome
from victims.lists import SURVIVOR_TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrPromise

    from accounts.models import User


def _choice(label: StrPromise) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


class SurvivorFilter(ListFilter):
    table = SURVIVOR_TABLE

    team = _choice(_("Cases"))
    outcome = _choice(_("What became of the person"))
    answer = _choice(_("Own questions"))

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        super().__init__(data, user=user)
        self.offer("team", [(ME, _("My cases"))])
        self.offer("outcome", Outcome.choices)
        self.offer_or_leave("answer", answers("survivor", user))


class SuspectFilter(ListFilter):
    table = SUSPECT_TABLE

    team = _choice(_("Cases"))
    role = _choice(_("Role"))
    status = _choice(_("Status"))
    answer = _choice(_("Own questions"))

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        super().__init__(data, user=user)
        self.offer("team", [(ME, _("My cases"))])
        self.offer("role", SuspectRole.choices)
        self.offer("status", SuspectStatus.choices)
        self.offer_or_leave("answer", answers("suspect", user))


class HearingFilter(ListFilter):
    table = HEARING_TABLE

    team = _choice(_("Cases"))
    purpose = _choice(_("What for"))
    result = _choice(_("Result"))
    answer = _choice(_("Own questions"))
    listed_from = day_field(pgettext_lazy("day", "From"))
    listed_to = day_field(pgettext_lazy("day", "To"))

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        super().__init__(data, user=user)
        self.offer("team", [(ME, _("My cases"))])
        self.offer("purpose", HearingPurpose.choices)
        self.offer("result", HearingResult.choices)
        self.offer_or_leave("answer", answers("hearing", user))


class ReferralFilter(ListFilter):
    table = REFERRAL_TABLE

    team = _choice(_("Cases"))
    need = _choice(_("What is needed"))
    status = _choice(_("Status"))
    answer = _choice(_("Own questions"))

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        super().__init__(data, user=user)
        self.offer("team", [(ME, _("My cases"))])
        self.offer("need", Need.choices)
        self.offer("status", ReferralStatus.choices)
        self.offer_or_leave("answer", answers("referral", user))
