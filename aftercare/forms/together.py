"""Shape of the page that sends the referrals of a case together. Rules live in the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.fitting import drafts_of, lines_of
from aftercare.services.together import Sending
from casework.forms import RecordForm
from core.forms import DayField
from core.spoken import LANGUAGES
from victims.ages import OLDEST_CHILD, months_of
from victims.enums import Purpose, Relation
from victims.models import Consent

if TYPE_CHECKING:
    from uuid import UUID

    from aftercare.fitting import Line
    from aftercare.models import Referral

EACH, CHILDREN, GUARDIAN = "each", "children", "guardian"
GIVERS = {
    EACH: gettext_lazy("Each person"),
    CHILDREN: gettext_lazy("Each person; a guardian for children of 12 or younger"),
    GUARDIAN: gettext_lazy("A parent or guardian, for all of them"),
}
NOT_NOW = gettext_lazy("Nobody now: it stays a draft")
TELL = ("given_on", "language")  # what a consent needs beside who gave it


def _ticks(**kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False, **kwargs)


class SendTogetherForm(RecordForm):
    """`lines`: one choice of a provider each; the rest is asked once for all.

    A provider stands chosen only where it is the only one that takes them; no consent does.
    """

    all_optional = True  # what is needed depends on what is chosen

    sends = _ticks(label=gettext_lazy("Referrals"))
    given_by = forms.ChoiceField(
        label=gettext_lazy("Who agreed"),
        help_text=gettext_lazy(
            "They agree that the providers chosen above are told what is shown there."
        ),
        widget=forms.RadioSelect,
        required=False,
    )
    agreed = _ticks(label=gettext_lazy("It was explained to these, and agreed to"))
    asked_again = _ticks(label=gettext_lazy("Had said no, was asked again and agrees now"))
    relation = forms.ChoiceField(
        label=gettext_lazy("The guardian is"),
        choices=Relation.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Explained in"),
        choices=LANGUAGES.items(),
        widget=forms.RadioSelect,
        required=False,
    )
    given_on = DayField(label=gettext_lazy("Consent given on"), required=False)
    expires_on = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("If empty: until it is withdrawn."),
        ahead=True,
        required=False,
    )

    def offer(self) -> None:
        drafts = drafts_of(self.case, self.user)
        self.drafts = {str(draft.pk): draft for draft in drafts}
        self.lines: list[Line] = lines_of(self.case, drafts, self.user) if drafts else []
        self.people = {str(draft.involvement_id): draft.involvement for draft in drafts}
        self.said = self._said()
        self._offer_people()
        for line in self.lines:
            self.fields[line.key] = forms.ChoiceField(
                label=line.label,
                choices=[
                    *((str(provider.pk), provider.name) for provider in line.fit),
                    ("", NOT_NOW),
                ],
                widget=forms.RadioSelect,
                initial=str(line.fit[0].pk) if len(line.fit) == 1 else None,
                required=False,
            )

    def _offer_people(self) -> None:
        fields: Any = self.fields
        noes = {key for key in self.people if self.said_no(key)}
        codes = [(key, person.code) for key, person in self.people.items()]
        fields["agreed"].choices = codes
        fields["agreed"].initial = [key for key, _code in codes if key not in noes]
        fields["asked_again"].choices = [choice for choice in codes if choice[0] in noes]
        if not noes:
            del fields["asked_again"]
        fields["sends"].choices = [(key, key) for key in self.drafts]
        fields["sends"].initial = [
            key for key, draft in self.drafts.items() if str(draft.involvement_id) not in noes
        ]
        fields["given_on"].initial = self.case.jurisdiction.today
        ages = months_of(self.people.values(), self.case.jurisdiction.today)
        self.children = {str(pk) for pk, age in ages.items() if age and age[1] <= OLDEST_CHILD}
        offered = [(code, words) for code, words in GIVERS.items() if self._asks(code)]
        fields["given_by"].choices = offered

    def _asks(self, giver: str) -> bool:
        """A child does not agree alone; where all are children, or none, there is less to ask."""
        some, everyone = bool(self.children), len(self.children) == len(self.people)
        return {EACH: not some, CHILDREN: some and not everyone, GUARDIAN: True}[giver]

    def _said(self) -> dict[UUID, list[Consent]]:
        """What each said about care till now: one statement."""
        rows = Consent.objects.visible_to(self.user).standing()
        consents: dict[UUID, list[Consent]] = {}
        for row in rows.filter(involvement__in=list(self.people), purpose=Purpose.CARE):
            consents.setdefault(row.involvement_id, []).append(row)
        return consents

    def said_no(self, key: str) -> bool:
        return any(row.withdrawn_on for row in self.said.get(self.people[key].pk, ()))

    def clean(self) -> dict[str, object]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        data["chosen"] = [
            Sending(draft, provider, self.digest(draft))
            for line in self.lines
            for provider in line.fit
            for draft in line.drafts
            if data.get(line.key) == str(provider.pk) and str(draft.pk) in data["sends"]
        ]
        if not data["chosen"]:
            words = _("Nothing is chosen. Choose a provider, and tick the people to send to it.")
            self.add_error(None, words)
        if data["given_by"]:
            self._require_told(data)
        return data

    def _require_told(self, data: dict[str, object]) -> None:
        for name in TELL:
            if not data.get(name):
                self.add_error(name, _("This is needed for a consent."))
        if data["given_by"] != EACH and not data["relation"]:
            self.add_error("relation", _("Say what the guardian is to the person."))

    def digest(self, draft: Referral) -> str:
        """Of what stood on the page when it was looked at."""
        return str(self.data.get(f"digest-{draft.pk}", ""))[:64]

    def facts(self) -> dict[str, object]:
        """What the service takes."""
        data = self.cleaned_data
        giver = data["given_by"]
        again = data.get("asked_again") or []
        keys = dict.fromkeys([*data["agreed"], *again]) if giver else {}
        people = {key: self.people[key] for key in keys}
        guarded = {key for key in people if giver == GUARDIAN or key in self.children}
        return {
            "sends": data["chosen"],
            "agreed": [person for key, person in people.items() if key not in guarded],
            "agreed_by_guardian": [person for key, person in people.items() if key in guarded],
            "asked_again": [self.people[key] for key in again],
            **{name: data[name] for name in ("relation", "given_on", "language", "expires_on")},
        }
