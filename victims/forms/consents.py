"""Shapes of the forms about consents, siblings and the same person in another case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import RecordForm, Today
from casework.models import Case
from core.access import CONTENT
from core.forms import KindField, radios, some
from core.spoken import LANGUAGES
from core.verbs.forms import form_of
from victims.enums import KIND_OF, RecipientKind
from victims.models import Involvement
from victims.recipients import choosable
from victims.services.consents import grant_consent, record_told, withdraw_consent
from victims.services.shares import record_share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from casework.querysets import CaseQuerySet

EMPTY = ("", gettext_lazy("Choose"))
WIDE = [
    RecipientKind.ANY_PROVIDER,
    RecipientKind.AUTHORITIES,
    RecipientKind.PARTNERS,
    RecipientKind.PUBLIC,
]


class RecipientField(forms.ChoiceField):
    """One by name, or everyone of a kind: “provider 3f1c…” or “any_provider”."""

    def offer(
        self,
        form: RecordForm,
        wide: Iterable[Any] = WIDE,
        named: Iterable[str] = RecipientKind.NAMED,
    ) -> None:
        country = form.case.jurisdiction.country
        groups: list[Any] = [EMPTY, (_("Everyone of a kind"), [(k.value, k.label) for k in wide])]
        for kind in named:
            rows = choosable(kind, form.user)
            if kind != RecipientKind.PROSECUTOR:
                rows = rows.filter(jurisdiction__code__startswith=country)
            choices = [(f"{kind} {pk}", name) for pk, name in rows.values_list("pk", "name")]
            groups += [(RecipientKind(kind).label, choices)] if choices else []
        self.choices = groups

    def clean(self, value: object) -> tuple[str, UUID | None]:
        kind, _space, pk = str(super().clean(value)).partition(" ")
        return kind, UUID(pk) if pk else None


NAMED: dict[str, Any] = {"recipient_kind": None, "recipient_id": None}  # one box asks for both

WithdrawForm = form_of(withdraw_consent, RecordForm, on={"withdrawn_on": Today})
ToldForm = form_of(record_told, RecordForm, on={"told_on": Today})


class ConsentForm(
    form_of(  # type: ignore[misc]
        grant_consent,
        RecordForm,
        on={
            **NAMED,
            "given_by": radios,
            "language": some(list(LANGUAGES.items()), KindField),
            "given_on": Today,
        },
    )
):
    """By hand: one box says whom, or everyone of which kind."""

    recipient = RecipientField(label=gettext_lazy("Who may be told"))
    field_order = ("purpose", "recipient", "given_by", "relation", "language")

    def offer(self) -> None:
        self.fields["recipient"].offer(self)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if "recipient" in data:
            data["recipient_kind"], data["recipient_id"] = data.pop("recipient")
        return data


class ShareForm(form_of(record_share, RecordForm, on={**NAMED, "told_on": Today})):  # type: ignore[misc]
    """By hand: whom of those the consent is for; nobody is chosen where it names one."""

    recipient = RecipientField(label=gettext_lazy("Who was told"))
    field_order = ("recipient",)

    def offer(self) -> None:
        kind = self.target.recipient_kind
        if kind in RecipientKind.NAMED:
            del self.fields["recipient"]
            return
        of_kind = [name for name, wide in KIND_OF.items() if wide == kind]
        self.fields["recipient"].offer(self, [RecipientKind(kind)], of_kind)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        of = (self.target.recipient_kind, self.target.recipient_id)
        data["recipient_kind"], data["recipient_id"] = data.pop("recipient", of)
        return data


def open_cases(user: User) -> CaseQuerySet:
    """Those whose content is open to this person, to write into."""
    reach = user.scope.rows(CONTENT, case="pk", office="office")
    return Case.objects.visible_to(user).filter(reach).select_related("jurisdiction", "office")


class InvolveForm(RecordForm):
    case_reference = forms.CharField(
        label=gettext_lazy("The other case"),
        help_text=gettext_lazy("Its reference, such as MNL-2026-0004. You must work on both."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_case_reference(self) -> Case:
        """A case open to this person; every other answers alike."""
        reference = self.cleaned_data["case_reference"].upper()
        case: Case | None = open_cases(self.user).filter(reference=reference).first()
        if case is None:
            raise ValidationError(_("Not found, or not open to you."))
        return case


class SiblingForm(RecordForm):
    here = forms.ChoiceField(label=gettext_lazy("A survivor of this case"), required=False)
    elsewhere = forms.CharField(
        label=gettext_lazy("Or one of another case"),
        help_text=gettext_lazy("Reference and code, such as MNL-2026-0004 S-2."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def offer(self) -> None:
        rows = Involvement.objects.visible_to(self.user).filter(case=self.case)
        rows = rows.exclude(victim=self.target.victim_id).select_related("victim")
        self.people = {str(row.pk): row for row in rows.order_by("created_at", "code")}
        self.fields["here"].choices = [EMPTY] + [  # type: ignore[attr-defined]
            (pk, f"{row.code}, {row.victim.in_words}") for pk, row in self.people.items()
        ]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if self.errors:
            return data
        if bool(data["here"]) == bool(data["elsewhere"].strip()):
            raise ValidationError(_("Choose one person: of this case, or of another."))
        return {"sibling": self.people.get(data["here"]) or self._found(data["elsewhere"])}

    def _found(self, words: str) -> Involvement:
        reference, _space, code = words.strip().upper().partition(" ")
        rows = Involvement.objects.visible_to(self.user).select_related("victim", "case")
        row: Involvement | None = rows.filter(case__reference=reference, code=code.strip()).first()
        if row is None:
            raise ValidationError({"elsewhere": _("Not found, or not open to you.")})
        return row
