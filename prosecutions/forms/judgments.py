"""What a court decided and what it sentenced people to: one form, all of it or nothing.

How each charge ended, and for whomever that convicts the sentence. Without script the sentences are
in a fold; with it those of whom the outcome convicts appear (`static/js/applies.js`). Rules are in
the services; `check_sentence` is asked here as well, so that every fault stands at its box at once.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.days.spans import SpanField
from core.forms import begins, when
from core.services import Refused
from core.verbs.forms import form_of
from prosecutions.columns import MOST_MONTHS
from prosecutions.enums import Attribution, Disposition
from prosecutions.forms.fields import CourtCurrency, CourtForm, in_words, suspects_of
from prosecutions.forms.shares import share_of, survivors_of
from prosecutions.models import Sentence
from prosecutions.services.courts import (
    NOT_CONVICTED,
    check_sentence,
    record_judgment,
    record_sentence,
)
from prosecutions.services.judgment_rules import Ended, Sentenced
from prosecutions.services.shares import Share, check_shares, sum_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.forms import BoundField

    from casework.models import Case
    from prosecutions.models import Charge, Suspect
    from victims.models import Involvement

ASKED = ("months", "life", "suspended", "fine", "compensation")  # of each person convicted
ENDS = ("charge", "term")  # of each charge


def imprisonment(**words: object) -> forms.Field:
    """Its column takes months; people say years."""
    more: dict[str, Any] = words | {"label": gettext_lazy("Imprisonment")}
    return SpanField(most=MOST_MONTHS, **more)


class OwnWord(forms.CharField):
    """The word the court itself used; `known-terms` of the page suggests those used before."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("The court’s term for it"),
            max_length=80,
            required=False,
            widget=forms.TextInput(attrs={"list": "known-terms", "autocomplete": "off"}),
        )


def fault_of(
    values: Mapping[str, object], case: Case, shares: Sequence[Share] = ()
) -> Refused | None:
    """What the rules say of a sentence that was typed."""
    terms: dict[str, Any] = {
        name: values[name] for name in (*ASKED, "currency") if values.get(name) is not None
    }
    terms["compensation"] = sum_of(shares, terms.get("compensation"))
    sentence = Sentence(case=case, **terms)
    try:
        check_sentence(sentence)
        check_shares(sentence, shares)
    except Refused as refusal:
        return refusal
    return None


def has_money(terms: Mapping[str, object]) -> bool:
    return terms.get("fine") is not None or terms.get("compensation") is not None


class SentenceTyped(CourtForm):
    """A sentence says something; the currency that is offered is that of an amount."""

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if not has_money(data):
            data["currency"] = ""
        fault = None if self.errors else fault_of(data, self.case)
        if fault:
            self.add_error(fault.field, str(fault))
        return data


class SentenceForm(
    form_of(  # type: ignore[misc]
        record_sentence,
        SentenceTyped,
        on={"months": imprisonment, "currency": CourtCurrency, "shares": None},
    )
):
    """By hand: those who were convicted and have no sentence yet; one alone is chosen."""

    def offer(self) -> None:
        ends = self.target.decisions.standing()
        convicted = ends.filter(disposition__in=Disposition.CONVICTED)
        rows = suspects_of(self).filter(pk__in=convicted.values("charge__suspect"))
        rows = rows.exclude(pk__in=self.target.sentences.values("suspect"))
        self.choose("suspect", rows)
        if len(rows) == 1:
            self.fields["suspect"].initial = rows[0]


class OneSentence(NamedTuple):
    """The boxes for the sentence of one person, and what has to convict them."""

    whose: str
    fields: list[BoundField]
    shares: list[BoundField]  # of the compensation, by survivor
    when: str  # what the boxes say that tell how the charges ended


class JudgmentForm(
    form_of(  # type: ignore[misc]
        record_judgment,
        CourtForm,
        on={
            "attribution": begins(Attribution.SUPPORTED, forms.ChoiceField),
            "decisions": None,
            "appeal": None,
            "sentences": None,
        },
    )
):
    """By hand: how each charge ended that it may decide, and the sentence of each person.

    One answer for the rest is enough where all ended alike.
    """

    rest = forms.ChoiceField(
        label=gettext_lazy("How every charge ended"),
        help_text=gettext_lazy("Except those you answer charge by charge."),
        choices=[("", gettext_lazy("Not decided")), *Disposition.choices],
        required=False,
    )
    rest_term = OwnWord()
    currency = CourtCurrency(label=gettext_lazy("Currency"), required=False)

    def __init__(
        self, *args: object, charges: list[Charge], terms: list[str], **kwargs: object
    ) -> None:
        self.charges, self.terms = charges, terms
        self.accused: list[Suspect] = []
        self.survivors: dict[UUID, list[Involvement]] = {}
        super().__init__(*args, **kwargs)

    def offer(self) -> None:
        alike = len(self.charges) > 1
        choices = [("", _("As above") if alike else _("Not decided")), *Disposition.choices]
        for charge in self.charges:
            self.fields[f"charge-{charge.pk}"] = forms.ChoiceField(
                label=f"{charge.suspect.code}: {charge.law}",
                help_text=(charge.final_provision or charge.provision).offence,
                choices=choices,
                required=False,
            )
            self.fields[f"term-{charge.pk}"] = OwnWord()
        if not alike:
            del self.fields["rest"], self.fields["rest_term"]
        self._offer_sentences()

    def _offer_sentences(self) -> None:
        """Of each of the accused, for whoever may record one."""
        if self.user.has_perm(Perm.SENTENCE_RECORD):
            rows = suspects_of(self).filter(pk__in={row.suspect_id for row in self.charges})
            self.accused = list(rows)
        else:
            del self.fields["currency"]
        self.survivors = survivors_of(self, self.charges) if self.accused else {}
        for suspect in self.accused:
            for name in ASKED:
                self.fields[f"{name}-{suspect.pk}"] = deepcopy(SentenceForm.base_fields[name])
            for person in self.survivors.get(suspect.pk, ()):
                self.fields[f"share-{suspect.pk}-{person.pk}"] = share_of(person)

    @property
    def head(self) -> list[BoundField]:
        alone = () if "rest" in self.fields else (f"{kind}-{self.charges[0].pk}" for kind in ENDS)
        names = ("decided_on", *alone, "rest", "rest_term", "attribution")
        return [self[name] for name in names if name in self.fields]

    @property
    def decided(self) -> list[tuple[BoundField, BoundField]]:
        """Charge by charge, where there are several."""
        rows = self.charges if "rest" in self.fields else ()
        return [(self[f"charge-{row.pk}"], self[f"term-{row.pk}"]) for row in rows]

    @property
    def apart(self) -> bool:
        """Whether the charges stand open one by one: a plea, or something to correct."""
        return self.is_bound or any(name.startswith("charge-") for name in self.initial)

    @property
    def sentences(self) -> list[OneSentence]:
        return [
            OneSentence(
                in_words(suspect),
                [self[f"{name}-{suspect.pk}"] for name in ASKED],
                [self[f"share-{suspect.pk}-{of.pk}"] for of in self.survivors.get(suspect.pk, ())],
                when(
                    **{
                        f"charge-{row.pk}": Disposition.CONVICTED
                        for row in self.charges
                        if row.suspect_id == suspect.pk
                    }
                ),
            )
            for suspect in self.accused
        ]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        ends = self._ends(data)
        return data | {"decisions": ends, "sentences": self._sentences(data, ends)}

    def _ends(self, data: dict[str, object]) -> list[Ended]:
        rest, rest_term = (str(data.pop(name, "")) for name in ("rest", "rest_term"))
        ends = []
        for charge in self.charges:
            own, term = (str(data.pop(f"{kind}-{charge.pk}", "")) for kind in ENDS)
            if own or rest:
                ends.append(Ended(charge, own or rest, term or ("" if own else rest_term)))
            elif term:
                self.add_error(f"charge-{charge.pk}", _("Enter how this charge ended, too."))
        if not ends and not self.errors:
            self.add_error(
                f"charge-{self.charges[0].pk}", _("Enter how at least one charge ended.")
            )
        return ends

    def _sentences(self, data: dict[str, object], ends: Iterable[Ended]) -> list[Sentenced]:
        """What was typed of anybody; a person of whom nothing is said waits for a sentence."""
        convicted = {
            end.charge.suspect_id for end in ends if end.disposition in Disposition.CONVICTED
        }
        currency, given = data.pop("currency", ""), []
        for suspect in self.accused:
            terms: dict[str, Any] = {name: data.pop(f"{name}-{suspect.pk}", None) for name in ASKED}
            shares = self._shares(data, suspect)
            if not shares and all(value is None or value is False for value in terms.values()):
                continue
            terms = {name: value for name, value in terms.items() if value is not None}
            terms["currency"] = currency if shares or has_money(terms) else ""
            if suspect.pk not in convicted:
                self.add_error(f"months-{suspect.pk}", str(NOT_CONVICTED))
            elif fault := fault_of(terms, self.case, shares):
                self._say(fault, suspect)
            given.append(Sentenced(suspect, shares=shares, **terms))
        return given

    def _shares(self, data: dict[str, Any], of: Suspect) -> list[Share]:
        typed = (
            (person, data.pop(f"share-{of.pk}-{person.pk}", None))
            for person in self.survivors.get(of.pk, ())
        )
        return [Share(person, amount) for person, amount in typed if amount is not None]

    def _say(self, fault: Refused, of: Suspect) -> None:
        """At the box of this person, or at the one that all share."""
        if fault.field == "shares":
            self.add_error(f"share-{of.pk}-{self.survivors[of.pk][0].pk}", str(fault))
        elif fault.field != "currency":
            self.add_error(f"{fault.field}-{of.pk}", str(fault))
        elif "currency" not in self.errors:
            self.add_error("currency", str(fault))
