"""What the pages of this app share: forms that add or change a row, and tables of rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.verbs.arguments import given_back
from core.verbs.pages import page as verb_page
from core.web import FormPage, Page
from studies.belonging import is_own
from studies.forms.fields import StudyForm

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

    from accounts.models import User

PARTS = (
    ("studies:studies", gettext_lazy("Studies")),
    ("studies:statistics", gettext_lazy("Figures of others")),
    ("studies:surveys", gettext_lazy("District surveys")),
    ("studies:programmes", gettext_lazy("Programmes")),
    ("studies:trainings", gettext_lazy("Trainings")),
    ("studies:evaluations", gettext_lazy("Evaluations")),
    ("studies:sample-size", gettext_lazy("Sample size")),
)


@dataclass(frozen=True)
class Cell:
    """One value of a row; with `url` a link, with `tone` a tag."""

    text: Any
    url: str = ""
    tone: str | None = None
    note: Any = ""

    @property
    def said(self) -> str:
        return "–" if self.text in {None, ""} else str(self.text)


@dataclass(frozen=True)
class Row:
    """`url`: where it can be changed, of which `name` is said to those who hear the page."""

    cells: list[Cell]
    url: str = ""
    name: str = ""


def day(value: date | None) -> str:
    return date_format(value, "j M Y") if value else ""


def percent(share: float | None, digits: int = 1) -> str:
    return "" if share is None else f"{share * 100:.{digits}f} %"


def between(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{percent(low)} – {percent(high)}"


def parts() -> list[dict[str, Any]]:
    """The ways to the other lists of this app."""
    return [{"url": reverse(name), "label": label} for name, label in PARTS]


def keeps(user: User) -> bool:
    return bool(user.has_perm(Perm.STUDY_KEEP))


def whose(row: Any) -> str:
    """The office it belongs to."""
    return row.office.name if row.office else _("The whole organisation")


class ListPage(Page):
    """A list of rows as a table, with the one thing to do."""

    permission = Perm.REPORT_VIEW
    title: str | Promise
    intro: str | Promise
    empty: str | Promise
    head: tuple[str | Promise, ...]
    add_url: str
    add_label: str | Promise

    def rows(self) -> list[Row]:
        raise NotImplementedError

    def change_url(self, name: str, row: Any) -> str:
        """Where this reader changes the row; nowhere, where it belongs to another office."""
        return reverse(name, args=[row.pk]) if is_own(row, self.actor) else ""

    def further(self) -> dict[str, object]:
        """What else the page shows."""
        return {}

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = self.rows()
        context = {
            "page": self,
            "rows": rows,
            "head": self.head,
            "parts": parts(),
            "here": request.path,
            "keeps": keeps(self.actor),
            "changes": any(row.url for row in rows),
            "new_url": reverse(self.add_url),
        }
        return render(request, "studies/list.html", context | self.further())


class AboutPage(Page):
    """A page about one row, to look at."""

    template_name: str

    def get_context(self) -> dict[str, object]:
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: object) -> HttpResponse:
        shared = {"target": self.target, "keeps": is_own(self.target, self.actor)}
        return render(request, self.template_name, shared | self.get_context())


class StudyPage(FormPage):
    """A verb that makes a row of this app, adds to one, or changes it."""

    form_base: ClassVar[Any] = StudyForm
    template_name = "studies/form.html"
    submit_label: Any = gettext_lazy("Save")

    def get_form_kwargs(self) -> dict[str, object]:
        about = {"target": self.target} if self.is_about_a_row else {}
        return super().get_form_kwargs() | about | {"user": self.actor}

    def back(self) -> str:
        """The page one comes from and goes back to."""
        if self.is_about_a_row:
            return str(self.target.get_absolute_url())
        return reverse(given_back(self.service).listed)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**({"back_url": self.back()} | kwargs))


page = partial(verb_page, StudyPage)
