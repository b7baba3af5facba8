"""What a phone writes without a network, and by which page it is taken in.

A kind is the page of a verb. What the phone asks follows from the form of that page (`asked`), and
what arrives goes through the page as if its writer had sent it there (`intake/phones/through.py`).
So permission, rules and refusals are those of the page, and a verb is said once. A rescue is taken
in by a form of its own (`intake/forms.py`).

Without a network nobody chooses a row from a list. So a phone says what an entry is about as its
writer knows it by heart: the reference of the case, and a code or a day.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import Case
from core.addresses import view_of
from core.forms import DayField
from intake.models import BoxKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from casework.models import CaseRecord
    from core.services import Service
    from core.web import FormPage

ABOUT = "about"  # before the names of the fields that say what an entry is about
OPENS = "image/*,audio/*"  # which apps a phone offers to make a file


@dataclass(frozen=True)
class Kind:
    """`by`: the column that tells the row among those of its case, with its words; `first`: those
    that are meant where it is not said; `again`: the page where a row that already has this is
    corrected, and how one tells."""

    page: str
    by: str = ""
    label: StrOrPromise = ""
    help: StrOrPromise = ""
    first: Q = field(default_factory=Q)
    again: str = ""

    @property
    def view(self) -> type[FormPage]:
        return view_of(self.page)

    @property
    def verb(self) -> Service[..., object]:
        return cast("Service[..., object]", self.view.service)

    @property
    def fields(self) -> Mapping[str, forms.Field]:
        """What the page asks."""
        return cast("Mapping[str, forms.Field]", self.view.form_class.base_fields)  # type: ignore[union-attr]

    @property
    def is_day(self) -> bool:
        return self.by.endswith("_on")


ONLY_ONE = _("Leave it empty if the case has only one.")
KINDS = {
    BoxKind.NOTE: Kind("casework:write-note"),
    BoxKind.FILE: Kind("casework:receive-document"),
    BoxKind.ARREST: Kind(
        "prosecutions:record-arrest", "code", _("Code of the suspect"), _("Such as A-1.")
    ),
    BoxKind.SURVIVOR: Kind("victims:add-met", "occurred_on", _("Day of the rescue"), ONLY_ONE),
    BoxKind.HEARING: Kind(
        "prosecutions:record-hearing",
        "listed_on",
        _("Day of the hearing"),
        ONLY_ONE,
        first=Q(result=""),
        again="prosecutions:correct-result",
    ),
    BoxKind.SERVICE: Kind(
        "aftercare:record-service", "code", _("Code of the survivor"), _("Such as S-1.")
    ),
}


def permission_of(kind: str) -> str:
    return Perm.RESCUE_LOG if kind == BoxKind.RESCUE else KINDS[BoxKind(kind)].verb.permission


def for_role(user: User) -> list[str]:
    """The kinds that this person may write."""
    return [kind.value for kind in BoxKind if user.has_perm(permission_of(kind))]


# --- What the phone asks ---


def about_fields(kind: Kind) -> dict[str, forms.Field]:
    """What says which row an entry is about. Nothing is required: who does not know it is asked
    when it has arrived."""
    fields: dict[str, forms.Field] = {
        "reference": forms.CharField(
            label=_("Reference of the case"),
            help_text=_("Such as KOL-2026-0147. If you do not know it, leave it empty."),
            max_length=40,
            required=False,
        )
    }
    if kind.by:
        field_of = DayField if kind.is_day else partial(forms.CharField, max_length=20)
        fields[kind.by] = field_of(label=kind.label, help_text=kind.help, required=False)
    return fields


def about_form(kind: Kind) -> type[forms.Form]:
    return cast("type[forms.Form]", type("AboutForm", (forms.Form,), about_fields(kind)))


def empty_form(code: BoxKind) -> forms.Form:
    """The form of a kind as a phone keeps it: the same for everybody, without rows to choose."""
    kind = KINDS[code]
    about = {f"{ABOUT}-{name}": question for name, question in about_fields(kind).items()}
    questions = {
        name: question for name, question in kind.fields.items() if not _is_of_rows(question)
    }
    fields = {name: _plain(question) for name, question in (about | questions).items()}
    order = [*about, *(kind.view.form_class.field_order or ())]  # type: ignore[union-attr]
    made = type("PhoneForm", (forms.Form,), fields | {"field_order": order})
    return cast("forms.Form", made(auto_id=f"{code.value}_%s"))


def _is_of_rows(asked: forms.Field) -> bool:
    return isinstance(asked, forms.ModelChoiceField)


def _plain(asked: forms.Field) -> forms.Field:
    """Without what needs a script or the server: a day is picked by the phone itself."""
    if isinstance(asked, DayField):
        words = asked.help_text or (_("Leave it empty for today.") if asked.required else "")
        day = forms.DateInput(attrs={"type": "date"})
        return forms.DateField(label=asked.label, help_text=words, required=False, widget=day)
    plain = deepcopy(asked)
    if isinstance(plain, forms.FileField):
        plain.help_text = ""
        plain.widget.attrs |= {"accept": OPENS}
    return plain


# --- What an entry is about ---


def reference_of(entered: QueryDict) -> str:
    """What it says; nothing where no reference can be like this."""
    reference = entered.get(f"{ABOUT}-reference", "").strip()
    return reference if reference.isprintable() else ""


def case_named(entered: QueryDict, reader: User) -> Case | None:
    """The case whose reference it says, if it is open to this person."""
    reference = reference_of(entered)
    rows = Case.objects.visible_to(reader).filter(reference__iexact=reference)
    case: Case | None = rows.first() if reference else None
    return case


def row_meant(kind: Kind, entered: QueryDict, reader: User) -> CaseRecord | Case | None:
    """The row that was meant, if it is open to this person and the only one."""
    table = kind.view.model
    case = case_named(entered, reader)
    if table is Case or case is None:
        return case
    form = about_form(kind)(entered, prefix=ABOUT)
    if not form.is_valid():
        return None
    rows = table.objects.visible_to(reader).filter(case=case)
    if value := form.cleaned_data[kind.by]:
        rows = rows.filter(**{kind.by if kind.is_day else f"{kind.by}__iexact": value})
    several = list(rows[:2])
    if len(several) > 1:
        several = list(rows.filter(kind.first)[:2])
    return several[0] if len(several) == 1 else None


def case_of(row: CaseRecord | Case) -> Case:
    return row if isinstance(row, Case) else cast("Case", row.case)
