"""Which verbs a list offers for several of its rows: each is the verb of the single row.

Permission and words are those of the verb. What is taken back is what the verb gave back, by the
verb that undoes it; a referral that was sent has been read, so nothing takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.list_views import ListName
from aftercare.services.referrals import send_referral
from aftercare.services.together import Sending, send_together
from casework.services.cases import assign, take_off
from casework.services.transfers import transfer_case, transfer_cases, withdraw_transfer
from core.verbs.arguments import given_back
from desk.several.forms import AssignSeveralForm, OfferSeveralForm, SendSeveralForm
from desk.several.rehearsing import do_each
from desk.several.services import read_chosen_cases, read_chosen_referrals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django_stubs_ext import StrOrPromise, StrPromise

    from accounts.models import User
    from aftercare.models import Provider, Referral
    from casework.models import Case
    from core.models import Record
    from core.services import Service
    from desk.several.forms import OfSeveral

    Facts = Mapping[str, object]


@dataclass(frozen=True)
class Many:
    """`form`: what is asked once; `reads`: records that rows were shown; `back`: takes back what
    the verb gave back; `kept`: what it must know of how a row was, and `back_by`: does so with
    that; `by`: does it with one row, where that is more than calling the verb;
    `together`: does it with all of them, where what it makes belongs together; `word`: what the
    button says, where it is not the label of the verb."""

    listed: str
    name: str
    verb: Service[..., object]
    form: type[OfSeveral]
    reads: Service[..., object]
    called: Callable[..., str]
    title: StrPromise
    icon: str
    lead: StrPromise
    done: StrPromise
    back: Service[..., object] | None = None
    kept: Callable[..., str] | None = None
    back_by: Callable[..., object] | None = None
    by: Callable[..., object] | None = None
    together: Service[..., Sequence[object]] | None = None
    word: StrOrPromise = ""

    @property
    def label(self) -> StrOrPromise:
        return self.word or self.verb.label

    @property
    def url(self) -> str:
        return reverse(f"desk:{self.listed}-{self.name}")

    @property
    def back_url(self) -> str:
        return reverse(f"desk:{self.listed}-{self.name}-back")

    @property
    def made(self) -> type[Record]:
        """The table of what the verb gives back."""
        table: type[Record] = given_back(self.verb)
        return table

    def act(self, row: Record, facts: Facts, actor: User) -> object:
        return (self.by or self.verb)(row, actor=actor, **facts)

    def key_of(self, before: Record, made: object) -> str:
        """As it stands under the button that takes back what was made of a row."""
        key = str(attrgetter("pk")(made))
        return f"{key}:{self.kept(before, made)}" if self.kept else key

    def take_back(self, made: object, kept: str, actor: User) -> object:
        if self.back_by:
            return self.back_by(made, kept, actor=actor)
        return self.back(made, actor=actor) if self.back else None

    def act_on_all(self, rows: Sequence[Record], facts: Facts, actor: User) -> Sequence[object]:
        """All of them or none; what was made of each."""
        if self.together:
            return self.together(rows, actor=actor, **facts)
        return do_each(rows, lambda row: self.act(row, facts, actor), self.called)


def _case(case: Case) -> str:
    return str(case.reference)


def _referral(row: Referral) -> str:
    return f"{row.case.reference} {row.involvement.code}, {row.get_need_display()}"


def _send(row: Referral, *, provider: Provider, actor: User) -> Referral:
    """As those of a case are sent together: whom the provider does not take is refused as well."""
    (sent,) = send_together(row.case, sends=[Sending(row, provider)], actor=actor)
    return sent


ASSIGN = Many(
    ListName.CASES,
    "assign",
    assign,
    AssignSeveralForm,
    read_chosen_cases,
    _case,
    _("Assign several cases"),
    "user-plus",
    _("The person joins the team of each case."),
    _("Assigned: %(n)s."),
    back=take_off,
)
OFFER = Many(
    ListName.CASES,
    "offer",
    transfer_case,
    OfferSeveralForm,
    read_chosen_cases,
    _case,
    _("Hand several cases over"),
    "send",
    _("Nothing moves until a case is taken over. You can withdraw the offers."),
    _("Offered: %(n)s."),
    back=withdraw_transfer,
    together=transfer_cases,
)
SEND = Many(
    ListName.REFERRALS,
    "send",
    send_referral,
    SendSeveralForm,
    read_chosen_referrals,
    _referral,
    _("Send several referrals"),
    "send",
    _(
        "The provider sees code, sex, age, need and urgency of each person. Only referrals with a"
        " consent on record are sent; you cannot take back a sent referral."
    ),
    _("Sent: %(n)s."),
    by=_send,
)
