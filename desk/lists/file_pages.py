"""The page that asks what a file is for, says what will be in it, and gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.list_views import PAGES
from casework.ticks import ticked
from core.days import clock
from core.lists.forms import FILTERS
from core.sheets.spreadsheets import as_csv
from core.sheets.workbooks import as_xlsx
from core.web import FormPage
from desk.lists.files import CASES, EVENTS, PEOPLE, PROVIDERS, TASKS, FileReason, Wanted
from desk.lists.services import (
    export_cases,
    export_events,
    export_people,
    export_providers,
    export_to_do,
)
from desk.several.choosing import names_in

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse

    from desk.lists.files import Filed


class FileFormat(TextChoices):
    CSV = "csv", gettext_lazy("CSV, for any program")
    XLSX = "xlsx", gettext_lazy("XLSX, for a spreadsheet")


class FileForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("What is the file for?"),
        help_text=gettext_lazy(
            "The history keeps this with every row of the file, and who took it."
        ),
        choices=[("", gettext_lazy("Choose")), *FileReason.choices],
    )
    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=FileFormat)


class ListFile(FormPage):
    """The list with its filters, or what was ticked in it: after a second factor, for a reason."""

    filed: ClassVar[Filed]
    once = keeps_drafts = False  # its answer is shown, and kept nowhere
    form_class, template_name = FileForm, "casework/case_form.html"
    file: HttpResponse | None = None

    def before(self) -> str:
        return reverse(PAGES[self.filed.listed])

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        table = FILTERS[self.filed.listed].table
        only = ticked(self.request.GET, names_in(self.filed.listed).read)
        going = len(self.filed.rows(self.actor, self.request.GET.dict(), only))
        counted = str(table.counted(going)) % {"count": going}
        if only:
            text = _("Of your choice, in the file: %(going)s; left out: %(left)s.")
            counted = text % {"going": counted, "left": len(only) - going}
        else:
            counted = _("All of the list you came from: %(going)s.") % {"going": counted}
        words = {
            "title": _("The list as a file"),
            "intro": f"{counted} {self.filed.says}",
            "submit_label": _("Take the file"),
            "back_url": self.before(),
        }
        return super().get_context_data(**(words | kwargs))

    def form_valid(self, form: object) -> HttpResponse:
        answer = super().form_valid(form)
        return self.file or answer

    def act(self, form: BaseForm) -> str:
        listed, query = self.filed.listed, self.request.GET
        only = ticked(query, names_in(listed).read)
        wanted = Wanted(query.dict(), form.cleaned_data["reason"], only)
        given = self.service(wanted, actor=self.actor)
        kind = form.cleaned_data["format"]
        name, rows = f"{listed}-{clock.today()}.{kind}", self.filed.table(given, self.actor)
        self.file = as_xlsx(name, rows, listed) if kind == FileFormat.XLSX else as_csv(name, rows)
        return self.before()


class CaseFile(ListFile):
    filed, service, permission = CASES, export_cases, export_cases.permission


class TaskFile(ListFile):
    filed, service, permission = TASKS, export_to_do, export_to_do.permission


class ProviderFile(ListFile):
    filed, service, permission = PROVIDERS, export_providers, export_providers.permission


class PeopleFile(ListFile):
    filed, service, permission = PEOPLE, export_people, export_people.permission


class EventFile(ListFile):
    filed, service, permission = EVENTS, export_events, export_events.permission
